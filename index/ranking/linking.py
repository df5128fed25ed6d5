"""Whom a question names: how strongly its words point to each of the speakers that the stories know.

Names are compared word by word: in full, by the last or a given name, by nickname, handle or initials, with a slip of
the finger; and by the words of a role. It says what could be meant; the judge says what is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from index.language.given_names import folded, given_name_forms, is_given_name
from index.language.words import EMPTY_WORDS, stem_of
from index.remembering import remembered
from index.statements.nouns import HUMAN, TITLES_IN_FULL
from index.statements.offices import is_another, is_of_another, shares_office
from index.story import Span, Speaker

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[@#]?\w+(?:[.&'’-]\w+)*")
_JOINED = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")  # a word of "BernieSanders", "LindseyGrahamSC", "ann_lee"
FULL, LAST, GIVEN, SLIP = 1.0, 0.9, 0.75, 0.6
"""How strongly a name points: all of it, its last word (or its initials, or a handle), a given name, one slip away."""
_SLIPS_FROM = 4  # letters of a word in which a slip is looked for
_SLIP = 0.26  # the share of its letters that may be amiss
_SPELT_ALIKE = 3  # letters that begin two given names that may be one: "Kelly" and "Kellie"
_PROPER = 0.7  # a role's own capitalised word ("Oxfam") named
_JOINING = frozenset("of the and for at in on to".split())
_OWNER = re.compile(r"^[^,]{1,40}?['’]s?\s")  # "Lee's" of "Lee's neighbour", who is no Lee
_SHORT = {
    short: frozenset(map(stem_of, full.split()))
    for short, full in (
        ("ceo", "chief executive"),
        ("cfo", "chief financial"),
        ("pm", "prime minister"),
        ("ag", "attorney general"),
    )
}
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_OF_ACCOUNTS = frozenset("real official team".split())  # what goes before a name in a handle
_SMALL = frozenset("of the and for at in on to de la van von del mr mrs ms dr sir lord lady sen rep gov prof".split())


@dataclass(frozen=True, slots=True)
class NamedWord:
    """A word of a question: its letters as names are compared, its stem, and where it stands."""

    letters: str
    stem: str
    span: Span


@dataclass(frozen=True, slots=True)
class Known:
    """The words by which a speaker is known: of each of the names, of the handles, and of each of the roles (stems,
    with those that are capitalised, and as they are `described`). `given` has the other forms of the given name that
    each of the names begins with; `keys` all of these words, and `ends` those that a slip of the finger is known by."""

    names: tuple[tuple[str, ...], ...]
    given: tuple[frozenset[str], ...]
    handles: frozenset[str]
    roles: tuple[frozenset[str], ...]
    proper: frozenset[str]
    is_person: bool
    described: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    ends: tuple[str, ...] = ()

    def roles_meant(self, asked: str) -> tuple[tuple[frozenset[str], str], ...]:
        """The roles that words can be about, each with how it is written: "the mayor" means no deputy mayor."""
        each = zip(self.roles, self.described, strict=True)
        return tuple((role, words) for role, words in each if not is_another(asked, words, later=True))


@dataclass(frozen=True, slots=True)
class Link:
    """How strongly words name a speaker (0..1), how much of a role they have (0..1), and which words do."""

    name: float = 0.0
    role: float = 0.0
    words: tuple[Span, ...] = ()

    @property
    def strength(self) -> float:
        """The stronger of both."""
        return max(self.name, self.role)


@remembered(4096)
def words_named(text: str) -> tuple[NamedWord, ...]:
    """The words of a text that may name somebody."""
    found = []
    for match in _WORD.finditer(text):
        bare = match.group().removesuffix("'s").removesuffix("’s").strip("@#")
        letters = folded(bare)
        if letters:
            found.append(NamedWord(letters, stem_of(letters), Span(match.start(), match.start() + len(bare))))
    return tuple(found)


@remembered(16_384)
def known_by(speaker: Speaker) -> Known:
    """The words by which a speaker is known."""
    names: dict[tuple[str, ...], None] = {}
    for name in dict.fromkeys((speaker.name, *speaker.aliases)) if speaker.named else ():
        handle = name.startswith("@")
        parts = _parts_of_handle(name) if handle else letters_of(_without_title(name, speaker.roles))
        if parts:
            names[parts] = None
    roles: dict[str, frozenset[str]] = {}
    proper = set()
    described = (*speaker.roles, *((speaker.name, *speaker.aliases) if speaker.kind in ("unnamed", "group") else ()))
    for role in described:
        words = [word for word in words_named(_OWNER.sub("", role)) if word.letters not in EMPTY_WORDS | _JOINING]
        stems = frozenset(_stem_in_full(word) for word in words)
        if stems:
            roles[role] = stems | {short for short, full in _SHORT.items() if full <= stems}
        proper |= {
            word.stem for word in words if role[word.span.start : word.span.start + 1].isupper() and speaker.named
        }
    handles = frozenset(folded(handle.strip("@")) for handle in speaker.handles)
    is_person = speaker.kind == "person"
    given = tuple(given_name_forms(name[0]) if is_person and len(name) > 1 else frozenset() for name in names)
    initials = {"".join(part[0] for part in parts) for parts in names}
    keys = frozenset(initials).union(handles, *names, *given, *roles.values())
    ends = tuple({part: None for parts in names for part in (parts[0], parts[-1]) if len(part) >= _SLIPS_FROM})
    known = (tuple(names), given, handles, tuple(roles.values()), frozenset(proper))
    return Known(*known, is_person, tuple(roles), keys, ends)


def _without_title(name: str, roles: Iterable[str]) -> str:
    """A name without the role, or the end of one, before it: nobody is called "Mayor" because of "Mayor Ann Lee"."""
    for role in roles:
        words = role.split(" ")
        for at in range(len(words)):
            title = " ".join(words[at:])
            if name.startswith(f"{title} "):
                return name[len(title) + 1 :]
    return name


def letters_of(name: str) -> tuple[str, ...]:
    """The words of a name as names are compared, without courtesies and small words."""
    return tuple(word.letters for word in words_named(name) if word.letters not in _SMALL | _AFTER_NAMES)


def _parts_of_handle(handle: str) -> tuple[str, ...]:
    """The words of the name that a handle is joined of: "@SenAnnLee", "@ann_lee", "@annlee"; all of it where it tells
    none."""
    joined = [word for word in _JOINED.findall(handle) if len(word) > 1 and folded(word) not in _SMALL | _OF_ACCOUNTS]
    if len(joined) > 2 and len(joined[-1]) == 2 and joined[-1].isupper():
        joined.pop()  # the state of "@AnnLeeOH"
    words = tuple(map(folded, joined))
    if len(words) == 1:
        (word,) = words
        given = (word[:at] for at in range(len(word) - _SLIPS_FROM + 1, 2, -1) if is_given_name(word[:at]))
        first = next(given, "")
        return (first, word[len(first) :]) if first else words
    return words or letters_of(handle)


def links_of(text: str, speakers: Iterable[Speaker]) -> Mapping[str, Link]:
    """For each speaker whom some words may name, by id, how they do."""
    words = _Words.of(text)
    found = {}
    for speaker in speakers:
        known = known_by(speaker)
        if words.keys.isdisjoint(known.keys) and not _slipped(words.slipping, known.ends)[0]:
            continue  # as with most of many speakers
        link = _link(text, words, known)
        if link.strength > 0:
            found[speaker.id] = link
    return found


def is_name(text: str, link: Link) -> bool:
    """Whether words for somebody are a name of theirs, with a role of theirs or with nothing that tells.

    Where others are taken as describing, 75.1 % of what was wanted is shown (74.6 otherwise), over stories that nothing
    learned from.
    """
    typed = (word.span for word in words_named(text) if word.letters not in EMPTY_WORDS)
    return link.name >= SLIP and all(any(known.covers(one) for known in link.words) for one in typed)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text that may name somebody: all of them, by their letters, and those that may be a slip; `keys`
    are their letters and stems."""

    every: Sequence[NamedWord]
    by_letters: Mapping[str, NamedWord]
    slipping: Sequence[NamedWord]
    keys: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Words:
        """The words of a text."""
        every = [word for word in words_named(text) if word.letters not in EMPTY_WORDS or _is_capitalised(text, word)]
        slipping = [word for word in every if len(word.letters) >= _SLIPS_FROM and not is_given_name(word.letters)]
        by_letters = {word.letters: word for word in every}
        return cls(every, by_letters, slipping, frozenset(by_letters).union(map(_stem_in_full, every)))


