"""How words found in a story compare with what was given: exact, trimmed, changed by what was left out, or denied; and
what stands right beside them there: a name that they are put down to, or that nobody said them.

The latter is a net under what the library knows of its statements: quotations that no statement has are still
somebody's, and words that the sentence before them denies are nobody's, whatever the statement says.
"""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import Literal

from bot.checking.altering import Altered
from bot.checking.folded import NEGATIONS, Gap, Given, Words, keys_of, weight_of
from bot.checking.messages import read_message
from bot.checking.spoken import Found, Stream
from index.ranking import letters_of
from index.statements import find_verb
from index.story import Span

Wording = Literal["exact", "trimmed", "changed", "denied"]
_SENTENCE_ENDS = frozenset(".!?…")
_BARRED = frozenset(".!?…|")  # the end of a sentence, or of what one person says
_CLAUSE_ENDS = frozenset("\"“”„«»‘’'.!?:;,–—()[]…|\n")
_CARRIED = frozenset("to be a an the that any ever even really going it so".split())
_THINKING = frozenset(
    "think believe expect suppose agree accept imagine feel claim mean suggest want wish hope know see".split()
)
_SAYING = frozenset("say said says saying tell told telling claim claimed claiming write wrote call called".split())
_HELPERS = frozenset(
    "do does did be is are was were has have had will would can could should any some even ever".split()
)
_TURNING = frozenset("not never unless except without hardly if".split())
_FEW = 3
_LINKS = frozenset("and but or so because that yet".split())
_LEAST_EVIDENCE = 0.7
_ALONE = 1.0
"""What the words of a quotation weigh from which it may be part of a sentence; less than that has to be a whole one."""
_REACH = 400
"""Code points on either side of the words that are read, within their paragraph."""
_SENTENCE = re.compile(r"[.!?][\"”’']*\s|\n|''|[”\"]")
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:es|ed)|reject(?:s|ed|ing)|rebuff(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed))\b"
    r"(?P<between>[^.!?“”\"\n]{0,80})$",
    re.IGNORECASE,
)
_FAKE = r"fake\b[^.!?“”\"\n]{0,40}\b(?:had|has|shows?|quot\w+)"
_UNSAID = re.compile(
    r"(?:n['’]t|^\W*if|\b(?:never|(?:did|does|has|had|have|was|is)\s+not|no evidence|falsely|wrongly|stopped short of|"
    rf"{_FAKE}))\b(?P<between>[^.!?“”\"\n]{{0,80}})$",
    re.IGNORECASE,
)
_SAID_AFTER = frozenset("and but calling instead while who telling".split())
_NO = NEGATIONS | frozenset(
    """deny denies denied denying denial reject rejects rejected rejecting dispute disputes disputed refute refuted
    dismissed refused refuses declined declines stopped falsely wrongly wrongfully fake yet failed contrary""".split()
)


def wording(text: str, words: Words, given: Given, found: Found) -> Wording | None:
    """How a quotation that stands in a stream does so; None where it is too little to be more than chance."""
    stream = found.stream
    whole = _opens(text, words, stream, found.first) and _closes(text, words, stream, found.after)
    sentence = all(_ends_a_sentence(text, words, stream, at) for at in (found.first, found.after))
    if is_slight(given) and not (sentence or (whole and len(given.keys) >= _FEW)):
        return None
    if _said_of_no(text, words, stream, found.first):
        return "denied"
    if _loses_a_no(text, words, given, found):
        return "changed"
    bracketed = any(gap.joint == "bracket" and not stands for gap, stands in _gaps(given, found))
    parted = any(gap.joint == "ellipsis" for gap in given.gaps)
    return "exact" if whole and not (bracketed or parted) and _is_joined(words, found) else "trimmed"


def _gaps(given: Given, found: Found) -> Iterator[tuple[Gap, bool]]:
    return zip(given.gaps, found.literal, strict=True)


def is_slight(given: Given) -> bool:
    """Whether a quotation is so little that where its words stand says nothing."""
    keys = given.keys
    return len(keys) < 2 or sum(map(weight_of, keys)) < _ALONE


def between(text: str, words: Words, stream: Stream, at: int) -> str:
    """What stands in the text between a word of a stream and the one before it; a bar where somebody else's do."""
    if at == 0 or at >= len(stream.keys) or stream.numbers[at - 1] < 0 or stream.numbers[at] < 0:
        return "|."
    before, here = stream.numbers[at - 1], stream.numbers[at]
    apart = text[words.ends[before] : words.starts[here]]
    return apart if here == before + 1 else f"|{apart[:8]}{apart[-8:]}"


