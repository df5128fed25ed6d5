"""RSS, Atom and JSON feeds, and sitemaps of news, to the addresses of their stories.

Parsed without entities, network or huge documents. What a server prints above its XML by mistake is passed over.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from index.reading.addresses import cleaned_url

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 500
_ROOTS = ("rss", "feed", "rdf", "urlset", "channel")
_OPENINGS = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset")
_HEAD = 3_000
_JSON_FEED = "jsonfeed.org/version/"
_TIMES = tuple("updated modified date_modified pubdate published publication_date date lastmod date_published".split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One story that a feed names; `updated` is what the feed has for its time, in whatever form."""

    url: str
    title: str | None
    updated: str | None = None


def is_feed(raw: bytes) -> bool:
    """Whether a document looks like a feed."""
    head = raw[:_HEAD].lower()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _JSON_FEED.encode() in head
    opening = min((at for mark in _OPENINGS if (at := head.find(mark)) >= 0), default=-1)
    return opening >= 0 and b"<html" not in head[:opening] and b"<!doctype html" not in head[:opening]


def read_feed(raw: bytes, url: str) -> tuple[Entry, ...]:
    """The stories of a feed in its order, at most 500; none where it is no feed, or its stories have no addresses.

    Links are made whole against `url`, or what the feed says instead, and lose what only tells where a reader came
    from, so that a story has one address at each reading.
    """
    is_json = raw[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    found = _json_entries(raw, url) if is_json else _xml_entries(raw, url)
    entries: dict[str, Entry] = {}
    for entry in found:
        entries.setdefault(entry.url, entry)
        if len(entries) >= MAX_ENTRIES:
            break
    return tuple(entries.values())


def _xml_entries(raw: bytes, url: str) -> Iterator[Entry]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(_from_xml(raw), parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None or _local(root) not in _ROOTS:
        return
    for element in root.iter():
        link = _link_of(element) if _local(element) in ("item", "entry", "url") else None
        if link and (address := _whole(link[0], link[1].base or url)):
            yield Entry(address, _text_of(element, "title"), _time_of(element))


def _from_xml(raw: bytes) -> bytes:
    """A document from where its XML begins."""
    head = raw[:_HEAD].lower()
    starts = [at for mark in (b"<?xml", *_OPENINGS) if (at := head.find(mark)) >= 0]
    return raw[min(starts) :] if starts else raw


def _whole(link: str, base: str) -> str | None:
    try:
        address = cleaned_url(urljoin(base, link))
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _link_of(entry: "_Element") -> "tuple[str, _Element] | None":
    """RSS has the address as the link's words or as the guid, Atom as a link's `href`, a sitemap as a `loc`.

    Of Atom's links the page itself counts and not a relative; a guid counts where it is an address.
    """
    for child in entry:
        if _local(child) in ("link", "loc"):
            if child.text and child.text.strip():
                return str(child.text).strip(), child
            if child.get("href") and child.get("rel", "alternate") == "alternate":
                return str(child.get("href")).strip(), child
    for child in entry:
        words = str(child.text or "").strip()
        is_guid = _local(child) in ("guid", "id") and child.get("isPermaLink") != "false"
        if is_guid and words.startswith(("http://", "https://")):
            return words, child
    return None


def _time_of(entry: "_Element") -> str | None:
    within = [child for child in entry.iter() if child is not entry]
    texts = {_local(child): str(child.text) for child in reversed(within) if child.text and child.text.strip()}
    return next((" ".join(texts[name].split()) for name in _TIMES if name in texts), None)


def _text_of(entry: "_Element", name: str) -> str | None:
    found = next((child.text for child in entry.iter() if _local(child) == name and child.text), None)
    return " ".join(str(found).split()) or None if found else None


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _json_entries(raw: bytes, url: str) -> Iterator[Entry]:
    try:
        feed = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return
    items = feed.get("items") if isinstance(feed, dict) and _JSON_FEED in str(feed.get("version")) else None
    for item in islice(items, MAX_ENTRIES * 4) if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        said = [item[name] for name in ("url", "external_url", "id") if isinstance(item.get(name), str)]
        links = said[:1] if item.get("url") else [link for link in said if link.startswith(("http://", "https://"))]
        if links and (address := _whole(links[0], url)):
            times = [str(item[name]) for name in ("date_modified", "date_published") if isinstance(item.get(name), str)]
            title = item.get("title")
            yield Entry(
                address, " ".join(title.split()) if isinstance(title, str) else None, times[0] if times else None
            )
