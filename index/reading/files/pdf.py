"""A PDF to its text: lines in reading order by where they stand, without running heads, joined to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from string import digits
from typing import TYPE_CHECKING

from index.errors import StoryUnreadable
from index.language.sentences import is_ended

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MAX_PAGES = 400
MAX_CHARACTERS = 2_000_000
MAX_CHARACTERS_OF_PAGE = 60_000
LONGEST_WORD = 80
_GAP = 1.6
"""Heights of a line: a wider gap inside it parts columns."""
_EDGE_LINES = 3
"""At the top and the foot of a page, among which running heads are looked for."""
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE
)
_FIGURES = str.maketrans("", "", digits)
_BULLETS = frozenset("•●▪■◦‣–—*-")
_HYPHENATED = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, or the part of one in a column, with its edges in points from the lower left of its page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int

    @property
    def height(self) -> float:
        """How tall its letters are."""
        return max(1.0, self.top - self.bottom)


def pdf_text(raw: bytes, name: str) -> tuple[str, str | None]:
    """Its text, a line a paragraph, and the title in its properties if it is one. Raises StoryUnreadable."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except (pypdfium2.PdfiumError, ValueError, TypeError) as error:
        raise StoryUnreadable(name, "the PDF is damaged or locked") from error
    try:
        if len(document) > MAX_PAGES:
            raise StoryUnreadable(name, f"it has more than {MAX_PAGES} pages")
        pages: list[list[_Line]] = []
        left = MAX_CHARACTERS
        for number in range(len(document)):
            lines, read = _lines_of(document[number], number, min(left, MAX_CHARACTERS_OF_PAGE))
            pages.append(_in_order(lines))
            left -= read
            if left <= 0:
                raise StoryUnreadable(name, f"it has more than {MAX_CHARACTERS:,} letters")
        title = str(document.get_metadata_dict().get("Title", ""))
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise StoryUnreadable(name, "the PDF is damaged or locked") from error
    finally:
        document.close()
    text = "\n".join(_paragraphs([line for page in _without_heads(pages) for line in page]))
    if not any(map(str.isalnum, text)):
        raise StoryUnreadable(name, "it has no words: it may be a picture of its pages")
    return text, _title(title, text)


def _lines_of(page: "PdfPage", number: int, most: int) -> tuple[list[_Line], int]:
    """The lines of a page as they were drawn, and how many letters were read."""
    from pypdfium2 import raw as pdfium

    textpage = page.get_textpage()
    count = min(textpage.count_chars(), most)
    lines: list[_Line] = []
    letters: list[str] = []
    edges: list[tuple[float, float, float, float]] = []

    def end() -> None:
        text = " ".join("".join(letters).split())
        if text and edges:
            columns = list(zip(*edges, strict=True))
            lines.append(_Line(text, min(columns[0]), max(columns[2]), median(columns[1]), median(columns[3]), number))
        letters.clear()
        edges.clear()

    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, at)
        letter = chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else ""
        if letter in "\r\n":
            end()
            continue
        if letter in ("\ufffe", "\x02"):  # what PDFium has for a hyphen at the end of a line
            letter = "-"
        if letter.isspace():
            letters.append(" ")
            continue
        box = textpage.get_charbox(at, loose=True)
        if edges and _apart(edges[-1], box):
            end()
        letters.append(letter)
        edges.append(box)
    end()
    textpage.close()
    page.close()
    return lines, count