def _is_capitalised(text: str, word: NamedWord) -> bool:
    """Whether a small word is written as a name ("May", but not "Who")."""
    return word.span.start > 0 and text[word.span.start].isupper() and len(word.letters) > 2


def is_anothers(words: str, links: Mapping[str, Link]) -> bool:
    """Whether words end in a noun for people that is nothing of whom they name: "holts attorney" is no Holt."""
    typed = words_named(words)
    if not typed or typed[-1].letters not in HUMAN or any(typed[-1].span in link.words for link in links.values()):
        return False
    ends = [span.end for link in links.values() if link.name >= SLIP for span in link.words]
    behind = [word for word in typed if ends and word.span.start >= min(ends)]
    return bool(behind) and all(word.letters not in EMPTY_WORDS for word in behind)


def of_another_office(asked: str, speakers: Iterable[Speaker]) -> frozenset[str]:
    """The ids of those who have another office than the one that words for somebody tell of, in none of their roles the
    same; where nobody is the former one, whoever has the office in the story may be called so by now."""
    described = {one.id: known_by(one).described for one in speakers}
    strictly = {key for key, roles in described.items() if is_of_another(asked, roles)}
    if any(shares_office(asked, role) for key, roles in described.items() if key not in strictly for role in roles):
        return frozenset(strictly)
    return frozenset(key for key in strictly if is_of_another(asked, described[key], later=True))


