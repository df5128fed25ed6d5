"""A reply as pages: blocks of Discord markdown put together so that each is read comfortably and fits a message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from index.story import Hit, Statement

Tone = Literal["words", "facts", "confirmed", "differs", "wrong", "nothing"]
Utterance = tuple[Statement, ...]

PAGE_MAX = 1_900
"""Code points in a page's body at most; a message holds 2,000, an embed's description 4,096."""
PAGE_FULL = 1_300
"""Code points after which a page takes no further block: what is read comfortably in a busy channel."""
UTTERANCES_PER_PAGE = 4
GOES_ON = "goes on in the next part"


@dataclass(frozen=True, slots=True)
class Block:
    """Markdown that stands together on a page; blocks under one heading share its line."""

    heading: str | None
    body: str
    utterance: Utterance = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a reply: Discord markdown of at most PAGE_MAX code points, and the statements that it shows."""

    body: str
    utterances: tuple[Utterance, ...] = ()
    passages: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole reply. `choices` are questions to offer; `question` is what was asked, where that has to be shown."""

    pages: tuple[Page, ...]
    tone: Tone
    choices: tuple[str, ...] = ()
    question: str | None = None


def laid_out(blocks: Sequence[Block], first: str | None) -> tuple[Page, ...]:
    """Blocks on pages, the headings said once a page, and the first line on the first page."""
    pages: list[Page] = []
    for group in _groups(blocks, len(first or "")):
        top = () if pages or not first else (first,)
        body = "\n\n".join((*top, *_bodies(group)))
        pages.append(Page(body, tuple(dict.fromkeys(b.utterance for b in group if b.utterance))))
    return tuple(pages) or (Page(first or "There is nothing to show."),)


def fitted_lines(first: str, items: Sequence[str], *, besides: int = 0) -> str:
    """As many of the items as fit a page, each whole on lines of its own; and how many more there are.

    `besides` are those that there are beyond the ones given.
    """
    text = first
    for shown in range(len(items), -1, -1):
        more = len(items) - shown + besides
        text = "\n".join((first, *items[:shown], *([f"-# and {more} more"] if more else [])))
        if len(text) <= PAGE_MAX:
            break
    return text


def _groups(blocks: Sequence[Block], used: int) -> Iterator[list[Block]]:
    group: list[Block] = []
    size = used
    for block in blocks:
        cost = len(block.body) + len(block.heading or "") + 4
        room = PAGE_FULL if group else PAGE_MAX
        full = size + cost > room or len({b.utterance for b in group if b.utterance}) >= UTTERANCES_PER_PAGE
        if size and full:
            yield group
            group, size = [], 0
        group.append(block)
        size += cost
    if group:
        yield group


def _bodies(group: Sequence[Block]) -> Iterator[str]:
    for title, blocks in groupby(group, key=lambda block: block.heading):
        bodies = [block.body for block in blocks]
        lines = ("\n" if title is None and len(bodies) > 1 and "\n" not in bodies[0] else "\n\n").join(bodies)
        yield f"{title}\n{lines}" if title else lines
