"""RSS and Atom feeds to the addresses of their stories; parsed without entities, network or huge documents."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 100
_ROOTS = ("rss", "feed", "rdf")


@dataclass(frozen=True, slots=True)
class Entry:
    """One story that a feed names; `updated` is what the feed has for its time, in whatever form."""

    url: str
    title: str | None
    updated: str | None = None


def is_feed(raw: bytes) -> bool:
    """Whether a document looks like a feed."""
    head = raw[:3000].lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf"))


def read_feed(raw: bytes, url: str) -> tuple[Entry, ...]:
    """The stories of a feed in its order, at most 100; none where it is no feed. Links are made whole against `url`."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    if root is None or _local(root) not in _ROOTS:
        return ()
    entries: dict[str, Entry] = {}
    for element in root.iter():
        if _local(element) in ("item", "entry"):
            address = _address_of(element, url)
            if address:
                entries.setdefault(address, Entry(address, _text_of(element, "title"), _time_of(element)))
        if len(entries) >= MAX_ENTRIES:
            break
    return tuple(entries.values())


def _address_of(entry: "_Element", url: str) -> str | None:
    """The address of an entry's story; None where it has none, or one that cannot be read."""
    link = _link_of(entry)
    try:
        return urljoin(url, link) if link else None
    except ValueError:
        return None


def _link_of(entry: "_Element") -> str | None:
    """RSS has the address as the link's words, Atom as its `href`, where it is the page itself and not a relative."""
    for child in entry:
        if _local(child) == "link":
            if child.text and child.text.strip():
                return str(child.text).strip()
            if child.get("href") and child.get("rel", "alternate") == "alternate":
                return str(child.get("href")).strip()
    return None


def _time_of(entry: "_Element") -> str | None:
    return next(
        (found for name in ("updated", "modified", "pubdate", "date") if (found := _text_of(entry, name))), None
    )


def _text_of(entry: "_Element", name: str) -> str | None:
    found = next((child.text for child in entry if _local(child) == name and child.text), None)
    return " ".join(str(found).split()) or None if found else None


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
