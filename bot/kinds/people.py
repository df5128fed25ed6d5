"""Whom words for somebody mean, among those who speak in the stories at hand: one person, several, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.kinds.desk import Desk
from index.language import EMPTY_WORDS
from index.ranking import LAST, SLIP, Link, known_by, letters_of, links_of, words_named
from index.story import Speaker

_FAR = 0.4  # the share of a name's letters up to which another name is offered instead
_JOINTS = (" and ", " & ", ", ")


@dataclass(frozen=True, slots=True)
class Meant:
    """Those whom words can mean, all equally strongly; `sure` where they name them, and do not only describe them."""

    words: str
    speakers: tuple[Speaker, ...] = ()
    sure: bool = False

    @property
    def is_unclear(self) -> bool:
        """Whether it is open which of several people is meant; groups and plurals are taken together."""
        people = [speaker for speaker in self.speakers if speaker.kind == "person"]
        return len(people) > 1 and not _is_plural(self.words)


def meant_by(desk: Desk, words: str) -> Meant:
    """Whom words mean: by name if anybody has it, else by what they are."""
    everybody = desk.speakers(words)
    links = links_of(words, everybody)
    named = _strongest(everybody, {key: link.name for key, link in links.items() if _is_covered(words, link)})
    if named:
        return Meant(words, _titled(named, links), sure=True)
    described = tuple(speaker for speaker in everybody if _is_described(words, speaker))
    if described:
        return Meant(words, _narrowed(described))
    named = _strongest(everybody, {key: link.name for key, link in links.items()})
    return Meant(words, named) if named else Meant(words)


def each_meant(desk: Desk, words: str) -> tuple[Meant, ...]:
    """Whom each part of a joint name means ("Ryan and Pelosi"), where it is one that nobody has as a whole."""
    whole = meant_by(desk, words)
    if any(len(name) > 1 and words.casefold() == name.casefold() for one in whole.speakers for name in _names(one)):
        return (whole,)
    parts = words
    for joint in _JOINTS:
        parts = parts.replace(joint, "\n")
    each = [meant_by(desk, part.strip()) for part in parts.split("\n") if part.strip()]
    return tuple(each) if len(each) > 1 and all(one.speakers for one in each) else (whole,)


def alike(words: str, speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Speakers with a name that looks like this one, nearest first; for "did you mean"."""
    from rapidfuzz.distance import OSA

    typed = [word.letters for word in words_named(words)][-1:]
    rows = []
    for place, speaker in enumerate(speakers):
        parts = [part for name in known_by(speaker).names[:1] for part in (name[0], name[-1])] if speaker.named else []
        if typed and parts:
            rows.append((min(OSA.normalized_distance(typed[0], part) for part in parts), place, speaker))
    return tuple(speaker for apart, _, speaker in sorted(rows, key=lambda row: row[:2])[:3] if apart <= _FAR)


def _names(speaker: Speaker) -> tuple[str, ...]:
    return speaker.name, *speaker.aliases


def _strongest(everybody: Iterable[Speaker], strengths: dict[str, float]) -> tuple[Speaker, ...]:
    best = max(strengths.values(), default=0.0)
    return _narrowed(s for s in everybody if best >= SLIP and strengths.get(s.id, 0.0) >= best)


def _titled(named: Sequence[Speaker], links: Mapping[str, Link]) -> tuple[Speaker, ...]:
    """Of several of a name those whose role is named with it: of two Brandvolds "sen brandvold" is the Sen.

    It moves no figure on chat questions (2,371 held out): kept for what its test says.
    """
    most = max(links[speaker.id].role for speaker in named)
    return tuple(speaker for speaker in named if links[speaker.id].role >= most)


def _narrowed(found: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Those who are named, if any of them are."""
    every = tuple(found)
    return tuple(speaker for speaker in every if speaker.named) or every


def _is_covered(words: str, link: Link) -> bool:
    """Whether the words for somebody are a name and nothing that it leaves open ("Pfizer", not "the Pfizer doctor")."""
    if link.name < SLIP:
        return False
    last = max((span.end for span in link.words), default=0)
    return not any(word.span.start >= last and word.letters not in EMPTY_WORDS for word in words_named(words)) and (
        link.name >= LAST or link.name > link.role
    )


def _is_described(words: str, speaker: Speaker) -> bool:
    """Whether one of somebody's roles, their name and whose role it is with it ("Hollis's spokeswoman"), has every word
    that is typed."""
    known = known_by(speaker)
    own = {word for name in known.names for word in name}
    typed = [word for word in words_named(words) if word.letters not in EMPTY_WORDS]
    return bool(typed) and any(
        all(word.letters in own or word.stem in role or word.letters in letters_of(described) for word in typed)
        and any(word.stem in role or word.letters in role for word in typed)
        for role, described in known.roles_meant(words)
    )


def _is_plural(words: str) -> bool:
    last = words_named(words)[-1:]
    return bool(last) and last[0].letters.endswith("s") and words.islower() and not last[0].letters.endswith("ss")
