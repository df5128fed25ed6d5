"""Whom a person asking means by a name: "ryan", "the minority leader", "@SenWarren", "rayn".

Readings are tried from the surest to the least sure, and the first that finds somebody wins, so that a slip of the
finger never outweighs a name that is spelled as asked.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from index.statements.given_names import folded, is_given_name, same_given_name, word_set
from index.statements.names import Name, parse_name, without_possessive
from index.statements.nouns import HUMAN
from index.statements.roles import words_of_role
from index.story import Speaker

_SLIPS_BY_LENGTH = ((8, 2), (4, 1))
_ARTICLES = re.compile(r"^(?:the|a|an)\s+")
_FILLERS = word_set("mr mrs ms dr the a an")


def find_speakers(name: str, speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """The speakers whom `name` can mean, best first: several where they fit equally, none where nobody does.

    Case, accents, titles, articles, "'s" and a leading @ do not matter. A misspelling is forgiven where no name is
    spelled as asked: one slip in four to seven letters, two in eight or more, and the first letter stands.
    """
    asked = " ".join(without_possessive(name.strip().strip("\"“”‘’'?!.,;:")).split())
    if not asked or not speakers:
        return ()
    for fits in _readings(asked):
        found = tuple(speaker for speaker in speakers if fits(speaker))
        if found:
            return _best_first(found, asked)
    return _by_slip(asked, speakers)


def _best_first(found: tuple[Speaker, ...], asked: str) -> tuple[Speaker, ...]:
    """People before bodies, named before unnamed, those exactly so called before the rest; else as in the story."""
    key = _plain(asked)
    order = {"person": 0, "organisation": 1, "group": 1, "unnamed": 2}
    ranked = sorted(found, key=lambda speaker: (order[speaker.kind], key not in _forms(speaker)))
    exact = [speaker for speaker in ranked if speaker.kind == ranked[0].kind or ranked[0].kind != "person"]
    return tuple(exact if " " not in key else ranked)


def _readings(asked: str) -> Iterator[Callable[[Speaker], bool]]:
    key, name = _plain(asked), parse_name(_capitalised(asked))
    handle = key.lstrip("@").replace(" ", "")
    yield lambda speaker: any(handle == folded(other).lstrip("@") for other in speaker.handles)
    yield lambda speaker: _plain(speaker.name) == key
    if not asked.startswith("@"):
        yield lambda speaker: _same_name(name, speaker)
        yield lambda speaker: key in _forms(speaker)
        yield lambda speaker: _role_fits(asked, speaker)
        yield lambda speaker: len(key) > 1 and key.replace(" ", "") in _initials(speaker.name)
        yield lambda speaker: _part_of_body(key, speaker)
        yield lambda speaker: speaker.kind == "unnamed" and _unnamed_fits(key, speaker)


def _plain(text: str) -> str:
    return _ARTICLES.sub("", folded(without_possessive(" ".join(text.split()))))


def _capitalised(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split())


def _forms(speaker: Speaker) -> set[str]:
    return {_plain(form) for form in (speaker.name, *speaker.aliases)}


def _names(speaker: Speaker) -> list[Name]:
    return [parse_name(form) for form in (speaker.name, *speaker.aliases)] if speaker.kind == "person" else []


def _same_name(asked: Name, speaker: Speaker) -> bool:
    """Whether the asked name can be the speaker's: surnames agree, and given names, where both have one."""
    for name in _names(speaker):
        last = folded(name.last)
        if not asked.first:
            gender = asked.gender
            if folded(asked.last) in {last, *last.split()[-1:]} and not (
                gender and _gender(speaker) not in {gender, None}
            ):
                return True
            if _is_given(asked, name):
                return True
        elif folded(asked.last) == last and name.first and _given_fits(asked.first, name):
            return True
    return False


def _gender(speaker: Speaker) -> str | None:
    return next((name.gender for name in _names(speaker) if name.gender), None)


def _is_given(asked: Name, name: Name) -> bool:
    """Whether a single word is the speaker's given name or nickname ("Nancy")."""
    word = asked.last
    if asked.titles or len(word) < 3 or not name.first:
        return False
    return folded(word) in {folded(name.first), folded(name.nickname)} or (
        is_given_name(word) and same_given_name(word, name.first)
    )


