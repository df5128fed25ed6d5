"""Who answers whom: the person a question was put to is the one who speaks next, not the one who put it; and whose turn
each is of questions and answers between quotation marks, a paragraph each and nobody named beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from index.language.given_names import word_set
from index.statements.findings import Finding, Overlaps
from index.statements.nouns import KNOWN
from index.statements.paragraphs import paragraph_at
from index.statements.quotation_marks import WORD
from index.statements.rules import Read

if TYPE_CHECKING:
    from spacy.tokens import Token

    from index.statements.people import Somebody

_ASKS = KNOWN["asks"]
_PUTS = word_set("put puts")
_TELLS = word_set("tell tells told warn warns warned remind reminds reminded say says said shout shouted")
_REPLIES = KNOWN["replies"]
_GOES_ON = KNOWN["goes_on"]
_IN_REACH = 3  # sentences of the reporter's own between a question and its answer
_QUESTION_ENDS = ("?", '?"', "?”", "?’", "?'")
_CALLED = re.compile(r",\s((?:[A-Z][\w’'-]*\.?\s){0,2}[A-Z][\w’'-]+)[?.!,]?[\"”’']?\s*$")
_OPENS, _CLOSES = tuple("\"“‘'«"), tuple("\"”’'»")
_FEWEST = 3  # spaces in and around three words, fewer of which anybody may say
_LATELY = 12  # turns back in which the other one of an exchange is looked for
_LONGEST_HEADLINE = 300  # code points
_TURNS_REACH = 4  # paragraphs back in which the other one of an exchange has spoken


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


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said in one paragraph: its last words and who says them; `open` where nobody is named beside them."""

    n: int
    paragraph: int
    words: str
    open: bool


# 0 on PolNeAR dev, +.16 on stories of other writers
def in_turns(text: str, read: Read, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those marked as turns of their own that are whole paragraphs with nobody named beside them."""
    carried = Overlaps([quoted.span for quoted in read.quoted if quoted.carried], lambda span: span)
    return [
        replace(one, turn=at) if (at := _turn_of(text, read, one)) >= 0 and not carried.of(one.span) else one
        for one in findings
    ]


def _turn_of(text: str, read: Read, finding: Finding) -> int:
    at = paragraph_at(read.paragraphs, finding.span.start)
    here = read.paragraphs[at]
    words = here.of(text).strip()
    alone = len(words) <= len(finding.span) and words.startswith(_OPENS) and words.endswith(_CLOSES)
    named = finding.mention is not None and here.start <= finding.mention.start < here.end
    return at if alone and not named and at and finding.form != "nested" else -1


# 0 on PolNeAR dev, +.16 on stories of other writers
def give_turns(
    turns: Sequence[Turn],
    found: list[Somebody | None],
    called: Callable[[str], Somebody | None],
    parties: Callable[[int], Mapping[bool, Somebody]],
) -> None:
    """Names in `found` who answers and who asks on: whoever the question calls by name or was put to, else the other.

    `called` knows people by what they are called, `parties` who asks (true) and is asked (false) in the prose up to a
    paragraph.
    """
    for at, (before, turn) in enumerate(pairwise(turns), 1):
        if not turn.open:
            continue
        speaker, told = found[before.n], parties(turn.paragraph)
        if before.paragraph == turn.paragraph - 1 and _is_question(before):
            vocative = _CALLED.search(before.words)
            answer = (called(vocative.group(1)) if vocative else None) or told.get(False)
            other = answer if answer is not speaker else None
            other = other or _other(turns[max(0, at - _LATELY) : at], found, turn, speaker)
            found[turn.n] = other or (None if found[turn.n] is speaker else found[turn.n])
        elif _is_question(turn) and (before.open or (speaker is not None and told.get(False) is speaker)):
            found[turn.n] = (
                told.get(True) or _other(turns[max(0, at - _LATELY) : at], found, turn, speaker) or found[turn.n]
            )


def _other(
    turns: Sequence[Turn], found: Sequence[Somebody | None], turn: Turn, speaker: Somebody | None
) -> Somebody | None:
    """Who spoke last before the one who has just spoken."""
    lately = [one for one in turns if turn.paragraph - _TURNS_REACH <= one.paragraph < turn.paragraph]
    people = [found[one.n] for one in reversed(lately)]
    return next((one for one in people if one is not None and one is not speaker and one.is_person), None)


# 0 on PolNeAR dev, +.08 on stories of other writers
def repeated_in_headline(turns: Sequence[Turn], found: list[Somebody | None]) -> None:
    """Names in `found` who says the words of a headline that come again below."""
    above = [turn for turn in turns[:_LATELY] if turn.paragraph == 0 and len(turn.words) <= _LONGEST_HEADLINE]
    below = [(_plain(turn.words), turn.n) for turn in turns if turn.paragraph > 0] if above else []
    for turn in above:
        words = _plain(turn.words)
        if words.count(" ") > _FEWEST:
            again = {found[n] for said, n in below if words in said}
            found[turn.n] = again.pop() if len(again) == 1 else found[turn.n]


def _plain(words: str) -> str:
    """The words alone, in small letters, with a space at both ends."""
    return f" {' '.join(WORD.findall(words.lower()))} "


def _is_question(turn: Turn) -> bool:
    return turn.words.rstrip().endswith(_QUESTION_ENDS)
