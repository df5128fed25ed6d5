"""What many templates share: data in the head, paragraphs, and the clutter that outlets put around their stories."""

import json
from collections.abc import Sequence
from html import escape

from tests.quality.pages.made import Made

OTHERS = (
    "Cat stuck in tree for third time",
    "Ten soups for a cold week",
    "Mayor’s dog wins again",
    "What to watch on Sunday",
)


def paragraphs(texts: Sequence[str], mark: str = "") -> str:
    """The texts as paragraphs, each with the attributes given."""
    return "\n".join(f"<p{mark}>{escape(text, quote=False)}</p>" for text in texts)


def script(data: object) -> str:
    """A script of JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def news(story: Made, **more: object) -> dict[str, object]:
    """What JSON-LD has of a story."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.at.isoformat(),
        "dateModified": "2025-12-01T10:00:00+00:00",
        "author": [{"@type": "Person", "name": name} for name in story.author.split(", ")],
        "publisher": {"@type": "Organization", "name": story.outlet, "logo": {"@type": "ImageObject", "url": "/l.png"}},
        "mainEntityOfPage": {"@type": "WebPage", "@id": story.url},
    } | more


def opengraph(story: Made) -> str:
    """OpenGraph's elements."""
    return (
        f'<meta property="og:title" content="{escape(story.title)}"><meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="{escape(story.outlet)}"><meta property="og:url" content="{story.url}?utm_source=og">'
        f'<meta property="og:description" content="{escape(story.lead)}">'
    )


def canonical(story: Made) -> str:
    """The link to the page's own address."""
    return f'<link rel="canonical" href="{story.url}">'


def menu() -> str:
    """A menu of sections."""
    return (
        "<nav><ul>"
        + "".join(f'<li><a href="/{s}">{s}</a></li>' for s in "News Sport Opinion Weather Jobs".split())
        + "</ul></nav>"
    )


def others(box: str = "div", name: str = "related-stories", head: str = "More stories") -> str:
    """A box of other stories with their days."""
    links = "".join(
        f'<li><a href="/2017/01/0{at}/x"><h4>{title}</h4></a><time datetime="2017-01-0{at}">January {at}, 2017</time></li>'
        for at, title in enumerate(OTHERS, start=1)
    )
    return f'<{box} class="{name}"><h3>{head}</h3><ul>{links}</ul></{box}>'


def comments() -> str:
    """What readers say below a story."""
    said = (
        "I have lived here for forty years and never seen the like of it, and I will say so at the next meeting too.",
        "Typical of this paper to leave out what really happened that night, as anybody who was there could tell you.",
    )
    each = "".join(
        f'<li class="comment"><b>reader{at}</b> <time>March 3, 2026</time><p>{text}</p></li>'
        for at, text in enumerate(said)
    )
    return f'<section id="comments" class="comments-area"><h3>2 Comments</h3><ol>{each}</ol><p>Comments are closed.</p></section>'


def footer(story: Made) -> str:
    """The foot of a page."""
    return f"<footer><p>© 2026 {escape(story.outlet)}. All rights reserved.</p><a href='/about'>About us</a> <a href='/terms'>Terms</a></footer>"


def document(head: str, body: str, *, charset: str = "utf-8", language: str = "en") -> str:
    """A whole page."""
    return f'<!DOCTYPE html><html lang="{language}"><head><meta charset="{charset}">{head}</head><body>{body}</body></html>'


def with_posts(story: Made, posts: Sequence[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    """A body with a post behind each of the first paragraphs, and what is to be read there; a post is markup and text."""
    each: list[tuple[str, str]] = []
    for at, one in enumerate(story.paragraphs):
        each += [(f"<p>{one}</p>", one), *posts[at : at + 1]]
    pieces, text = zip(*each, strict=True)
    body = f"""{menu()}<main><h1>{story.title}</h1><p class="byline">By {story.author}</p><div class="story-body">{"".join(pieces)}</div></main>{footer(story)}"""
    return body, text