def _given_fits(first: str, name: Name) -> bool:
    return same_given_name(first, name.first) or bool(name.nickname and same_given_name(first, name.nickname))


def _role_fits(asked: str, speaker: Speaker) -> bool:
    """Whether the words are one of the speaker's roles or a part of it that has its head ("the minority leader")."""
    if speaker.kind != "person":
        return False
    words = words_of_role(asked)
    surname = words_of_role(parse_name(speaker.name).last)
    heads = words & {head for human in HUMAN for head in words_of_role(human)} if words else set()
    for role in speaker.roles:
        known = words_of_role(role)
        vice = any(word.startswith(("vice", "deputy", "former")) for word in known - words)
        if words and heads and words <= known | surname and heads <= known and words & known and not vice:
            return True
    return False


def _initials(name: str) -> set[str]:
    words = [word for word in re.findall(r"[^\W_]+", name) if word]
    every = "".join(word[0] for word in words).lower()
    large = "".join(word[0] for word in words if word[0].isupper()).lower()
    ends = (words[0][0] + words[-1][0]).lower() if len(words) > 2 else every
    return {form for form in (every, large, ends) if len(form) > 1}


def _part_of_body(key: str, speaker: Speaker) -> bool:
    """Whether the words are the beginning or the end of a body's name ("the Times", "Quinnipiac")."""
    if speaker.kind not in {"organisation", "group"} or len(key) < 3:
        return False
    asked = key.split()
    return any(
        words[: len(asked)] == asked or words[-len(asked) :] == asked
        for words in (form.split() for form in _forms(speaker))
    )


def _unnamed_fits(key: str, speaker: Speaker) -> bool:
    asked = [word for word in key.split() if word not in _FILLERS]
    known = _plain(speaker.name).split()
    return bool(asked) and set(asked) <= set(known) and asked[-1] in known


def _slips_allowed(word: str) -> int:
    return next((slips for length, slips in _SLIPS_BY_LENGTH if len(word) >= length), 0)


def _slip(asked: str, known: str) -> int | None:
    """How many slips of the finger turn one word into the other, None where it is more than may be forgiven."""
    allowed = _slips_allowed(min(asked, known, key=len))
    if not asked or not known or not allowed:
        return None
    distance = DamerauLevenshtein.distance(asked, known, score_cutoff=allowed)
    if distance > allowed:
        return None
    swapped = sorted(asked[:2]) == sorted(known[:2])
    return int(distance) if asked[0] == known[0] or swapped else None


def _by_slip(asked: str, speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """The speakers whose name the asked one misspells least."""
    scored = [(slips, speaker) for speaker in speakers if (slips := _fewest_slips(asked, speaker)) is not None]
    least = min((slips for slips, _ in scored), default=0)
    return tuple(speaker for slips, speaker in scored if slips == least)


def _fewest_slips(asked: str, speaker: Speaker) -> int | None:
    words = [word for word in _plain(asked).lstrip("@").split() if word not in _FILLERS]
    if speaker.kind == "unnamed" or not words:
        return None
    best: int | None = None
    for form in (*_forms(speaker), *(folded(handle).lstrip("@") for handle in speaker.handles), *_plain_roles(speaker)):
        known = form.split()
        for compared in [known] if len(words) > 1 else [known[-1:], known[:1], known]:
            total = _total_slips(words, compared)
            if total is not None and (best is None or total < best):
                best = total
    return best


def _plain_roles(speaker: Speaker) -> Iterator[str]:
    for role in speaker.roles:
        words = _plain(role).split()
        yield " ".join(words)
        if len(words) > 2:
            yield " ".join(words[-2:])


def _total_slips(asked: Sequence[str], known: Sequence[str]) -> int | None:
    if len(asked) != len(known):
        return None
    total = 0
    for one, other in zip(asked, known, strict=True):
        slips = 0 if one == other else _slip(one, other)
        if slips is None or (slips and is_given_name(one) and is_given_name(other)):
            return None
        total += slips
    return total
