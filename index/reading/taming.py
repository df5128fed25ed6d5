"""A page made to exhaust what reads it: made harmless, or refused, before any parser sees it. All in one pass."""

import re
from collections.abc import Iterator
from itertools import islice

from index.errors import StoryUnreadable
from index.reading.bounds import BOUNDS

_TAG = re.compile(r"<[A-Za-z][^\s/>]*+")
_ATTRIBUTE = re.compile(r"[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+|[\s/]*+=")
_BREAKS = re.compile(r"(?:<br\b[^<>]{0,80}+>\s*+){20,}+", re.IGNORECASE)
_LINK = re.compile(r"</?a(?=[\s>])[^<>]{0,2000}+>", re.IGNORECASE)
_FEWER_BREAKS = "<br>" * 20
_SHORTEST = 2
"""Characters of an attribute and what parts it from the next."""


def tamed(page: str, name: str) -> str:
    """The page without the attributes of a tag beyond those that a tag may have, which a parser takes the square of
    their number for, and with few line breaks for very many. Raises StoryUnreadable for more tags than a page may have.
    """
    page = _BREAKS.sub(_FEWER_BREAKS, page)
    if page.count("<") > BOUNDS.page_tags:
        raise StoryUnreadable(name, f"it has more than {BOUNDS.page_tags:,} tags")
    return "".join(_parts(_with_fewer_links(page)))


def _with_fewer_links(page: str) -> str:
    """The page in which the links beyond those that a page may have are their words alone: what chooses a page's text
    takes the square of their number."""
    further = next(islice(_LINK.finditer(page), 2 * BOUNDS.page_links, None), None)
    return page if further is None else page[: further.start()] + _LINK.sub("", page[further.start() :])


def _parts(page: str) -> Iterator[str]:
    """The pieces of the page that stay."""
    kept = 0
    for tag in _TAG.finditer(page):
        at = tag.end()
        if at < kept or _is_short(page, at):
            continue
        stays, ends = _attributes(page, at)
        if stays < ends:
            yield page[kept:stays]
            kept = ends
    yield page[kept:]


def _is_short(page: str, at: int) -> bool:
    """Whether a tag ends before it could have too many attributes, for certain."""
    end = page.find(">", at, at + _SHORTEST * BOUNDS.tag_attributes)
    return end >= 0 and not any(mark in page[at:end] for mark in "\"'")


def _attributes(page: str, at: int) -> tuple[int, int]:
    """Where the attributes end that a tag may have, and where all of them do."""
    stays = at
    number = 0
    while found := _ATTRIBUTE.match(page, at):
        at = found.end()
        number += 1
        stays = at if number <= BOUNDS.tag_attributes else stays
    return stays, at
