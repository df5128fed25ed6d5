"""Saved and fetched web pages to a Story: the body by trafilatura, the rest by the page's own metadata."""

import contextlib
import logging
import re
import warnings
from typing import Any

from index.errors import StoryUnreadable
from index.reading.decoding import MAX_STORY_BYTES, decoded
from index.reading.fullness import has_far_more
from index.reading.header import parse_date, read_header
from index.reading.structured import read_facts
from index.reading.taming import tamed
from index.reading.text import name_id, require_story_length, short_title, text_id
from index.story import Story

MAX_NESTING = 2_000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})")
_FAILURES = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)
_UNCLOSED = ("br", "img", "meta", "link", "input", "hr", "p>", "p ", "li", "td", "tr", "source", "wbr", "path")


def read_page(raw: bytes, id: str | None = None, *, url: str | None = None, name: str = "the page") -> Story:  # noqa: A002
    """The Story of an HTML page. The text is what trafilatura takes for its body, a line a paragraph.

    Raises StoryUnreadable where no article stands in it.
    """
    if len(raw) > MAX_STORY_BYTES:
        raise StoryUnreadable(name, f"it is longer than {MAX_STORY_BYTES:,} bytes")
    said = _CHARSET.search(raw[:4096])
    page = decoded(raw, declared=said[1].decode("ascii") if said else None).replace("\x00", "")
    if _nesting(page) > MAX_NESTING:
        raise StoryUnreadable(name, "its HTML is nested too deep")
    page = tamed(page, name)
    found = _extract(page, url)
    text = found.get("text") or ""
    if not any(character.isalnum() for character in text):
        raise StoryUnreadable(name, "no article stands in it")
    require_story_length(text, name)
    header = read_header(text)
    facts = read_facts(page)
    title = short_title(found.get("title") or facts.title or header.title)
    address = url or found.get("url") or facts.url
    return Story(
        id=id or (address_id(address) if address else text_id(text, title)),
        text=text,
        title=title,
        source=found.get("sitename") or facts.source or found.get("hostname") or header.source,
        date=parse_date(found.get("date") or facts.date) or header.date,
        author=(found.get("author") or "").replace("; ", ", ") or facts.author,
        url=address,
        place=header.place,
        shortened=has_far_more(page, text, facts.words),
    )


def address_id(url: str) -> str:
    """An id for a page from its address: host and path."""
    address = url.split("://", 1)[-1].split("#", 1)[0].removeprefix("www.").rstrip("/")
    return name_id(address if "-" in address else address.replace("/", "-"))


def _extract(page: str, url: str | None) -> dict[str, str]:
    """Body and metadata as trafilatura finds them; nothing where it fails on the page."""
    import trafilatura

    # What these libraries log and warn of about a page is nothing that a reader of chat can act on.
    for name in ("trafilatura", "htmldate", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    found: Any = None
    with contextlib.suppress(*_FAILURES), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = trafilatura.bare_extraction(page, url=url, include_comments=False, with_metadata=True)
    if found is None:
        return {}
    fields = found if isinstance(found, dict) else found.as_dict()
    return {key: value for key, value in fields.items() if isinstance(value, str) and value.strip()}


def _nesting(page: str) -> int:
    """How deep the tags nest at most, near enough to refuse what would exhaust a parser."""
    depth = deepest = 0
    at = page.find("<")
    while at >= 0:
        following = page[at + 1 : at + 2]
        if following == "/":
            depth = max(0, depth - 1)
        elif following.isalpha() and not page.startswith(_UNCLOSED, at + 1):
            depth += 1
            deepest = max(deepest, depth)
        at = page.find("<", at + 1)
    return deepest
