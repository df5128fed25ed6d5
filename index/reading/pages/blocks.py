"""A page's tree to its blocks in reading order: one line of text each, and where on the page it stands.

The text is what a reader sees: quotation elements get their marks, a break begins a line, a row's cells stand on one.
"""

import html
import re
from dataclasses import dataclass, field
from itertools import islice
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

from index.reading.pages.places import Place, place_of
from index.reading.pages.posts import post_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_ROW = 300
MOST_SIGNED = 60
_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed video audio canvas map head title meta link"
    " button select"
    " option textarea input label datalist progress meter noframes applet del amp-ad amp-iframe"
    " amp-embed amp-sidebar amp-social-share amp-consent amp-user-notification amp-analytics".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd mark q rp rt ruby s samp small span"
    " strike strong"
    " sub sup time tt u var wbr nobr img picture source track area amp-img o:p st1:place st1:city".split()
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad\u2060"))
_IN_1252 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_CONTROLS = {code: " " for code in range(32) if code not in (9, 10, 13)}
_CLEANED = {**_CONTROLS, **_IN_1252, **_UNSEEN}
_FIGURES = str.maketrans("", "", digits)
_GOING_ON = frozenset(f"{ascii_lowercase}{digits},;–—-")


@dataclass(slots=True)
class Block:
    """One line of a page: `linked` is the share of it in links, `parent` the number of the element it stands in."""

    text: str
    parent: int
    linked: float = 0.0
    soft: bool = False
    """Whether a single line break ended it."""


@dataclass(slots=True)
class Layout:
    """A page's blocks, and of each numbered element its parent's number and what it says of what stands in it."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    """Of each element its tag and classes, figures left out, by which elements made alike are known."""
    signed: list[tuple[int, str]] = field(default_factory=list)
    """What elements hold that call themselves an author's, with the number of the block that they stand in."""

    def places(self, ignored: frozenset[int] = frozenset()) -> list[int]:
        """What each element and those around it say; what those `ignored` say of being beside is left out."""
        found: list[int] = []
        for number, (parent, mark) in enumerate(zip(self.parents, self.marks, strict=True)):
            own = mark & ~_PASSED_OVER if number in ignored else mark
            found.append(own | found[parent] if parent >= 0 else own)
        return found

    def looks(self, number: int) -> tuple[str, str, str, int]:
        """How an element and the two around it are made, and the number of the one around these."""
        signs: list[str] = []
        for _ in range(3):
            signs.append(self.signs[number] if number >= 0 else "")
            number = self.parents[number] if number >= 0 else -1
        return signs[0], signs[1], signs[2], number

    def element(self, parent: int, mark: int, sign: str = "") -> int:
        """The number of another element."""
        self.parents.append(parent)
        self.marks.append(mark)
        self.signs.append(sign)
        return len(self.parents) - 1


_PASSED_OVER = Place.BESIDE | Place.CAPTION | Place.BYLINE | Place.HIDDEN | Place.LEAD


def lay_out(tree: "HtmlElement") -> Layout:
    """The blocks of a page."""
    from lxml.etree import iterwalk

    walk = _Walk()
    steps = iterwalk(tree, events=("start", "end"))
    for event, element in steps:
        if event == "end":
            walk.leave(element)
        elif not walk.enter(element):
            steps.skip_subtree()
    walk.end_line()
    return walk.layout