def _opens(text: str, words: Words, stream: Stream, at: int) -> bool:
    """Whether a clause begins there, be it behind an "and"."""
    if _ends_a_clause(between(text, words, stream, at)):
        return True
    return stream.keys[at - 1] in _LINKS and _ends_a_clause(between(text, words, stream, at - 1))


def _closes(text: str, words: Words, stream: Stream, after: int) -> bool:
    return _ends_a_clause(between(text, words, stream, after))


def _ends_a_clause(apart: str) -> bool:
    return "--" in apart or not _CLAUSE_ENDS.isdisjoint(apart)


def _is_joined(words: Words, found: Found) -> bool:
    """Whether nothing of the speaker's is left out: over a cue, or to the next paragraph, words are one utterance."""
    stream = found.stream
    for start, end in found.runs:
        for at in range(start + 1, end):
            before, here = stream.pieces[at - 1], stream.pieces[at]
            if before is here:
                if here is not None and stream.numbers[at] != stream.numbers[at - 1] + 1:
                    return False
            elif before and here and before.statement and here.statement:
                apart = here.statement.paragraph - before.statement.paragraph
                if before.statement.attribution != here.statement.attribution and apart > 1:
                    return False
    return True


def _said_of_no(text: str, words: Words, stream: Stream, first: int) -> bool:
    """Whether the speaker says that it was not said: “I never said ‘heads will roll’”."""
    before = _same_sentence(text, words, stream, first, 4)
    said = next((at for at, key in enumerate(before[:2]) if key in _SAYING), None)
    return said is not None and any(key in NEGATIONS for key in before[said + 1 : said + 3])


def _loses_a_no(text: str, words: Words, given: Given, found: Found) -> bool:
    """Whether a "not" that belongs to the words given is among those left out."""
    stream = found.stream
    kept = {key for gap in (*given.gaps, given.before, given.behind) if gap for key in gap.words}
    if kept & NEGATIONS:
        return False
    for (gap, stands), (_, end), (start, _) in zip(_gaps(given, found), found.runs, found.runs[1:], strict=False):
        if gap.joint != "cue" and not stands and _swallows(text, words, stream, end, start):
            return True
    cut = no_before(text, words, stream, found.first), no_behind(text, words, stream, found.after)
    return any(at is not None for at in cut)


def _swallows(text: str, words: Words, stream: Stream, end: int, start: int) -> bool:
    """Whether a "not" was left out of a clause of which something is kept, or a "but not …" of its sentence."""
    clauses = _clauses(text, words, stream, end, start)
    if _has_no(clauses[0][0]) or _has_no(clauses[-1][0]):
        return True
    ends = [number for number, (_, ends_sentence) in enumerate(clauses) if ends_sentence]
    kept = clauses if not ends else [*clauses[: ends[0] + 1], *clauses[ends[-1] + 1 :]]
    return any(_has_no(keys[:2], _TURNING) for keys, _ in kept)


def _clauses(text: str, words: Words, stream: Stream, end: int, start: int) -> list[tuple[list[str], bool]]:
    """The words left out, clause by clause, the first and the last of which may be parts of those kept; whether each
    ends its sentence."""
    clauses: list[tuple[list[str], bool]] = [([], False)]
    for at in range(end, start + 1):
        apart = between(text, words, stream, at)
        if _ends_a_clause(apart):
            clauses[-1] = (clauses[-1][0], not _SENTENCE_ENDS.isdisjoint(apart))
            clauses.append(([], False))
        if at < start:
            clauses[-1][0].append(stream.keys[at])
    return clauses


def _has_no(keys: Sequence[str], words: Set[str] = NEGATIONS) -> bool:
    return any(key in words for key in keys)


def no_before(text: str, words: Words, stream: Stream, first: int) -> int | None:
    """Where a "not" stands that is cut off right before the words given: "not permitted", "don't think that"."""
    if _opens(text, words, stream, first):
        return None
    before = [*_same_sentence(text, words, stream, first, 3), "", "", ""]
    if before[0] in NEGATIONS:
        return first - 1
    if before[1] in NEGATIONS and before[0] in _CARRIED | _THINKING:
        return first - 2
    return first - 3 if before[2] in NEGATIONS and before[1] in _THINKING and before[0] in _CARRIED else None


