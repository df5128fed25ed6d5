"""What a page says of its story in JSON-LD (the words of schema.org), a graph of objects included.

A page may describe other stories too, or the claim that it checks: the one that counts has the page's own title or
address, or else stands outermost and first.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape

from index.reading.pages.names import key

MOST_NODES = 2_000
LONGEST = 300
"""Code points: what is longer is no name and no headline."""
_OPENS = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE)
_CLOSES = re.compile(r"</script", re.IGNORECASE)
_STORY_TYPES = ("Article", "Posting", "Report", "Reportage")
_REVIEWS = ("Review", "ClaimReview")
_PAGE_TYPES = frozenset({"WebPage", "ItemPage"})
_ORGANISATIONS = ("Organization", "Organisation", "Corporation")
_OTHER_OWNERS = ("Brand", "WebSite")
_OTHERS = frozenset(
    "itemListElement itemReviewed hasPart isPartOf mentions about citation isBasedOn relatedLink comment review"
    " claimReviewed"
    " liveBlogUpdate associatedMedia video image author publisher creator workExample exampleOfWork breadcrumb"
    " significantLink"
    " suggestedAnswer subjectOf isRelatedTo".split()
)
_TRAILING_COMMA = re.compile(r",\s*+(?=[}\]])")
_TAG = re.compile(r"<[^<>]{0,500}>")
_Node = dict[str, object]
_Found = tuple[_Node, bool]
"""An object of the page's data, and whether it stands in a part about something else."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page's data says of its story; `words` is how long it says that the story is, `body` the story itself.

    `by_organisation` says that the author is none of flesh and blood; `paid` that the story is not free to read.
    """

    title: str | None = None
    source: str | None = None
    date: str | None = None
    author: str | None = None
    url: str | None = None
    words: int | None = None
    body: str | None = None
    by_organisation: bool = False
    paid: bool = False


def read_facts(page: str, *, titles: Collection[str] = (), urls: Collection[str] = ()) -> PageFacts:
    """What a page's data says of the page's story; nothing where there is none, or it cannot be read.

    `titles` and `urls` are what the page is called elsewhere in it.
    """
    found = list(_nodes(page))
    named = {node["@id"]: node for node, _ in found if isinstance(node.get("@id"), str) and "name" in node}
    story = _story_of(found, {key(title) for title in titles}, {_bare(url) for url in urls})
    if story is None:
        return PageFacts()
    author = _names(story.get("author"), named)
    is_page = not any(map(_is_story, _listed(story.get("@type"))))
    return PageFacts(
        title=_text(story.get("headline") or story.get("name")),
        source=_names(story.get("publisher"), named) or _names(story.get("sourceOrganization"), named),
        date=_text(story.get("datePublished")),
        author=author or _names(story.get("creator"), named),
        url=_address(story.get("url")) or _address(story.get("mainEntityOfPage")),
        words=None if is_page else _words(story),
        body=_body(story),
        by_organisation=_is_organisation(story.get("author"), named),
        paid=str(story.get("isAccessibleForFree", "")).casefold() == "false",
    )


def _story_of(found: list[_Found], titles: set[str], urls: set[str]) -> _Node | None:
    """The object that is the page's story: by its title or address, else the first that is not about something else."""
    stories = [each for each in found if any(map(_is_story, _listed(each[0].get("@type"))))]

    def rank(each: _Found) -> tuple[bool, bool, bool, bool]:
        node, beside = each
        address = _address(node.get("url")) or _address(node.get("mainEntityOfPage")) or ""
        named = key(_text(node.get("headline")) or _text(node.get("name")) or "")
        by_title = bool(named) and any(named == title or (len(named) > 20 and named in title) for title in titles)
        claims = "ClaimReview" in _listed(node.get("@type"))
        return (not beside, by_title, bool(address) and _bare(address) in urls, not claims)

    best = max(stories, key=rank, default=None)
    if best is not None and (not best[1] or any(rank(best)[1:3])):
        return best[0]
    dated = (node for node, beside in found if not beside and "datePublished" in node)
    return next((node for node in dated if _PAGE_TYPES.intersection(map(str, _listed(node.get("@type"))))), None)


