"""What a page's head, and elements like those of heads, say: names with values, the title, the canonical address."""

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.reading.addresses import cleaned_url

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 500
MOST = 400
_NAMED_BY = ("property", "name", "itemprop", "http-equiv")


@dataclass(slots=True)
class Head:
    """`metas` has the values under each name in small letters; `times` the days of elements that say they are the
    story's."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    canonical: str | None = None
    language: str | None = None
    by_links: list[str] = field(default_factory=list)

    def first(self, *names: str) -> str | None:
        """The first value under the first of these names that has one."""
        return next((value for name in names for value in self.metas.get(name, ())), None)


def read_head(tree: "HtmlElement", url: str | None) -> Head:
    """What a page's head says; `url` is where it was found."""
    head = Head(language=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or None))
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
        if (
            not said
            or parts.scheme not in ("http", "https")
            or "." not in host
            or len(whole) > LONGEST
            or not whole.isprintable()
        ):
            continue
        if parts.path in ("", "/") and not parts.query:
            continue
        if own and not _same_site(host, own):
            continue
        return cleaned_url(whole)
    return None


def _same_site(host: str, other: str) -> bool:
    """Whether two hosts are one site's: the same, or one under the other, what stands for phones left aside."""
    one, two = (
        name.removeprefix("www.").removeprefix("m.").removeprefix("amp.").removeprefix("mobile.")
        for name in (host, other)
    )
    return one == two or one.endswith("." + two) or two.endswith("." + one)
