"""The readers that are measured: the project's, and trafilatura by itself, which is what it was built on."""

import logging
import warnings
from datetime import date

from index.errors import StoryUnreadable
from index.reading.pages import read_page
from index.reading.wholeness import cut_of
from tests.quality.pages.made import Labelled
from tests.quality.pages.scoring import Read


def ours(page: Labelled) -> Read:
    """What the project reads."""
    try:
        story = read_page(page.raw, "page", charset=page.charset)
    except StoryUnreadable:
        return Read("")
    return Read(story.text, story.title, story.source, story.date, story.author, story.url, cut_of(story) is not None)


def trafilaturas(page: Labelled) -> Read:
    """What trafilatura reads, by itself, with its own metadata."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = trafilatura.bare_extraction(page.raw, include_comments=False, with_metadata=True)
    if found is None:
        return Read("")
    fields = found if isinstance(found, dict) else found.as_dict()
    day = fields.get("date")
    author = fields.get("author")
    return Read(
        fields.get("text") or "", fields.get("title"), fields.get("sitename"), date.fromisoformat(day) if day else None,
        author.replace("; ", ", ") if author else None, fields.get("url"),
    )  # fmt: skip