def _apart(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two letters that follow one another stand on other lines or in other columns."""
    height = max(one[3] - one[1], other[3] - other[1], 4.0)
    return (
        other[0] - one[2] > _GAP * 1.5 * height
        or other[0] < one[0] - 2 * height
        or abs(other[1] - one[1]) > 1.2 * height
    )


def _in_order(lines: Sequence[_Line]) -> list[_Line]:
    """The lines of a page in reading order: from the top, and of two columns the left one first."""
    body = [line for line in lines if not _is_margin_number(line.text)] if _has_line_numbers(lines) else list(lines)
    if not body:
        return []
    middle = (min(line.left for line in body) + max(line.right for line in body)) / 2
    on_left = [line for line in body if line.right <= middle + 6]
    on_right = [line for line in body if line.left >= middle - 6]
    if min(len(on_left), len(on_right)) < 5 or len(body) - len(on_left) - len(on_right) > 0.3 * len(body):
        return _joined(sorted(body, key=lambda line: (-line.top, line.left)))
    ordered: list[_Line] = []
    waiting: list[list[_Line]] = [[], []]
    for line in sorted(body, key=lambda line: -line.top):
        if line.right <= middle + 6 or line.left >= middle - 6:
            waiting[line.left >= middle - 6].append(line)
        else:
            ordered += [*_joined(waiting[0]), *_joined(waiting[1]), line]
            waiting = [[], []]
    return [*ordered, *_joined(waiting[0]), *_joined(waiting[1])]


def _is_margin_number(text: str) -> bool:
    return len(text) <= 2 and text.isdecimal()


def _has_line_numbers(lines: Sequence[_Line]) -> bool:
    """Whether a page's lines are numbered in its margin, as those of court papers are."""
    numbers = [line for line in lines if _is_margin_number(line.text)]
    return len(numbers) >= 10 and len(numbers) >= 0.25 * len(lines)


def _joined(lines: Sequence[_Line]) -> list[_Line]:
    """The lines, those on one height made one."""
    found: list[_Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before and min(before.top, line.top) - max(before.bottom, line.bottom) > 0.5 * min(
            before.height, line.height
        ):
            first, second = sorted((before, line), key=lambda one: one.left)
            found[-1] = _Line(
                f"{first.text} {second.text}", first.left, max(before.right, line.right),
                min(before.bottom, line.bottom), max(before.top, line.top), line.page,
            )  # fmt: skip
        else:
            found.append(line)
    return found


def _without_heads(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """The pages without what stands at the top or the foot of several of them, figures aside, and without numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_figureless(line.text) for line in (*page[:_EDGE_LINES], *page[-_EDGE_LINES:])})
    often = max(2, round(0.4 * len(pages)))
    found: list[list[_Line]] = []
    for page in pages:
        edge = {id(line) for line in (*page[:_EDGE_LINES], *page[-_EDGE_LINES:])}
        found.append([
            line for line in page
            if id(line) not in edge
            or not ((seen[_figureless(line.text)] >= often and len(pages) > 1) or _PAGE_NUMBER.match(line.text))
        ])  # fmt: skip
    return found


def _figureless(text: str) -> str:
    return text.casefold().translate(_FIGURES)


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """The lines joined to paragraphs, words that were broken at a line's end made whole."""
    words = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    left, right = _edges(lines)
    gaps = [above.bottom - line.top for above, line in pairwise(lines) if above.page == line.page]
    usual = median([gap for gap in gaps if gap > -20] or [0.0])
    pieces: list[str] = []
    for above, line in zip([None, *lines], lines, strict=False):
        if above is None:
            pieces.append(line.text)
        elif _goes_on(above, line, usual, right.get(_column(above), above.right), left.get(_column(line), line.left)):
            pieces[-1:] = _attached(pieces[-1], line.text, words)
        else:
            yield "".join(pieces)
            pieces = [line.text]
    if pieces:
        yield "".join(pieces)


def _column(line: _Line) -> tuple[int, int]:
    return line.page, round(line.left / 120)


def _edges(lines: Sequence[_Line]) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], float]]:
    """The left and the right edge of each column of each page."""
    columns: dict[tuple[int, int], list[_Line]] = {}
    for line in lines:
        columns.setdefault(_column(line), []).append(line)
    return (
        {column: min(line.left for line in its) for column, its in columns.items()},
        {column: max(line.right for line in its) for column, its in columns.items()},
    )


def _goes_on(above: _Line, line: _Line, usual: float, right: float, left: float) -> bool:
    """Whether a line goes on with the paragraph of the one above it."""
    ended = is_ended(above.text, ".!?:…")
    if above.page != line.page or line.top > above.top:
        return not ended and (line.text[:1].islower() or bool(_HYPHENATED.search(above.text)))
    if abs(line.height - above.height) > 0.35 * above.height and not line.text[:1].islower():
        return False
    if above.bottom - line.top > max(usual + 0.45 * line.height, 0.1):
        return False
    mark = line.text.split(maxsplit=1)[0]
    number = mark[:-1].removeprefix("(") if mark[-1] in ".)" else ""
    if mark in _BULLETS or (number.isalnum() and len(number) <= 3):
        return False
    short = above.right < right - 0.12 * max(1.0, right - above.left)
    indented = line.left - left > 8 and line.left - above.left > 8
    return not (ended and (short or indented)) and not (
        short and line.text[:1].isupper() and above.right < right - 0.3 * (right - above.left)
    )


def _attached(piece: str, line: str, words: Counter[str]) -> tuple[str, str]:
    """A paragraph's last line and the next; a word broken in two is one, unless the text has it with its hyphen."""
    broken = _HYPHENATED.search(piece[-LONGEST_WORD:])
    if not broken or not line[:1].islower():
        return f"{piece} ", line
    if piece.endswith("\u00ad"):
        return piece[:-1], line
    first, rest = broken.group()[:-1].casefold(), _WORD.match(line)
    whole = words[first + rest.group().casefold()] if rest else 0
    hyphened = words[f"{first}-{rest.group().casefold()}"] if rest else 0
    return (piece if hyphened > whole else piece[:-1]), line


def _title(title: str, text: str) -> str | None:
    """The title in the properties if it is a title, and stands in the text."""
    words = " ".join(title.split())[:300]
    shown = " ".join(text[:3_000].split()).casefold()
    return words if len(words.split()) >= 3 and words.casefold() in shown else None
