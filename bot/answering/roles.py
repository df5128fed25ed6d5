"""Whom a role means by the words of a story itself: "goalkeeper Ana Ruiz", "Ana Ruiz, the goalkeeper,".

Also whether a story reports anything of a role that it gives no name: "the company said".
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.answering.names import COURTESIES, PEOPLE, SECOND, TITLES, head_of, role_tokens
from bot.answering.people import Meant, speakers_named
from bot.answering.text import Word, is_stop, words
from bot.answering.verbs import REPORTED
from index.statements.given_names import is_given_name
from index.statements.nouns import BODIES, DOCUMENTS
from index.story import Span, Speaker, Story

_TITLED = PEOPLE | BODIES | {"financial", "operating", "technology"}
_REMEMBERED = 1_024  # texts of stories
_LONGEST = 6  # words on either side of what somebody is that may say more of it
_JOINING = frozenset(("of", "for", "at", "in", "to"))
_RELATIVE = frozenset(("who", "which", "that", "whose"))
_PARTICLES = frozenset(("van", "von", "der", "den", "de", "da", "del", "di", "bin", "ibn", "la", "le"))
_BETWEEN = re.compile(r"(?:now|also|later|then|has|have|had|still|never|often|\w+ly)$")
_QUANTITY = re.compile(r"^(?:(?:both|all|the|these|two|three|four|several|some|many)\s+)+(?:of\s+)?", re.IGNORECASE)
_DOERS = ("er", "or", "ist", "ian", "ee", "man", "woman")
_OWNING = ("'s", "’s")
_COMMA = re.compile(r"(?: ?\([^()]{1,40}\))?,(?: \d+,)? ")
_MARK = re.compile(r"\s*(?:[,.;:)—–!?\"”]|who\b|$)")
_REACH = 60  # code points before a role in which what reports it may stand
_ACCORDING = re.compile(r"\baccording to (?:\w+ )?$", re.IGNORECASE)
_INVERTED = re.compile(r"[,?!.][\"”’']? (?:said|says|added|wrote|told \w+|warned|announced) (?:\w+ )?$")


class Naming(NamedTuple):
    """A name that a text gives a role, where it stands, and whether they were it once."""

    name: str
    at: Span
    past: bool


class _Role(NamedTuple):
    """A noun phrase of a text: the places, among its words, of its first, of what it says somebody is, and its last."""

    first: int
    head: int
    last: int


def holders(role: str, stories: Iterable[Story], speakers: Callable[[str], Sequence[Speaker]]) -> Meant | None:
    """Who has a role by the words of the stories, or the name of whoever has it and is not quoted; None for nobody.

    `speakers` tells who speaks in a story.
    """
    found: dict[str, Speaker] = {}
    silent: dict[str, str] = {}
    for story in stories:
        for naming in namings(role, story.text):
            people, sure = speakers_named(naming.name, speakers(story.id))
            if sure and len(people) == 1:
                found[people[0].id] = people[0]
            elif " " in naming.name:
                silent.setdefault(naming.name, story.id)
    if found:
        return Meant(role, tuple(found.values()))
    return next((Meant(name, mentioned=True, role=role, story=story) for name, story in silent.items()), None)


def namings(role: str, text: str) -> tuple[Naming, ...]:
    """Each place where a text names somebody in a role, in its order; those who were it once only if nobody else is."""
    listed = words(text)
    beside = (_named_beside(phrase, text, listed) for phrase in _phrases(role, text, listed))
    found = tuple(naming for naming in beside if naming)
    return tuple(naming for naming in found if not naming.past) or found


def is_reported(role: str, text: str) -> bool:
    """Whether a text says that whoever has a role said something: "the company said", "according to the company"."""
    listed = words(text)
    return any(_says(phrase, text, listed) for phrase in _phrases(role, text, listed))


def is_quoted(name: str, text: str) -> bool:
    """Whether a text says that somebody of this name said something."""
    own = re.escape(name.split()[-1])
    before = rf"(?:{'|'.join(sorted(REPORTED))})"
    subject = rf"\b{own}\b(?:,[^,.]{{1,60}})?,? (?:(?:now|also|later|then|has|have|had|\w+ly) )*{before}\b"
    return bool(re.search(rf"{subject}|\baccording to [^,.]*\b{own}\b|[,?!.][\"”’'] said [^,.]*\b{own}\b", text))


def may_speak(role: str) -> bool:
    """Whether a description is of somebody or a body: "the goalkeeper" and "the company" are, "the letter" is not."""
    head = head_of(role)
    return head in PEOPLE | BODIES or (head.endswith(_DOERS) and head not in DOCUMENTS)


def without_quantity(name: str) -> str:
    """What several are: "managers" of "both managers"."""
    return _QUANTITY.sub("", name)


def _phrases(role: str, text: str, listed: Sequence[Word]) -> Iterator[_Role]:
    """Where a text has all the words of a role around what it says somebody is."""
    wanted, head = set(role_tokens(role)), head_of(role)
    for at in _places(text).get(head, ()):
        last = at + 1 if _next_is(at, "officer", text, listed) else at
        phrase = _Role(_first_of(at, text, listed), last, _end_of(last, text, listed))
        having = set(role_tokens(text[listed[phrase.first].start : listed[phrase.last].end]))
        if wanted <= having and not (having & SECOND) - wanted:
            yield phrase


@lru_cache(maxsize=_REMEMBERED)
def _places(text: str) -> Mapping[str, Sequence[int]]:
    """Each word, as roles are compared, with its places among the words; a capital has to be that of a title."""
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words(text)):
        token = head_of(word.text)
        opens = not text[max(0, word.start - 2) : word.start].strip(" \n\"“‘'")
        if token and (word.text[:1].islower() or opens or token in _TITLED):
            found.setdefault(token, []).append(at)
    return found


def _next_is(at: int, wanted: str, text: str, listed: Sequence[Word]) -> bool:
    return _joined(at, text, listed) and listed[at + 1].text.lower() == wanted


def _joined(at: int, text: str, listed: Sequence[Word]) -> bool:
    """Whether nothing but space, or the full stop of a short title, stands between a word and the next."""
    if not 0 <= at < len(listed) - 1:
        return False
    between = text[listed[at].end : listed[at + 1].start]
    short = between.startswith(".") and listed[at].text.lower() in TITLES
    return between[short:].isspace() and "\n" not in between


def _first_of(at: int, text: str, listed: Sequence[Word]) -> int:
    """Where what stands before a role begins, behind anybody else's name."""
    first = at
    while at - first < _LONGEST and _joined(first - 1, text, listed) and not is_stop(listed[first - 1].text):
        named = listed[first].text[:1].isupper() and head_of(listed[first - 1].text) in PEOPLE - SECOND
        if named and listed[at].text.islower():
            break
        first -= 1
    return first


