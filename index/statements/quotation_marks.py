"""Which stretches of a text stand in quotation marks: curly, straight, doubled, guillemets, single ones within double.

Marks are read paragraph by paragraph, so that one lost mark spoils one paragraph at the most; a paragraph that is
left open carries on where the next one opens again, as newspapers print it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from index.statements.paragraphs import find_paragraphs
from index.story import Kind, Span

_DOUBLE = re.compile(r"``|''|’’|‘‘|′′|[\"“”„‟«»＂″]")
_OPENERS, _CLOSERS = frozenset(("“", "„", "``", "«", "‘‘")), frozenset(("”", "‟", "»"))
_INCHES = frozenset(("″", "′′"))
_SINGLE_OPEN = re.compile(r"(?<![\w'’‘])[‘'’](?=[^\W_])(?!(?:\d0s|em|til|tis|twas|cause|bout|n)\b)", re.IGNORECASE)
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?;:…—–-])[’'](?!\w)")
_LOST_END = (
    re.compile(  # a closing mark that the story forgot, or of the wrong kind: “We lost,' said Ann Lee, the coach.
        r"[^\s,][,?!]['’`]?(?=\s(?:(?:said|says|added|asked)\s(?:[A-Z]|(?:the|a|an|his|her|their)\s)[^\n\"“”.]{1,80}"
        r"|(?:he|she|they|[A-Z][\w.]+ [A-Z]\w+)\s(?:said|says|added))(?:\.\s|\.?$))",
        re.MULTILINE,
    )
)
WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One stretch in quotation marks. `span` has the marks in it, `words` has not.

    `level` is 0 for an outer stretch and 1 for one nested in it. `closed` is False where the paragraph ends first;
    `carried` is True where the stretch goes on from one that the paragraph before left open.
    """

    span: Span
    words: Span
    level: int = 0
    closed: bool = True
    carried: bool = False


def find_quoted(text: str) -> tuple[Quoted, ...]:
    """Every quoted stretch of a text in order, an outer one before those nested in it."""
    found: list[Quoted] = []
    carried = False
    paragraphs = find_paragraphs(text)
    british = _are_outer_marks_single(text, paragraphs)
    opened = False
    for number, paragraph in enumerate(paragraphs):
        doubles = list(_read_paragraph(text, paragraph, carried))
        carried = bool(doubles) and not doubles[-1].closed
        outer = _outer(text, paragraph, doubles, british)
        if british:
            outer = _carried_singles(text, outer, paragraphs[number : number + 2], opened)
            opened = bool(outer) and not outer[-1].closed
        for quoted, inner in _with_nested(text, outer, doubles):
            found.append(quoted)
            found.extend(replace(one, level=1) for one in inner)
    return tuple(found)


def _are_outer_marks_single(text: str, paragraphs: Sequence[Span]) -> bool:
    """Whether a story sets its quotations in single marks, as British papers do: no double ones but within those."""
    some = False
    for paragraph in paragraphs:
        singles = [single.words for single in _read_singles(text, paragraph)]
        some = some or bool(singles)
        closed = max((single.end for single in singles), default=paragraph.start)
        left_open = (mark for mark in _SINGLE_OPEN.finditer(text, closed, paragraph.end) if mark.group() == "‘")
        singles += [Span(mark.start(), paragraph.end) for mark in islice(left_open, 1)]  # the next may go on with it
        for double in _read_paragraph(text, paragraph, carried=False):
            if not any(single.covers(double.span) for single in singles):
                return False
    return some


def _carried_singles(text: str, outer: list[Quoted], paragraphs: Sequence[Span], carried: bool) -> list[Quoted]:
    """The stretches of the first paragraph where one may go on from the paragraph before, or into the one after."""
    here = paragraphs[0]
    if carried and outer and outer[0].span.start == here.start:
        outer = [replace(outer[0], carried=True), *outer[1:]]
    if len(paragraphs) < 2 or not _SINGLE_OPEN.match(text, paragraphs[1].start) or text[here.end - 1] not in ".?!…":
        return outer
    for opening in _SINGLE_OPEN.finditer(text, here.start, here.end):
        holder = next((q for q in outer if q.span.start <= opening.start() < q.span.end), None)
        if holder and (holder.span.start < opening.start() or not _ends_in_plural(text, holder)):
            continue
        before = text[here.start : opening.start()].rstrip()[-1:]
        if text[opening.end()].isupper() and before in {"", ":", ",", ".", "?", "!"}:
            start, goes_on = opening.span(), carried and opening.start() == here.start
            rest = Quoted(Span(start[0], here.end), Span(start[1], here.end), closed=False, carried=goes_on)
            return [*(q for q in outer if q.span.end <= start[0]), rest]
    return outer


def _ends_in_plural(text: str, quoted: Quoted) -> bool:
    """Whether the closing mark may be an apostrophe: "the residents' money"."""
    return text[quoted.words.end - 1] == "s" and text[quoted.span.end : quoted.span.end + 1] == " "


