"""Who answers whom: the person a question was put to is the one who speaks next, not the one who put it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language.given_names import word_set
from index.language.lists import several_in

if TYPE_CHECKING:
    from spacy.tokens import Token

    from index.statements.people import Somebody

_KNOWN = several_in("speaking")
_ASKS = _KNOWN["asks"]
_PUTS = word_set("put puts")
_TELLS = word_set("tell tells told warn warns warned remind reminds reminded say says said shout shouted")
_REPLIES = _KNOWN["replies"]
_GOES_ON = _KNOWN["goes_on"]
_IN_REACH = 3  # sentences of the reporter's own between a question and its answer


@dataclass(frozen=True, slots=True)
class Put:
    """A question, or with `asks` false only words, that somebody put to somebody; `at` is the token of its verb."""

    to: Somebody
    at: int
    unit: int
    asks: bool


def hearer_of(verb: Token) -> Token | None:
    """Whom the verb's subject speaks to: "asked Lee whether …", "put it to Lee that …", "said to Lee"; None for a
    request ("asked Lee to go").
    """
    word = verb.text.lower()
    if verb.tag_[:2] != "VB" or word not in _ASKS | _PUTS | _TELLS or not any(c.dep_ == "nsubj" for c in verb.children):
        return None
    if word in _ASKS and any(child.dep_ == "xcomp" for child in verb.children):
        return None
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "iobj"} and child.i > verb.i and child.text.lower() not in {"to", "it"}:
            return child
    told = next((child for child in verb.children if child.text.lower() == "to" and child.i > verb.i), None)
    return next((child for child in told.children if child.dep_ == "pobj"), None) if told is not None else None


def asks(verb: Token) -> bool:
    """Whether the verb puts a question, which whoever it is put to can be expected to answer."""
    return verb.text.lower() in _ASKS | _PUTS


def answers(put: Put, cue: str, unit: int) -> bool:
    """Whether words with this cue, in that sentence, are the answer to what was put to somebody."""
    words = cue.lower().split()
    if not 0 < unit - put.unit <= _IN_REACH or any(word in _GOES_ON for word in words):
        return False
    return put.asks or any(word in _REPLIES for word in words)
