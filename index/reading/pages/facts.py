"""The facts about a story that a page gives, in its head or around it: title, outlet, day, authors, address. None is
better than a wrong one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.reading.addresses import cleaned_url
from index.reading.pages.blocks import Layout
from index.reading.pages.choosing import Choice, Weighed
from index.reading.pages.dates import PUBLISHED_NAMES, day_in_url, read_told, settled_day, shown_day
from index.reading.pages.names import author_names, bare_title, key, outlet_name, overlap, rest_of_title
from index.reading.pages.places import Place
from index.reading.pages.structured import PageFacts

if TYPE_CHECKING:
    from lxml.html import HtmlElement


_AUTHOR_NAMES = tuple(
    "author article:author byl parsely-author sailthru.author dc.creator dcterms.creator dc:creator citation_author"
    " article.author creator rnews:creator article_author bt:author og:article:author byline by".split()
)
_SITE_NAMES = tuple("og:site_name application-name apple-mobile-web-app-title al:ios:app_name cre dc.publisher".split())
_BYLINE = re.compile(
    r"\W*(?:(?:words|written|reported|report|story|posted|published|reporting|analysis|opinion|review)\s+)?by\b|\W*author\s*:",
    re.IGNORECASE,
)
LONGEST_HEADLINE = 500
ABOVE, BELOW = 14, 4
"""Blocks above the story, and of its own first ones, in which its day and its author are looked for."""
LONGEST = 500
MOST = 400
_NAMED_BY = ("property", "name", "itemprop", "http-equiv")


@dataclass(slots=True)
class Head:
    """What stands in a page's head; `metas` has the values under each name in small letters."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    canonical: str | None = None
    by_links: list[str] = field(default_factory=list)

    def first(self, *names: str) -> str | None:
        """The first value under the first of these names that has one."""
        return next((value for name in names for value in self.metas.get(name, ())), None)


def read_head(tree: "HtmlElement", url: str | None) -> Head:
    """What a page's head says; `url` is where it was found."""
    head = Head()
    for element in islice(tree.iter("meta"), MOST):
        value = " ".join((element.get("content") or element.get("value") or "").split())[:LONGEST]
        names = {element.get(by, "").strip().casefold() for by in _NAMED_BY} - {""}
        for name in names if value else ():
            head.metas.setdefault(name, []).append(value)
    title = tree.find(".//head/title") if tree.find(".//head/title") is not None else tree.find(".//title")
    head.title = " ".join((title.text or "").split())[:LONGEST] if title is not None else ""
    link = next((one for one in islice(tree.iter("link"), MOST) if one.get("rel", "").casefold() == "canonical"), None)
    head.canonical = _canonical(head, link.get("href") if link is not None else None, url)
    head.by_links = [
        words for one in islice(tree.iter("a"), 5_000)
        if "author" in one.get("rel", "").casefold().split()
        and (words := " ".join("".join(islice(one.itertext(), 9)).split()))
    ][:6]  # fmt: skip
    return head


def _canonical(head: Head, link: str | None, url: str | None) -> str | None:
    """The address under which the page wants to be known: of its own site, and no site's front page."""
    for said in (link, head.first("og:url")):
        try:
            whole = urljoin(url or "", (said or "").strip())
            parts = urlsplit(whole)
            host, own = parts.hostname or "", urlsplit(url or "").hostname
        except ValueError:
            continue
        is_address = said and parts.scheme in ("http", "https") and "." in host and len(whole) <= LONGEST
        is_front = parts.path in ("", "/") and not parts.query
        if is_address and whole.isprintable() and not is_front and (not own or _same_site(host, own)):
            return cleaned_url(whole)
    return None