def _end_of(last: int, text: str, listed: Sequence[Word]) -> int:
    """Where "of the council" ends that stands behind a role, before any name."""
    if not (_joined(last, text, listed) and listed[last + 1].text.lower() in _JOINING):
        return last
    end = last + 1
    while end - last < _LONGEST and _joined(end, text, listed) and not _opens_name(end + 1, text, listed):
        if listed[end + 1].text.lower() in REPORTED | _RELATIVE:
            break
        end += 1
    return end


def _opens_name(at: int, text: str, listed: Sequence[Word]) -> bool:
    """Whether a full name begins here: a given name with another, or a courtesy title, before a capital."""
    word = listed[at].text
    opens = is_given_name(word) or word.lower().rstrip(".") in TITLES
    return word[:1].isupper() and opens and _joined(at, text, listed) and listed[at + 1].text[:1].isupper()


def _named_beside(phrase: _Role, text: str, listed: Sequence[Word]) -> Naming | None:
    """The name before or behind a role, if one stands there."""
    for at in dict.fromkeys((phrase.head, phrase.last)):
        name = _name_from(at + 1, text, listed)
        follows = name and _joined(at, text, listed) and not (at > phrase.head and _goes_on(at, text, listed))
        if name and (follows or (_is_apart(at, text, listed) and _closes(name[1], text, listed))):
            return _naming(name, phrase, text, listed)
    name = _name_before(phrase.first, text, listed) if _closes(phrase.last, text, listed) else None
    return _naming(name, phrase, text, listed) if name else None