def _link(text: str, words: _Words, known: Known) -> Link:
    name = 0.0
    spans: tuple[Span, ...] = ()
    for parts, given in zip(known.names, known.given, strict=True):
        strength, used = _named(words, parts, given, is_person=known.is_person)
        if strength > name:
            name, spans = strength, used
    if 0 < name <= LAST and _is_a_namesake(words.every, spans, known):
        name, spans = 0.0, ()
    for word in words.every if known.handles else ():
        if word.letters in known.handles and name < LAST:
            name, spans = LAST, (word.span,)
    role, of_role = _in_role(text, words.every, known)
    return Link(name, role, tuple(dict.fromkeys((*spans, *of_role))))


def _is_a_namesake(words: Sequence[NamedWord], named: Sequence[Span], known: Known) -> bool:
    """Whether another's given name stands right before the surname: "joe brand" is no Lewis Brand.

    Of 2,371 held-out chat questions one more is refused rightly, and nothing else changes.
    """
    firsts = {parts[0] for parts in known.names if len(parts) > 1}
    if not known.is_person or not firsts or len(named) != 1:
        return False
    own = firsts.union(*known.given)
    pairs = pairwise(words)
    before = next(
        (word for word, surname in pairs if surname.span == named[0] and word.span.end + 1 == surname.span.start), None
    )
    if before is None or not is_given_name(before.letters):
        return False
    return not any(before.letters[:_SPELT_ALIKE] == name[:_SPELT_ALIKE] for name in own)


def _named(
    words: _Words, parts: tuple[str, ...], given: frozenset[str], *, is_person: bool
) -> tuple[float, tuple[Span, ...]]:
    """How strongly some words are this name, and which; `given` are other forms of its first word."""
    by_letters = words.by_letters
    hit = [by_letters[part] for part in parts if part in by_letters]
    spans = tuple(word.span for word in hit)
    if len(hit) == len(parts):
        return FULL if len(parts) > 1 else LAST, spans
    if not is_person:
        initials = "".join(part[0] for part in parts)
        if len(parts) > 2 and initials in by_letters:
            return LAST, (by_letters[initials].span,)
        return (GIVEN * len(hit) / len(parts), spans) if hit else _slipped(words.slipping, parts[:1])
    if parts[-1] in by_letters:
        return LAST, spans
    if len(parts) > 1 and (parts[0] in by_letters or given & by_letters.keys()):
        first = by_letters.get(parts[0]) or next(by_letters[form] for form in given & by_letters.keys())
        return GIVEN, (first.span,)
    return _slipped(words.slipping, parts[-1:] + parts[:1])


def _slipped(words: Sequence[NamedWord], parts: Sequence[str]) -> tuple[float, tuple[Span, ...]]:
    """The first of the words that is one of the parts but for a slip of the finger."""
    for word in words:
        for part in parts:
            if len(part) >= _SLIPS_FROM and word.letters[0] == part[0] and _is_near(word.letters, part):
                return SLIP, (word.span,)
    return 0.0, ()


def _is_near(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.normalized_distance(one, other, score_cutoff=_SLIP) <= _SLIP


def _stem_in_full(word: NamedWord) -> str:
    """The stem of a word, of an abbreviated title that of the whole one.

    Of 249 chat questions with an answer, over 676 stories, that have such a word for whose words are asked, it is told
    in 177 who is meant, and in 162 by sen, rep, gov, gen and sgt alone (some were looked at before the titles were
    chosen; 2 more are told wrongly).
    """
    return stem_of(TITLES_IN_FULL[word.letters]) if word.letters in TITLES_IN_FULL else word.stem


def _in_role(text: str, words: Sequence[NamedWord], known: Known) -> tuple[float, tuple[Span, ...]]:
    best = 0.0
    spans: tuple[Span, ...] = ()
    for role, described in zip(known.roles, known.described, strict=True):
        hit = [word for word in words if _stem_in_full(word) in role]
        if hit and is_another(text, described, later=True):
            continue
        share = len({word.stem for word in hit}) / len(role)
        share = max(share, _PROPER) if any(word.stem in known.proper for word in hit) else share
        if share > best:
            best, spans = share, tuple(word.span for word in hit)
    return best, spans


def words_to_look_up(name: str, known: Collection[str] | None = None) -> tuple[str, ...]:
    """The words by which an index of speakers may know a name; with the words that it `known`s, those that a word of
    the name can be a slip of the finger, or another form of a given name, for."""
    own = dict.fromkeys(word.letters for word in words_named(name) if word.letters not in EMPTY_WORDS)
    own.update(dict.fromkeys(TITLES_IN_FULL[word] for word in list(own) if word in TITLES_IN_FULL))
    own.update({short: None for short, full in TITLES_IN_FULL.items() if full in own})
    if known is None:
        return tuple(own)
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    words = tuple(known)
    for word in list(own):
        near = process.extract(word, words, scorer=OSA.normalized_distance, score_cutoff=_SLIP, limit=None)
        own.update(dict.fromkeys((*(found for found, _, _ in near), *given_name_forms(word))))
    return tuple(own)