def _same_site(host: str, other: str) -> bool:
    """Whether two hosts are one site's: the same, or one under the other, what stands for phones left aside."""
    one, two = (
        name.removeprefix("www.").removeprefix("m.").removeprefix("amp.").removeprefix("mobile.")
        for name in (host, other)
    )
    return one == two or one.endswith("." + two) or two.endswith("." + one)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a story."""

    title: str | None
    source: str | None
    date: date | None
    author: str | None
    url: str | None


def facts_of(head: Head, data: PageFacts, choice: Choice, layout: Layout, url: str | None) -> Facts:
    """The facts, from the head, the data and the lines around the story of one page."""
    weighed = choice.weighed
    address = head.canonical or (data.url if data.url and urlsplit(data.url).path not in ("", "/") else None) or url
    host = urlsplit(url or address or "").hostname or ""
    around = _around(choice)
    headlines = [one.block.text for one in weighed if one.headline or one.place & Place.TITLE]
    said = [head.first("og:site_name"), data.source, *(head.first(name) for name in _SITE_NAMES)]
    source = outlet_name(said, head.title, host) or rest_of_title(head.title, headlines)
    return Facts(
        title=_title(head, data, weighed, source, host),
        source=source,
        date=_date(head, data, around, address or url),
        author=_author(head, data, around, _signed(layout, choice), source),
        url=address,
    )


def _around(choice: Choice) -> list[Weighed]:
    """The lines above the story and its first ones, from the headline on where there is one."""
    if not choice.kept:
        return []
    weighed, first = choice.weighed, choice.first
    above = weighed[max(0, first - ABOVE * 2) : first]
    headline = next((at for at in range(len(above) - 1, -1, -1) if above[at].place & Place.TITLE), None)
    start = max(0, headline - 5) if headline is not None else max(0, len(above) - ABOVE)
    near = [one for one in above[start:] if one.block.linked < 0.9 or one.place & Place.BYLINE or len(one.words) < 7]
    taken = set(map(id, choice.kept))
    around = [*near, *weighed[first : first + BELOW * 2]]
    return [one for one in around if id(one) not in taken or one.place & Place.BYLINE]


def _title(head: Head, data: PageFacts, weighed: Sequence[Weighed], source: str | None, host: str) -> str | None:
    """The headline as the page shows it, where its own data knows of that; else as the data has it."""
    outlets = [name for name in (source, head.first("og:site_name"), data.source) if name]
    said = (head.first("og:title"), data.title, head.first("twitter:title", "dc.title", "dcterms.title"), head.title)
    told = [bare_title(title, outlets, host) for title in said if title]
    lines = [one for one in weighed if (one.place & Place.TITLE or one.headline) and len(one.words) < 60]
    shown = [bare_title(one.block.text[:LONGEST_HEADLINE], outlets, host) for one in lines]
    fitting = [
        (max((min(overlap(headline, title), overlap(title, headline)) for title in told), default=0.0), -at, headline)
        for at, headline in enumerate(shown)
    ]
    share, _, headline = max(fitting, default=(0.0, 0, ""))
    if headline and (share >= 0.5 or not told):
        whole, keys = f" {key(headline)} ", [(title, f" {key(title)} ") for title in told]
        inner = (title for title, own in keys if len(own.split()) >= 4 and own != whole and whole.endswith(own))
        return next(inner, headline)
    return next((title for title in told if len(key(title).split()) >= 2), None) or next(iter(told), None)


def _date(head: Head, data: PageFacts, around: Sequence[Weighed], url: str | None) -> date | None:
    values = (data.date, *(value for name in PUBLISHED_NAMES for value in head.metas.get(name, ())[:1]))
    told = [found for value in values if (found := read_told(value))]
    shown = shown_day(
        one.block.text for one in around if not one.place & (Place.BESIDE | Place.CAPTION) and len(one.words) < 30
    )
    return settled_day(told[:1], shown, day_in_url(url))


def _signed(layout: Layout, choice: Choice) -> list[str]:
    """What elements that call themselves an author's hold, above the story or in its first lines, else behind it."""
    first, last = choice.first, choice.last
    above = [words for at, words in layout.signed if first - ABOVE <= at <= first + BELOW][:3]
    return above or [words for at, words in layout.signed if last < at <= last + BELOW][:1]


def _author(
    head: Head, data: PageFacts, around: Sequence[Weighed], elements: list[str], source: str | None
) -> str | None:
    """The people who wrote it, by the page's data, its head, or the byline that it shows."""
    lines = [one for one in around if not one.place & (Place.CAPTION | Place.TITLE) and len(one.words) < 30]
    bylines = [one.block.text for one in lines if _BYLINE.match(one.block.text)]
    signed = [one.block.text for one in lines if one.place & Place.AUTHOR and len(one.words) < 16]
    said: list[Sequence[str | None]] = [
        [None if data.by_organisation else data.author],
        *(head.metas.get(name, ()) for name in _AUTHOR_NAMES),
        bylines[:1],
        head.by_links,
        elements[:1],
        elements[1:],
        signed[:2],
    ]
    for each in said:
        names = dict.fromkeys(name for value in each if value for name in author_names(value, source))
        if names:
            return ", ".join(names)
    return None
