"""Whether a page has far more of its story than was found in it: a teaser before a paywall, or a body that was missed.

Judged by how long the page itself says that the story is, or else by the words in its own paragraphs.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LEAST_SHARE = 0.5
"""Of the words that the page says the story has."""
LEAST_SHARE_OF_PARAGRAPHS = 0.25
"""Of the words in the page's paragraphs: lower, since some belong to other stories and to readers."""
FEWEST_MISSED = 100
"""Words: a caption or a byline more is no teaser."""
SHORTEST_PARAGRAPH = 15
"""Words: shorter ones are mostly captions and the headlines of other stories."""
_BESIDE = ("nav", "footer", "aside", "form", "header", "figure")
_OF_READERS = re.compile(r"comment|disqus|related|recommend|newsletter|promo|cookie|consent", re.IGNORECASE)


def has_far_more(page: str, text: str, told: int | None) -> bool:
    """Whether a page has far more of its story than this text; `told` is how many words its own data says there are."""
    found = len(text.split())
    if told is not None:
        return _is_far_more(told, found, LEAST_SHARE)
    return _is_far_more(_words_in_paragraphs(page), found, LEAST_SHARE_OF_PARAGRAPHS)


def _is_far_more(words: int, found: int, share: float) -> bool:
    return found < share * words and words - found >= FEWEST_MISSED


def _words_in_paragraphs(page: str) -> int:
    """The words in the paragraphs that are not marked as standing beside the story."""
    from lxml import html
    from lxml.etree import LxmlError

    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError):
        return 0
    sizes = (len(element.text_content().split()) for element in tree.iter("p") if not _is_beside(element))
    return sum(size for size in sizes if size >= SHORTEST_PARAGRAPH)


def _is_beside(element: "HtmlElement") -> bool:
    """Whether what surrounds a paragraph says that it is no part of the story."""
    return any(
        around.tag in _BESIDE or _OF_READERS.search(f"{around.get('class', '')} {around.get('id', '')}")
        for around in element.iterancestors()
        if around.tag not in ("html", "body")
    )