def no_behind(text: str, words: Words, stream: Stream, after: int) -> int | None:
    """Where a "not" stands that is cut off right behind the words given."""
    return after if not _closes(text, words, stream, after) and stream.keys[after] in NEGATIONS else None


def _same_sentence(text: str, words: Words, stream: Stream, first: int, most: int) -> list[str]:
    """A few words before one, the nearest first, as far as its sentence goes."""
    found: list[str] = []
    at = first
    while at > 0 and len(found) < most and (_BARRED | {";"}).isdisjoint(between(text, words, stream, at)):
        at -= 1
        found.append(stream.keys[at])
    return found


def is_near(text: str, words: Words, given: Given, near: Altered) -> bool:
    """Whether a place with other words is one that the quotation was made from, and no chance likeness.

    What is the same has to weigh something by itself, and be most of what was given; whole sentences set beside whole
    ones need less. The figures: PolNeAR's quotations with one or two words changed, left out or put in (95 % found),
    against those of other articles (of 280,000 pairs 4 pass, in all of which the one does quote the other).
    """
    evidence = near.share * sum(map(weight_of, given.keys))
    if evidence < _LEAST_EVIDENCE or len(given.keys) < _FEW:
        return False
    if _differs_by_no(given, near):
        return True
    edges = (near.first - near.blocks[0][0], near.after + len(given.keys) - near.blocks[-1][0] - near.blocks[-1][2])
    bounds = sum(_ends_a_sentence(text, words, near.stream, at) for at in edges)
    alike = 0.3 * near.share * near.density + 0.7 * near.near + 0.15 * (bounds - 1)
    return alike >= 0.5 + 0.4 / evidence


def _ends_a_sentence(text: str, words: Words, stream: Stream, at: int) -> bool:
    if not 0 <= at <= len(stream.keys):
        return False
    return not _BARRED.isdisjoint(between(text, words, stream, at))


def _differs_by_no(given: Given, near: Altered) -> bool:
    """Whether nothing differs but a "not" that was put in or left out."""
    keys, stream = given.keys, near.stream.keys
    if len(keys) < _FEW or near.blocks[0][0] or near.blocks[-1][0] + near.blocks[-1][2] < len(keys):
        return False
    put_in: list[str] = []
    left_out: list[str] = []
    for (at, own, size), (then, their, _) in pairwise(near.blocks):
        put_in += keys[at + size : then]
        left_out += stream[own + size : their]
    other = {*put_in, *left_out}
    return bool(other & NEGATIONS) and other <= NEGATIONS | _HELPERS and len(put_in) + len(left_out) <= _FEW


def name_beside(text: str, span: Span) -> str | None:
    """The name to which a story puts down the words at a span that stand in marks there."""
    low = max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH)
    high = text.find("\n", span.end)
    near = text[low : min(len(text) if high < 0 else high, span.end + _REACH)]
    here = Span(span.start - low, span.end - low)
    return next((one.speaker for one in read_message(near) if any(part.overlaps(here) for part in one.parts)), None)


def is_same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: the shorter is part of the longer, the surname with it."""
    shorter, longer = sorted((letters_of(one), letters_of(other)), key=len)
    return bool(shorter) and set(shorter) <= set(longer) and shorter[-1] == longer[-1]


def says_no_around(text: str, span: Span) -> bool:
    """Whether the sentence around some words says no: without it nothing there denies them."""
    before = _SENTENCE.split(text[max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH) : span.start])[-1]
    behind = _SENTENCE.split(text[span.end : span.end + _REACH].lstrip("”\"’' "), maxsplit=1)[0]
    around = keys_of(f"{before} | {behind}")
    return around[:1] == ("if",) or not _NO.isdisjoint(around)


def is_denied_before(before: str) -> bool:
    """Whether the sentence that leads up to quoted words says that they were denied, or not said at all."""
    sentence = _SENTENCE.split(before)[-1].rstrip(" “\"‘'„«")
    denied = _DENIED.search(sentence)
    if denied:
        return not _says_after(denied["between"])
    unsaid = _UNSAID.search(sentence)
    if unsaid is None or _says_after(unsaid["between"]):
        return False
    return any(find_verb(word) for word in keys_of(unsaid["between"]))


def _says_after(between: str) -> bool:
    return any(dash in between for dash in ",—–") or not _SAID_AFTER.isdisjoint(keys_of(between))
