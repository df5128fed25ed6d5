"""Saved and fetched web pages to a Story: the body by what the page shows, the rest by what it says of itself.

Its text has a line a block; block quotations get the marks that say whose words they are. A teaser before a paywall, or
a body that was missed, is told by how long the page itself says that the story is, by what its data has of it, by the
words in its own paragraphs, or by what stands where the story stops.
"""

import contextlib
import logging
import warnings
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from index.errors import StoryUnreadable
from index.reading.addresses import cleaned_url
from index.reading.header import read_header
from index.reading.pages.blocks import Layout, lay_out
from index.reading.pages.choosing import AGREED, Choice, Voice, Weighed, choose, is_wall, words_of
from index.reading.pages.facts import Head, facts_of, read_head
from index.reading.pages.places import Place
from index.reading.pages.structured import PageFacts, read_facts
from index.reading.pages.tree import page_text, parse_page
from index.reading.text import name_id, require_story_length, short_title, text_id
from index.story import Story

if TYPE_CHECKING:
    from lxml.html import HtmlElement


MAX_SHOWN = 3_000_000
"""Code points of all the lines of a page: the longest with readers' comments have half a million."""
_FAILURES = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)
MUCH_LONGER = 1.25
LONGEST_DATELINE = 80
_DASHES = ("—", "–", "--")
"""Where a page has the place and the outlet in an element of their own, they are on the first paragraph's line."""
_MARKS = '“”"«»„‘'
LEAST_SHARE = 0.5
"""Of the words that the page says the story has."""
LEAST_SHARE_OF_PARAGRAPHS = 0.4
"""Of the words in the page's paragraphs that stand together: lower, since some belong to other stories."""
FEWEST_MISSED = 100
"""Words: a caption or a byline more is no teaser."""
FEWEST_TRUSTED = 50
"""Words: a shorter body in a page's data is a summary."""
SHORTEST_PARAGRAPH = 15
"""Words: shorter ones are mostly captions and the headlines of other stories."""


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
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""


def written(kept: Sequence[Weighed], body: str | None) -> str:
    """The story's text; where the page shows only the beginning of what its data has whole, that."""
    if body and _is_fuller(kept, body):
        return body
    lines: list[str] = []
    for is_quote, found in groupby(kept, _is_quote):
        group, before = list(found), lines[-1] if lines else ""
        lines.extend(quoted_lines(before, [one.block.text for one in group]) if is_quote else map(_line, group))
    if len(lines) > 1 and len(lines[0]) < LONGEST_DATELINE and lines[0].endswith(_DASHES):
        lines[:2] = [f"{lines[0]} {lines[1]}"]
    return "\n".join(lines)


def _line(one: Weighed) -> str:
    """A block as a line; an item of a list has its dash."""
    is_item = (
        one.place & Place.ITEM and not one.place & (Place.POST | Place.HEADING) and one.block.text[0] not in "-–—•*"
    )
    return f"- {one.block.text}" if is_item else one.block.text


def _is_quote(one: Weighed) -> bool:
    return bool(one.place & Place.QUOTE) and not one.place & (Place.POST | Place.HEADING)


def quoted_lines(before: str, lines: Sequence[str]) -> list[str]:
    """A block quotation's paragraphs as print has them: a mark before each, and one behind the last.

    As they are where the line before does not announce them, or where they have marks of their own.
    """
    if not lines or not before.endswith(":") or any(line[0] in _MARKS or line[-1] in _MARKS for line in lines):
        return list(lines)
    marked = [f"“{line}" for line in lines]
    return [*marked[:-1], f"{marked[-1]}”"]


def _is_fuller(kept: Sequence[Weighed], body: str) -> bool:
    """Whether the data has the story that the page shows, and much more of it."""
    count = len(body.split())
    shown = Voice(body)
    words = sum(len(one.block.text.split()) for one in kept)
    if count < max(120, MUCH_LONGER * words + 40):
        return False
    long = [one for one in kept if len(one.words) >= 12]
    same = sum(shown.share(one.words) >= 0.6 for one in long)
    return not long or same >= 0.6 * len(long) or (words < 60 and bool(words_of(body)))


def trusted_body(body: str | None, layout: Layout, voices: Sequence[Voice]) -> Voice | None:
    """The body of a page's data as a voice, if it stands on the page and is not much shorter than what others take."""
    if not body:
        return None
    told = Voice(body)
    if told.count < max(FEWEST_TRUSTED, 0.6 * min((voice.count for voice in voices), default=0)):
        return None
    lines = [words_of(line) for line in body.splitlines()]
    shown = Voice("\n".join(block.text for block in layout.blocks))
    on_page = sum(len(line) for line in lines if shown.share(line) >= AGREED or len(line) < 3)
    whole = shown.share([word for line in lines for word in line])
    return told if on_page >= AGREED * told.count or whole >= AGREED else None


def has_far_more(choice: Choice, text: str, data: PageFacts) -> bool:
    """Whether a page has, or says that there is, far more of its story than this text."""
    if text == data.body:
        return False
    found = len(text.split())
    if data.words is not None and _is_far_more(data.words, found, LEAST_SHARE):
        return True
    if _is_walled(choice, found, paid=data.paid):
        return True
    if data.words is not None:
        return False
    return _is_far_more(found + _missed_words(choice), found, LEAST_SHARE_OF_PARAGRAPHS)


def _is_far_more(words: int, found: int, share: float) -> bool:
    return found < share * words and words - found >= FEWEST_MISSED


def _missed_words(choice: Choice) -> int:
    """The words in paragraphs that nobody took and that nothing says stand beside the story."""
    kept = set(map(id, choice.kept))
    return sum(
        len(one.words) for one in choice.weighed
        if id(one) not in kept and len(one.words) >= SHORTEST_PARAGRAPH and one.block.linked < 0.3
        and not one.place & (Place.BESIDE | Place.CAPTION | Place.TITLE | Place.BYLINE | Place.LEAD)
    )  # fmt: skip


def _is_walled(choice: Choice, found: int, *, paid: bool) -> bool:
    """Whether the story is short and stops before an invitation to pay or to sign in for the rest of it."""
    if found > 400 or not choice.kept:
        return False
    last = choice.last
    asked = any(is_wall(one.block.text) for one in choice.weighed[last : last + 7])
    return asked and (paid or found < 250)