def _goes_on(at: int, text: str, listed: Sequence[Word]) -> bool:
    """Whether a capital may belong to what is before it: "Legal Affairs Reza Lind" leaves open where a name begins."""
    return listed[at].text[:1].isupper() and not _opens_name(at + 1, text, listed)


def _is_apart(at: int, text: str, listed: Sequence[Word]) -> bool:
    return at + 1 < len(listed) and text[listed[at].end : listed[at + 1].start] == ", "


def _name_from(at: int, text: str, listed: Sequence[Word]) -> tuple[int, int] | None:
    """The first and last word of a name that begins here, courtesy titles left out."""
    while at < len(listed) - 1 and _is_courtesy(listed[at].text) and _joined(at, text, listed):
        at += 1
    if at >= len(listed) or not listed[at].text[:1].isupper():
        return None
    end = at
    while _joined(end, text, listed) and _is_of_name(listed[end + 1].text) and not listed[end].text.endswith(_OWNING):
        end += 1
    while listed[end].text in _PARTICLES:
        end -= 1
    titled = any(head_of(word.text) in PEOPLE for word in listed[at:end] or listed[at : at + 1])
    return None if titled else (at, end)


def _name_before(first: int, text: str, listed: Sequence[Word]) -> tuple[int, int] | None:
    """The first and last word of a name that a role in apposition stands behind: "Ana Ruiz (Ind), 34, the"."""
    if _joined(first - 1, text, listed):
        first -= 1  # an article or a possessive
    last = first - 1
    if last > 0 and listed[last].text.isdigit():
        last -= 1
    if last > 0 and text.startswith(")", listed[last].end):
        while last > 0 and text[listed[last].start - 1] != "(":
            last -= 1
        last -= 1
    if last < 0 or not _COMMA.fullmatch(text, listed[last].end, listed[first].start):
        return None
    start = last + 1
    while start > 0 and _is_of_name(listed[start - 1].text) and (start > last or _joined(start - 1, text, listed)):
        start -= 1
    while start <= last and (is_stop(listed[start].text) or _is_courtesy(listed[start].text)):
        start += 1
    return (start, last) if start <= last and listed[start].text[:1].isupper() else None


def _is_courtesy(word: str) -> bool:
    return word.lower() in COURTESIES or head_of(word) in PEOPLE


def _is_of_name(word: str) -> bool:
    return word[:1].isupper() or word.lower() in _PARTICLES or word.startswith("al-")


def _closes(at: int, text: str, listed: Sequence[Word]) -> bool:
    """Whether a word is followed by a mark, and not by what it does."""
    return bool(_MARK.match(text, listed[at].end))


def _naming(name: tuple[int, int], phrase: _Role, text: str, listed: Sequence[Word]) -> Naming:
    bare = text[listed[name[0]].start : listed[name[1]].end]
    for owning in _OWNING:
        bare = bare.removesuffix(owning)
    start = listed[name[0]].start
    return Naming(bare, Span(start, start + len(bare)), _is_past(phrase, listed))


def _is_past(phrase: _Role, listed: Sequence[Word]) -> bool:
    return any(word.text.lower() in ("former", "ex", "late") for word in listed[phrase.first : phrase.head])


def _says(phrase: _Role, text: str, listed: Sequence[Word]) -> bool:
    """Whether a role is the subject of a verb that reports, or whom something is according to."""
    at = phrase.last + 1
    while at < len(listed) and _BETWEEN.match(listed[at].text.lower()) and _joined(at - 1, text, listed):
        at += 1
    if at < len(listed) and _joined(at - 1, text, listed) and listed[at].text.lower() in REPORTED:
        return True
    opening = text[: listed[phrase.first].start]
    return bool(_ACCORDING.search(opening[-_REACH:])) or (
        _closes(phrase.last, text, listed) and bool(_INVERTED.search(opening[-_REACH:]))
    )
