"""Names as people type them: their words without titles and small words, and how far two words are apart."""

import re
from collections.abc import Collection
from functools import lru_cache

from bot.answering.text import words
from bot.answering.typed import one_slip
from index.statements.given_names import given_name_forms
from index.statements.nouns import FAMILY, HUMAN, role_word

_SMALL = frozenset((
    "the a an of for and in on at to this that these those from with by his her their"
).split())  # fmt: skip
TITLES = frozenset((
    "mr mrs ms miss dr sir dame lord lady madam rep reps sen sens gov president vice senator senators "
    "representative congressman congresswoman congressmen judge justice secretary attorney general governor mayor "
    "speaker chief prime minister king queen prince princess pope professor prof captain capt sgt sergeant col "
    "colonel gen lt officer detective sheriff ambassador chairman chairwoman director leader former us u.s house "
    "senate reverend rev father sister rabbi coach ceo actor actress singer author host analyst reporter spokesman "
    "spokeswoman spokesperson deputy commissioner the"
).split())  # fmt: skip
_NOBODYS = {"house", "senate", "us", "u.s", "the", "former", "vice", "prime"}
PEOPLE = frozenset(map(role_word, HUMAN | FAMILY | TITLES - _NOBODYS))
"""What one is, rather than what a body is: who is asked about as such is nobody who is not."""
SECOND = frozenset({"vice", "deputy", "assistant", "acting", "shadow"})
COURTESIES = frozenset(
    "mr mrs ms miss dr sir dame lord lady cllr councillor prof rev reverend sen rep gov senator".split()
)
_HEAD_ENDS = re.compile(r"\s+(?:of|for|from|in|at|with|on|to|by|who|that|which)\s+|,", re.IGNORECASE)
FAR = 0.4  # up to this share of its letters, another spelling can be what was meant
_REMEMBERED = 65_536  # names of a large library: every question looks through them again
_SHORT_TITLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "pres": "president",
    "sgt": "sergeant",
}


_SHORT_ROLES = {
    "ceo": ("chief", "executive"),
    "cfo": ("chief", "financial"),
    "coo": ("chief", "operating"),
    "cto": ("chief", "technology"),
    "pm": ("prime", "minister"),
    "vp": ("vice", "president"),
    "ag": ("attorney", "general"),
    "potus": ("president",),
}
_OTHER_ROLES: dict[tuple[str, ...], str] = {
    ("finance", "chief"): "cfo",
    ("finance", "director"): "cfo",
    ("operating", "chief"): "coo",
}


@lru_cache(maxsize=_REMEMBERED)
def role_tokens(name: str) -> tuple[str, ...]:
    """The words by which roles are compared: "the CFO" is "chief financial", "Sens." "senator", a chairman "chair"."""
    typed = tokens(name)
    short = _OTHER_ROLES.get(typed[-2:])
    if short:
        typed = (*typed[:-2], short)
    full = [part for token in typed for part in _SHORT_ROLES.get(token, (token,))]
    kept = (part for at, part in enumerate(full) if part != "officer" or "chief" not in full[max(0, at - 2) : at - 1])
    return tuple(role_word(singular(part)) for part in kept)


@lru_cache(maxsize=_REMEMBERED)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without the small ones, possessives, and dots."""
    found = (
        part.casefold().replace("’", "'").removesuffix("'s").replace(".", "").strip("@#'")
        for word in words(name)
        for part in word.text.split("-")
    )
    return tuple(word for word in found if word and word not in _SMALL)


@lru_cache(maxsize=_REMEMBERED)
def core(name: str) -> tuple[str, ...]:
    """The tokens of a name without titles; all of them where there is nothing else."""
    all_of_it = tokens(name)
    kept = tuple(token for token in all_of_it if token not in TITLES)
    return kept or all_of_it


@lru_cache(maxsize=_REMEMBERED)
def head_of(phrase: str) -> str:
    """The word that says what somebody is, as roles are compared: "leader" of "the deputy leader of the council"."""
    found = role_tokens(_HEAD_ENDS.split(phrase.strip(), maxsplit=1)[0]) or ("",)
    return found[-1]


def without_title(name: str) -> tuple[str, ...]:
    """The tokens of a name behind its title: "beth sandoval" of "Commission Chairwoman Beth Sandoval"."""
    every = tokens(name)
    titles = [place for place, token in enumerate(every[:-1]) if token in TITLES]
    return every[titles[-1] + 1 :] if titles else every


def spellings(name: str) -> tuple[str, ...]:
    """The words by which an index may know a name: its tokens, and titles written short or in full."""
    full = {long: short for short, long in _SHORT_TITLES.items()}
    own = core(name)
    more = (
        *(_SHORT_TITLES[token] for token in own if token in _SHORT_TITLES),
        *(full[token] for token in own if token in full),
    )
    return (*own, *more)


def alike(name: str, known: Collection[str]) -> tuple[str, ...]:
    """Of the words by which speakers are known, those that a word of the name can be meant for.

    Another form of a given name, a role in full, or a spelling no further off than FAR of its letters, or in which only
    the order of them differs.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    words = tuple(known)
    found: dict[str, None] = {}
    for token in tokens(name):
        letters = sorted(token)
        near = process.extract(token, words, scorer=OSA.normalized_distance, score_cutoff=FAR, limit=None)
        mixed = (word for word in words if len(word) == len(token) and sorted(word) == letters)
        found |= dict.fromkeys(
            (*(word for word, _, _ in near), *mixed, *given_name_forms(token), *_SHORT_ROLES.get(token, ()))
        )
    return tuple(found)


def singular(token: str) -> str:
    """A word of a role in full and in the singular: "sens" is "senator"."""
    token = _SHORT_TITLES.get(token, token)
    if token.endswith(("ches", "shes", "sses")):
        return token[:-2]
    if len(token) > 4 and token.endswith("ies"):
        return f"{token[:-3]}y"
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token


def close(typed: str, meant: str) -> bool:
    """Whether two words differ by one slip, or by two where both are long."""
    if min(len(typed), len(meant)) < 4 or typed[0] != meant[0]:
        return len(typed) > 4 and len(meant) > 4 and sorted(typed[:2]) == sorted(meant[:2]) and typed[2:] == meant[2:]
    if one_slip(typed, meant):
        return True
    if min(len(typed), len(meant)) < 7:
        return sorted(typed) == sorted(meant) and len(typed) > 4
    return distance(typed, meant) <= 2


def distance(one: str, other: str) -> int:
    """How many letters are to be put in, left out or changed to make one word the other."""
    from rapidfuzz.distance import Levenshtein  # here: most questions name nobody amiss, and need not wait for it

    return Levenshtein.distance(one, other)