class _Walk:
    """One way through a tree, gathering lines."""

    def __init__(self) -> None:
        self.layout = Layout()
        self._open: list[int] = [self.layout.element(-1, 0)]
        self._pieces: list[str] = []
        self._linked = 0
        self._links = 0
        self._quotes = 0
        self._glue = False
        self._rows: list[tuple[int, list[int]]] = []
        self._terms: list[int] = []
        self._left: set[HtmlElement] = set()
        self._hints: dict[str, int] = {}

    def enter(self, element: "HtmlElement") -> bool:
        """Begins an element; False where nothing in it is read."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return self._skip(element)
        if tag == "br":
            self._break()
            return True
        mark = place_of(element, self._hints)
        if mark & Place.HIDDEN and _is_small(element):
            return self._skip(element)
        if tag not in _INLINE:
            return self._enter_block(element, mark)
        if tag == "span" and _is_pop_up(element):
            return self._skip(element)
        if mark & Place.AUTHOR and len(self.layout.signed) < MOST_SIGNED:
            words = " ".join(" ".join(islice(element.itertext(), 8)).split())
            self.layout.signed.append((len(self.layout.blocks), words[:200]))
        self._enter_inline(element)
        return True

    def leave(self, element: "HtmlElement") -> None:
        """Ends an element, and reads what follows it."""
        if element in self._left:
            self._left.discard(element)
        elif element.tag in _INLINE:
            self._leave_inline(element)
        elif element.tag != "br":
            self._leave_block(element)
        if element.tail:
            self._say(element.tail)

    def end_line(self, *, soft: bool = False) -> None:
        """Makes a block of what was gathered."""
        raw = "".join(self._pieces).translate(_CLEANED)
        text = " ".join((html.unescape(raw) if _ENTITY.search(raw) else raw).split())
        linked, self._linked = self._linked, 0
        self._pieces.clear()
        blocks = self.layout.blocks
        if not any(map(str.isalnum, text)) and text not in ('"', "“", "”"):
            if blocks and not soft:
                blocks[-1].soft = False
            return
        share = min(1.0, linked / max(1, len(text)))
        if blocks and blocks[-1].soft and blocks[-1].parent == self._open[-1] and _runs_on(blocks[-1].text, text):
            before = blocks.pop()
            share = (before.linked * len(before.text) + share * len(text)) / (len(before.text) + len(text))
            text = f"{before.text} {text}"
        blocks.append(Block(text, self._open[-1], share, soft))

    def _skip(self, element: "HtmlElement") -> bool:
        self._left.add(element)
        return False

    def _say(self, text: str) -> None:
        self._pieces.append(text)
        self._glue = self._glue and not text.strip() and not text
        if self._links:
            self._linked += len(" ".join(text.split()))

    def _break(self) -> None:
        if "".join(self._pieces).strip():
            self.end_line(soft=True)
        elif self.layout.blocks:
            self.layout.blocks[-1].soft = False
            self._pieces.clear()

    def _enter_inline(self, element: "HtmlElement") -> None:
        tag = element.tag
        if tag == "a":
            if self._glue:
                self._pieces.append(" ")
            self._links += 1
        elif tag == "q":
            self._quotes += 1
            if not _has_marks(element):
                self._pieces.append("“" if self._quotes % 2 else "‘")
        self._glue = False
        if element.text:
            self._say(element.text)

    def _leave_inline(self, element: "HtmlElement") -> None:
        if element.tag == "a":
            self._links -= 1
            self._glue = not element.tail
        elif element.tag == "q":
            if not _has_marks(element):
                self._pieces.append("”" if self._quotes % 2 else "’")
            self._quotes -= 1

    def _enter_block(self, element: "HtmlElement", mark: int) -> bool:
        self.end_line()
        self._glue = False
        sign = f"{element.tag} {element.get('class', '')[:80].translate(_FIGURES)}"
        number = self.layout.element(self._open[-1], mark, sign)
        post = post_line(element)
        if post is not None:
            self.layout.marks[number] = Place.POST
            self.layout.blocks.append(Block(post, number))
            return self._skip(element)
        self._open.append(number)
        if element.tag == "tr":
            self._rows.append((len(self.layout.blocks), []))
        elif element.tag == "dt":
            self._terms.append(len(self.layout.blocks))
        if element.text:
            self._say(element.text)
        return True

    def _leave_block(self, element: "HtmlElement") -> None:
        self.end_line()
        if len(self._open) > 1:
            self._open.pop()
        if element.tag in ("td", "th") and self._rows:
            self._rows[-1][1].append(len(self.layout.blocks))
        elif element.tag == "tr" and self._rows:
            start, ends = self._rows.pop()
            self._join_row(start, ends)
        elif element.tag == "dd" and self._terms:
            self._join_term(self._terms.pop())
        elif element.tag == "dl":
            self._terms.clear()

    def _join_row(self, start: int, ends: list[int]) -> None:
        """A row whose cells are short is one line; one that lays out the page stays as it is."""
        blocks = self.layout.blocks
        cells = blocks[start:]
        counts = [end - begin for begin, end in zip([start, *ends], ends, strict=False)]
        if len(cells) < 2 or len(ends) < 2 or max(counts) > 1 or sum(len(cell.text) for cell in cells) > LONGEST_ROW:
            return
        parents = self.layout.parents
        heads = all(self.layout.marks[cell.parent] & Place.CELL for cell in cells)
        labelled = len(cells) == 2 and heads and _is_said_by(cells[0].text, cells[1].text)
        text = (": " if labelled else " | ").join(cell.text for cell in cells)
        linked = max(cell.linked for cell in cells)
        del blocks[start:]
        blocks.append(Block(text, parents[cells[0].parent], linked))

    def _join_term(self, start: int) -> None:
        """A term and the one line that explains it are one line."""
        blocks = self.layout.blocks
        if len(blocks) - start == 2 and len(blocks[start].text) <= 80:
            term, told = blocks[start:]
            del blocks[start:]
            blocks.append(Block(f"{term.text.rstrip(':')}: {told.text}", told.parent, told.linked))


def _is_small(element: "HtmlElement") -> bool:
    """Whether an element holds less than a story: what pages hide until a reader asks for it may be their story."""
    return sum(len(text) for text in islice(element.itertext(), 200)) < 1_500


def _is_pop_up(element: "HtmlElement") -> bool:
    """Whether an element repeats the words of the link before it, with links of its own: what a pointer opens."""
    before = element.getprevious()
    if before is None or before.tag != "a" or (before.tail or "").strip() or not len(element):
        return False
    words = "".join(before.itertext()).strip()
    opening = ""
    for text in islice(element.itertext(), 8):
        opening = (opening + text).lstrip()
        if len(opening) > len(words):
            break
    return bool(words) and opening.startswith(words) and len(opening) > len(words) and element.find(".//a") is not None


def _has_marks(element: "HtmlElement") -> bool:
    return (element.text or "").lstrip()[:1] in tuple("“\"‘'«„")


def _is_said_by(name: str, words: str) -> bool:
    """Whether of two cells the first is a short name and the second begins with a quotation."""
    return len(name) <= 60 and words[:1] in tuple("“\"‘'") and not name.endswith((".", "?", "!", ":"))


def _runs_on(before: str, after: str) -> bool:
    """Whether a line broken by hand goes on in the next one."""
    return before[-1:] in _GOING_ON and after[:1].islower()
