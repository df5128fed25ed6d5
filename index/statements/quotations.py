"""Who says what stands in quotation marks: the cue beside it, the utterance it goes on from, or nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.language.words import plain_words
from index.statements.adjacent import Beside, cue_after, cue_before, cue_of_any_verb, one_person_before
from index.statements.cues import find_verb
from index.statements.findings import Finding, Overlaps, span_of
from index.statements.labels import Named
from index.statements.paragraphs import paragraph_at
from index.statements.quotation_marks import WORD, Quoted
from index.statements.words import Words
from index.story import Span

_BYLINE = re.compile(
    r"[\s\u00a0]*(?P<dash>[—–―]|--|-)[\s\u00a0]*(?P<name>[A-Z][^\n:;“”\"]{2,70}?)"
    r"\.?[\s\u00a0]*(?=\n|$)"
)
_ASKED = re.compile(  # "Ann Lee, 34, nurse": a passer-by, named above what they say or behind it
    r"[ \u00a0]*(?P<name>[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){1,3})(?P<dash>,) \d{1,3}"
    r"(?:, [^\n.:;“”\"]{2,60})?[ \u00a0]*(?=\n|$)"
)
_HEADED = re.compile(  # "ANN LEE, GOVERNOR, TO REPORTERS" on the line above what she says
    r"[ \u00a0]*(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){1,3})(?P<dash>,) [A-Z][^a-z\n“”\"]{2,120}(?=\n|$)"
)
_EXAMINED = frozenset("examine examined examining".split())
_CLAUSAL = frozenset("i we he she they you it is are was were has have had will would can do does did".split())
FEWEST_WORDS = 3  # of a quotation that somebody says who is only spoken of before it
SHORTEST = 60  # code points of a paragraph that only leads up to the quotation below it
_DASHES = frozenset({"—", "–", "―", "--", "-", ","})
_SMALL = frozenset("a an the of for to in on and or at by with from is as but not".split())


@dataclass(frozen=True, slots=True)
class _Place:
    """A quotation with the text around it: from the quotation before (or the paragraph's start) to the one after."""

    quoted: Quoted
    paragraph: int
    low: int
    high: int


def find_quotations(words: Words, quoted: Sequence[Quoted], paragraphs: Sequence[Span],
                    clauses: Sequence[Finding], named: Named) -> list[Finding]:  # fmt: skip
    """A finding for each outer quotation that somebody says; one without any cue in reach is left out.

    `clauses` may hold the cue of a quotation that the parse took for a clause.
    """
    text, near = words.text, Overlaps(clauses, span_of)
    cued: list[tuple[_Place, Beside | None]] = []
    for place in _places(quoted, paragraphs):
        said = is_speech(text, place.quoted) or _leads_out(text, place.quoted)
        beside = _beside(words, place, named) if said else None
        cued.append((place, beside or _of_clause(place.quoted.span, near.of(place.quoted.span))))
    told = {paragraph_at(paragraphs, c.cue.start): c for c in clauses if c.cue is not None and c.mention is not None}
    return list(_with_carried(words, cued, paragraphs, told))


def _of_clause(span: Span, clauses: Sequence[Finding]) -> Beside | None:
    """The cue of a clause that is the quotation and hardly more."""
    for clause in clauses:
        if clause.span.overlaps(span) and clause.cue is not None and clause.span.start >= span.start - 1:
            shared = min(clause.span.end, span.end) - max(clause.span.start, span.start)
            if shared >= 0.8 * max(len(span), len(clause.span)):
                return Beside(clause.cue, clause.mention, clause.stance, clause.addressee)
    return None


def is_speech(text: str, quoted: Quoted) -> bool:
    """Whether a quotation is long or shaped enough to be somebody's words, and no title, nickname or scare quote."""
    words = quoted.words.of(text).strip()
    count = len(WORD.findall(words))
    if not count:
        return False
    ended = words[-1] in ",.?!…—–-" and not (words[-1] in ",." and is_title(words))
    if quoted.carried or count >= 6:
        return not (is_title(words) and not ended)
    starts = words[0].isupper() or words[0] in "“[('‘…." or words[0].isdigit()
    return (ended and starts and not is_title(words.rstrip(".,"))) or (count >= 4 and not is_title(words))


def _leads_out(text: str, quoted: Quoted) -> bool:
    """Whether a comma behind the mark leads on from a word with a capital: "“Rubbish”, said Lee"."""
    words, end = quoted.words.of(text).strip(), quoted.span.end
    return words[:1].isupper() and text[end : end + 2] == ", " and text[end + 2 : end + 3].islower()


def is_title(words: str) -> bool:
    """Whether every word that counts has a capital, as in the name of a programme or a song; one word is none."""
    if not _CLAUSAL.isdisjoint(plain_words(words.lower())):
        return False
    found = [w for w in WORD.findall(words) if w.lower() not in _SMALL]
    return len(found) > 1 and all(w[0].isupper() or w[0].isdigit() for w in found) and words[-1:] not in "?!"


def _places(quoted: Sequence[Quoted], paragraphs: Sequence[Span]) -> Iterator[_Place]:
    outer = [q for q in quoted if q.level == 0]
    for at, one in enumerate(outer):
        number = paragraph_at(paragraphs, one.span.start)
        around = paragraphs[number]
        start = around.start
        if number and one.span.start == start and not one.carried:
            start = paragraphs[number - 1].start
        low = max(start, outer[at - 1].span.end if at else 0)
        high = min(around.end, outer[at + 1].span.start if at + 1 < len(outer) else around.end)
        yield _Place(one, number, low, max(high, one.span.end))


def _beside(words: Words, place: _Place, named: Named) -> Beside | None:
    """The cue after the quotation where it leads on into one, else the cue before."""
    text, span, inner = words.text, place.quoted.span, place.quoted.words
    ending = text[inner.start : inner.end].rstrip(" \u00a0'’")[-1:]
    leads_on = ending in {",", "?", "!", "—", "–", "-", "…"} or text[span.end : span.end + 1] == "," or not ending
    before = text[place.low : span.start].rstrip()
    if "\n" in text[place.low : span.start] and not before.endswith(":"):
        before = ""
    line = span.start - len(text[place.low : span.start].lstrip())
    above = _ASKED.match(text, line, span.start) if text[max(0, line - 1) : line] in {"", "\n"} else None
    headed = _HEADED.match(text, line, span.start) if line < span.start else None
    if headed is not None:
        return Beside(Span(*headed.span("dash")), Span(*headed.span("name")))
    byline = above or _BYLINE.match(text, span.end) or _ASKED.match(text, span.end)
    opens_line = text[place.low : span.start].rpartition("\n")[2].strip() == ""
    if byline is not None and (opens_line or not before) and place.quoted.closed:
        return Beside(Span(*byline.span("dash")), Span(*byline.span("name")))
    if leads_on and (not before.endswith(":") or _is_label(before)):
        found = cue_after(words, span.end, place.high)
        if found is None or not _follows_at_once(text, span.end, found):
            found = cue_of_any_verb(words, span.end, place.high) if ending == "," else None
        if found is not None and (not before.endswith(":") or found.mention is not None):
            return found
    if before.endswith((",", ":", "that", "as")) or (before[-1:].isalnum() and place.quoted.closed):
        found = cue_before(words, place.low, span.start)
        if found is not None and found.mention is not None and text[found.cue.start] == ":":
            found = found if named.is_somebody(found.mention) or not _is_label(before) else None
        if found is not None and (before.endswith((",", ":")) or span.start - found.cue.end < 60):
            return found
    return None


def _is_label(before: str) -> bool:
    """Whether what stands before a quotation is a bare label: a few words and a colon, with no verb of saying."""
    words = before.rstrip(":").split()
    return before.endswith(":") and len(words) <= 6 and not any(find_verb(word) for word in words)


def _follows_at_once(text: str, end: int, found: Beside) -> bool:
    """Whether nothing but a comma or a dash stands between a quotation and its cue or speaker."""
    first = min(found.cue.start, found.mention.start if found.mention else found.cue.start)
    return len(text[end:first].strip(" ,\u00a0–—-")) <= 25


def _with_carried(words: Words, cued: list[tuple[_Place, Beside | None]], paragraphs: Sequence[Span],
                  told: Mapping[int, Finding]) -> Iterator[Finding]:  # fmt: skip
    """Gives quotations without a cue the one they go on from: in their paragraph, or from the one before, where it may
    be that of a clause (`told`, by paragraph), or who the sentence right before them is about.
    """
    text = words.text
    by_paragraph: dict[int, list[tuple[_Place, Beside | None]]] = {}
    for place, beside in cued:
        by_paragraph.setdefault(place.paragraph, []).append((place, beside))
    last: tuple[int, Beside] | None = None
    for number, places in by_paragraph.items():
        current: Beside | None = None
        for place, beside in places:
            sure = 0.9
            if beside is None and is_speech(text, place.quoted) and is_sentence(text, place.quoted):
                sure = 0.75
                beside = current or _soon(text, places, place)
                if beside is None and last is not None and _goes_on(place, paragraphs[number], last[0]):
                    beside, sure = last[1], 0.65
                if beside is None:
                    beside, sure = _told_before(words, place, paragraphs, told), 0.5
            if beside is not None:
                current, last = beside, (number, beside)
                dashed = beside.cue.of(text) in _DASHES
                yield Finding(
                    place.quoted.span,
                    "byline" if dashed else "quotation",
                    beside.mention,
                    beside.cue,
                    beside.stance,
                    beside.addressee,
                    sure=sure,
                )


def _told_before(words: Words, place: _Place, paragraphs: Sequence[Span], told: Mapping[int, Finding]) -> Beside | None:
    """Whom the paragraph so far, or for a paragraph that is all quotation the one before, is about and quotes."""
    here, span = paragraphs[place.paragraph], place.quoted.span
    if len(WORD.findall(words.text, span.start, span.end)) < FEWEST_WORDS:
        return None
    if place.low <= here.start < span.start:
        return one_person_before(words, here.start, span.start)
    if span.start > here.start or len(here) - len(span) > 2 or not place.paragraph:
        return None
    clause = told.get(place.paragraph - 1)
    if clause is not None and clause.cue is not None and clause.stance == "says":
        return Beside(clause.cue, clause.mention)
    before = paragraphs[place.paragraph - 1]
    last = words.text[max(before.start, before.end - 72) : before.end].rstrip(". ").rpartition(".")[2]
    leads_up = len(before) <= SHORTEST or not place.quoted.closed or not _EXAMINED.isdisjoint(plain_words(last))
    return one_person_before(words, before.start, span.start) if leads_up else None


def _soon(text: str, places: Sequence[tuple[_Place, Beside | None]], place: _Place) -> Beside | None:
    """The cue of a quotation further on in the paragraph, with nothing but marks and spaces before it."""
    end = place.quoted.span.end
    for later, beside in places:
        if later.quoted.span.start >= end:
            if WORD.search(text, end, later.quoted.span.start):
                return None
            if beside is not None:
                return beside
            end = later.quoted.span.end
    return None


def is_sentence(text: str, quoted: Quoted) -> bool:
    """Whether a quotation could stand alone: it starts like a sentence."""
    words = quoted.words.of(text).strip()
    return quoted.carried or words[:1].isupper() or words[:1] in "[(…‘'" or words.startswith(("...", ". . ."))


def _goes_on(place: _Place, paragraph: Span, last: int) -> bool:
    """Whether a paragraph that is all quotation follows the one with the last cue."""
    outside = len(paragraph) - len(place.quoted.span)
    near = place.paragraph - last <= (3 if place.quoted.carried else 1)
    return near and (place.quoted.carried or outside < 0.25 * len(paragraph))