def _scripts(page: str) -> Iterator[str]:
    """What stands in a page's JSON-LD scripts; one that is not closed, and all behind it, is left out."""
    at = 0
    while (opening := _OPENS.search(page, at)) and (closing := _CLOSES.search(page, opening.end())):
        yield page[opening.end() : closing.start()]
        at = closing.end()


def _loaded(data: str) -> object:
    """The data of a script, small slips forgiven: what hides it from old browsers, a comma too many."""
    bare = data.strip().removeprefix("//").strip().removeprefix("<![CDATA[").removesuffix("]]>").removesuffix("//")
    bare = bare.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    for attempt in (bare, _TRAILING_COMMA.sub("", bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(page: str) -> Iterator[_Found]:
    """The objects in a page's JSON-LD, outer ones first."""
    waiting: list[tuple[object, bool]] = [(_loaded(data), False) for data in _scripts(page)]
    for at in range(MOST_NODES):
        if at >= len(waiting):
            return
        node, beside = waiting[at]
        if isinstance(node, dict):
            yield node, beside
            waiting.extend(
                (value, beside or name in _OTHERS) for name, value in node.items() if isinstance(value, dict | list)
            )
        elif isinstance(node, list):
            waiting.extend((value, beside) for value in node)


def _is_story(kind: object) -> bool:
    return isinstance(kind, str) and (kind.endswith(_STORY_TYPES) or kind in _REVIEWS)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    """A text on one line, if it is one; half characters, which cannot be stored, are left out."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        return None
    text = " ".join(unescape(unescape(value)).encode("utf-8", "ignore").decode("utf-8").split())
    return text if 0 < len(text) <= LONGEST else None


def _names(value: object, named: dict[object, _Node]) -> str | None:
    """Names of people or organisations: given as such, as objects with a name, or by the ids of such objects."""
    found: dict[str, None] = {}
    for each in _listed(value):
        node = named.get(_id(each), each) if isinstance(each, dict) else each
        for name in _listed((node.get("name") or _given(node)) if isinstance(node, dict) else node):
            if words := _text(name):
                found[words] = None
    return ", ".join(found) or None


def _given(node: _Node) -> str | None:
    """A name that is given in two parts."""
    parts = [part for part in (node.get("givenName"), node.get("familyName")) if isinstance(part, str)]
    return " ".join(parts) or None


def _is_organisation(value: object, named: dict[object, _Node]) -> bool:
    nodes = [named.get(_id(each), each) for each in _listed(value) if isinstance(each, dict)]
    kinds = [str(kind) for node in nodes for kind in _listed(node.get("@type"))]
    return bool(kinds) and all(
        kind.endswith(_ORGANISATIONS) or kind in _OTHER_OWNERS or kind.startswith("NewsMedia") for kind in kinds
    )


def _id(node: _Node) -> str:
    identity = node.get("@id")
    return identity if isinstance(identity, str) and "name" not in node else ""


def _address(value: object) -> str | None:
    """A whole address on the web, given as such or as an object's id."""
    address = _text(value.get("@id") or value.get("url") if isinstance(value, dict) else value)
    return address if address and address.startswith(("http://", "https://")) else None


def _body(story: _Node) -> str | None:
    """The story's text, a paragraph a line; what it has of HTML is taken off."""
    body = story.get("articleBody") or story.get("reviewBody")
    if isinstance(body, list):
        body = "\n".join(part for part in body if isinstance(part, str))
    if not isinstance(body, str):
        return None
    plain = unescape(body)
    if "</p" in plain or "<br" in plain:
        plain = re.sub(r"</(?:p|div|li|h\d)>|<br[^<>]{0,20}>", "\n", plain)
    plain = _TAG.sub("", plain).encode("utf-8", "ignore").decode("utf-8")
    lines = (" ".join(line.split()) for line in plain.splitlines())
    return "\n".join(line for line in lines if line) or None


def _words(story: _Node) -> int | None:
    body, count = _body(story), str(story.get("wordCount", "")).strip()
    told = [len(body.split())] if body else []
    told += [int(count)] if count.isdecimal() and count.isascii() and len(count) < 7 else []
    return max(told, default=None)


def _bare(url: str) -> str:
    """An address without what differs between its spellings."""
    return url.partition("://")[2].partition("#")[0].partition("?")[0].removeprefix("www.").rstrip("/").casefold()