def _outer(text: str, paragraph: Span, doubles: Sequence[Quoted], british: bool) -> list[Quoted]:
    """The outer stretches of a paragraph in order: in double marks, or in single ones, as British papers set them.

    Where single marks have double ones within, the single ones are the outer; else they stand beside them.
    """
    starts, ends = [double.span.start for double in doubles], [double.span.end for double in doubles]
    outer: list[Quoted] = []
    nested: set[Quoted] = set()
    for single in _read_singles(text, paragraph):
        beside = doubles[bisect_right(ends, single.span.start) : bisect_left(starts, single.span.end)]
        if any(not single.words.covers(double.span) for double in beside):
            continue
        if not beside or british or text[single.span.start] == "‘":
            outer.append(single)
            nested.update(beside)
    outer.extend(double for double in doubles if double not in nested)
    return sorted(outer, key=lambda quoted: quoted.span.start)


def _with_nested(
    text: str, outer: Sequence[Quoted], doubles: Sequence[Quoted]
) -> Iterator[tuple[Quoted, Iterable[Quoted]]]:
    """Each stretch with those nested in it: single marks in double ones, or the other way round."""
    starts, ends, double = [one.span.start for one in doubles], [one.span.end for one in doubles], set(doubles)
    for quoted in outer:
        if quoted in double:
            yield quoted, _read_singles(text, quoted.words)
        else:
            yield quoted, doubles[bisect_left(starts, quoted.words.start) : bisect_right(ends, quoted.words.end)]


def _read_paragraph(text: str, paragraph: Span, carried: bool) -> Iterator[Quoted]:
    """The outer stretches of one paragraph; `carried` says that the one before was left open."""
    opened: tuple[int, int] | None = None
    continues = False
    for mark in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        a, b = mark.span()
        before, after = text[a - 1 : a] if a > paragraph.start else "", text[b : b + 1] if b < paragraph.end else ""
        if mark.group() in _INCHES and before.isdigit():
            continue
        if opened is None:
            if not opens_quotation(mark.group(), before, after, False):
                if carried and not text[paragraph.start : a].count("\n") and mark.group() not in _OPENERS:
                    yield Quoted(Span(paragraph.start, b), Span(paragraph.start, a), carried=True)
                    carried = False
                continue
            continues = carried and a == paragraph.start
            opened, carried = (a, b), False
        elif mark.group() in _OPENERS and not _is_turned(before, after):
            continue  # opened again mid-way: one stretch
        elif mark.group() not in _OPENERS and opens_quotation(mark.group(), before, after, True):
            stop = a - (len(text[opened[1] : a]) - len(text[opened[1] : a].rstrip()))
            yield Quoted(Span(opened[0], stop), Span(opened[1], stop), carried=continues)
            opened, continues = (a, b), False
        else:
            yield Quoted(Span(opened[0], b), Span(opened[1], a), carried=continues)
            opened, continues = None, False
    if opened is not None and opened[1] < paragraph.end:
        lost = _LOST_END.search(text, opened[1], paragraph.end)
        if lost is not None:
            words = lost.end() - (text[lost.end() - 1] in "'’`")
            yield Quoted(Span(opened[0], lost.end()), Span(opened[1], words), carried=continues)
            return
        yield Quoted(Span(opened[0], paragraph.end), Span(opened[1], paragraph.end), closed=False, carried=continues)


def _is_turned(before: str, after: str) -> bool:
    """Whether an opening mark stands where one closes: “We lost,“ she said; „Verloren“."""
    return bool(before) and not before.isspace() and not after.isalnum() and after not in {"(", "[", "‘", "'"}


def opens_quotation(mark: str, before: str, after: str, inside: bool) -> bool:
    """Whether a mark opens; a straight one is judged by its neighbours, and so is one that closes where none is open:
    ”We lost,” she said."""
    if mark in _OPENERS:
        return True
    if mark in _CLOSERS:
        return not inside and after.isalnum() and (not before or before.isspace())
    if inside:
        return before.isspace() and after.isalnum()
    return bool(after) and (not after.isspace() or not before or before.isspace())


def _read_singles(text: str, within: Span) -> Iterator[Quoted]:
    """Stretches in single marks inside a span; an apostrophe is told from a mark by the letters beside it."""
    at = within.start
    while opening := _SINGLE_OPEN.search(text, at, within.end):
        following = _SINGLE_OPEN.search(text, opening.end(), within.end)
        limit = following.start() if following else within.end
        closings = list(_SINGLE_CLOSE.finditer(text, opening.end(), limit))
        closing = next((c for c in closings if text[c.start() - 1] in ".,!?;:…"), closings[-1] if closings else None)
        if closing is None or (opening.group() == "’" and closing.start() - opening.end() < 2):
            at = opening.end()
            continue
        yield Quoted(Span(opening.start(), closing.end()), Span(opening.end(), closing.start()))
        at = closing.end()


def kind_of(text: str, span: Span, quoted: Sequence[Quoted]) -> Kind:
    """Direct where every word of the span is in (double) quotation marks, indirect where none is, else mixed.

    `quoted` comes from `find_quoted` for the same text.
    """
    outer = [q for q in quoted if q.level == 0]
    starts = [q.span.start for q in outer]
    words = inside = 0
    for word in WORD.finditer(text, span.start, span.end):
        words += 1
        place = bisect_right(starts, word.start()) - 1
        inside += place >= 0 and word.start() < outer[place].span.end
    if not inside:
        return "indirect"
    return "direct" if inside == words else "mixed"
