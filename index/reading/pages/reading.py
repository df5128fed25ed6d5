"""Saved and fetched web pages to a Story: the body by what the page shows, the rest by what it says of itself."""

import contextlib
import logging
import warnings
from typing import TYPE_CHECKING, Any

from index.errors import StoryUnreadable
from index.reading.addresses import cleaned_url
from index.reading.header import read_header
from index.reading.pages.blocks import lay_out
from index.reading.pages.choosing import Voice, choose
from index.reading.pages.facts import facts_of
from index.reading.pages.fullness import has_far_more, trusted_body
from index.reading.pages.head import Head, read_head
from index.reading.pages.structured import read_facts
from index.reading.pages.tree import page_text, parse_page
from index.reading.pages.writing import written
from index.reading.text import name_id, require_story_length, short_title, text_id
from index.story import Story

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_SHOWN = 3_000_000
"""Code points of all the lines of a page: the longest with readers' comments have half a million."""
_FAILURES = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)


def read_page(
    raw: bytes, id: str | None = None, *, url: str | None = None, name: str = "the page", charset: str | None = None  # noqa: A002
) -> Story:  # fmt: skip
    """The Story of an HTML page, whose text has a line a paragraph; `charset` is what its server said of its bytes.

    Raises StoryUnreadable where no article stands in it.
    """
    page = page_text(raw, name, charset)
    tree = parse_page(page)
    if tree is None:
        raise StoryUnreadable(name, "no article stands in it")
    head = read_head(tree, url)
    data = read_facts(page, titles=_titles(head), urls=[one for one in (head.canonical, url) if one])
    layout = lay_out(tree)
    if sum(len(block.text) for block in layout.blocks) > MAX_SHOWN:
        raise StoryUnreadable(name, f"it shows more than {MAX_SHOWN:,} characters")
    voices = [Voice(_extracted(tree, strict=False))]
    body = trusted_body(data.body, layout, voices)
    if body is None:
        voices.append(Voice(_extracted(tree, strict=True)))
    choice = choose(layout, voices, body, [*_titles(head), *([data.title] if data.title else [])])
    text = written(choice.kept, data.body)
    if not any(character.isalnum() for character in text):
        raise StoryUnreadable(name, "no article stands in it")
    require_story_length(text, name)
    facts = facts_of(head, data, choice, layout, url)
    header = read_header(text)
    title = short_title(facts.title or header.title)
    return Story(
        id=id or (address_id(facts.url) if facts.url else text_id(text, title)),
        text=text,
        title=title,
        source=facts.source or header.source,
        date=facts.date or header.date,
        author=facts.author,
        url=facts.url or url,
        place=header.place,
        shortened=has_far_more(choice, text, data),
    )


def address_id(url: str) -> str:
    """An id for a page from its address: host and path."""
    address = cleaned_url(url).split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return name_id(address if "-" in address else address.replace("/", "-"))


def _titles(head: Head) -> list[str]:
    found = [*head.metas.get("og:title", ())[:1], *head.metas.get("twitter:title", ())[:1], head.title]
    return [title for title in found if title]


def _extracted(tree: "HtmlElement", *, strict: bool) -> str:
    """The body as trafilatura finds it, as it comes or when it is to be strict; nothing where it fails on the page."""
    import trafilatura

    # What these libraries log and warn of about a page is nothing that a reader of chat can act on.
    for name in ("trafilatura", "htmldate", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    found: Any = None
    with contextlib.suppress(*_FAILURES), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=False, favor_precision=strict, fast=strict
        )
    if found is None:
        return ""
    text = found.get("text") if isinstance(found, dict) else found.text
    return text if isinstance(text, str) else ""
