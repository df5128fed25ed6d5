"""What a page says of its story in JSON-LD (the words of schema.org), a graph of objects included."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_NODES = 2_000
LONGEST = 300
"""Code points: what is longer is no name and no headline."""
_OPENS = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE)
_CLOSES = re.compile(r"</script", re.IGNORECASE)
_STORY_TYPES = re.compile(r"Article$|BlogPosting$|Report(?:age)?$")
_Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page's data says of its story; `words` is how long it says that the story is."""

    title: str | None = None
    source: str | None = None
    date: str | None = None
    author: str | None = None
    url: str | None = None
    words: int | None = None


def read_facts(page: str) -> PageFacts:
    """What a page's data says of the first story in it; nothing where there is none, or it cannot be read."""
    nodes = list(_nodes(page))
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    story = next((node for node in nodes if any(map(_is_story, _listed(node.get("@type"))))), None)
    if story is None:
        return PageFacts()
    return PageFacts(
        title=_text(story.get("headline")),
        source=_names(story.get("publisher"), named),
        date=_text(story.get("datePublished")),
        author=_names(story.get("author"), named),
        url=_address(story.get("url")) or _address(story.get("mainEntityOfPage")),
        words=_words(story),
    )


def _scripts(page: str) -> Iterator[str]:
    """What stands in a page's JSON-LD scripts; one that is not closed, and all behind it, is left out."""
    at = 0
    while (opening := _OPENS.search(page, at)) and (closing := _CLOSES.search(page, opening.end())):
        yield page[opening.end() : closing.start()]
        at = closing.end()


def _nodes(page: str) -> Iterator[_Node]:
    """The objects in a page's JSON-LD, outer ones first."""
    waiting: list[object] = []
    for data in _scripts(page):
        try:
            waiting.append(json.loads(data, strict=False))
        except (ValueError, RecursionError):
            continue
    for at in range(MOST_NODES):
        if at >= len(waiting):
            return
        node = waiting[at]
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _is_story(kind: object) -> bool:
    return isinstance(kind, str) and bool(_STORY_TYPES.search(kind))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    """A text on one line, if it is one; half characters, which cannot be stored, are left out."""
    if not isinstance(value, str):
        return None
    text = " ".join(value.encode("utf-8", "ignore").decode("utf-8").split())
    return text if 0 < len(text) <= LONGEST else None


def _names(value: object, named: dict[object, _Node]) -> str | None:
    """Names of people or organisations: given as such, as objects with a name, or by the ids of such objects."""
    found: dict[str, None] = {}
    for each in _listed(value):
        node = named.get(_id(each), each) if isinstance(each, dict) else each
        name = _text(node.get("name") if isinstance(node, dict) else node)
        if name:
            found[name] = None
    return ", ".join(found) or None


def _id(node: _Node) -> str:
    identity = node.get("@id")
    return identity if isinstance(identity, str) and "name" not in node else ""


def _address(value: object) -> str | None:
    """A whole address on the web, given as such or as an object's id."""
    address = _text(value.get("@id") if isinstance(value, dict) else value)
    return address if address and address.startswith(("http://", "https://")) else None


def _words(story: _Node) -> int | None:
    body, count = story.get("articleBody"), str(story.get("wordCount", "")).strip()
    told = [len(body.split())] if isinstance(body, str) else []
    told += [int(count)] if count.isdecimal() and len(count) < 7 else []
    return max(told, default=None)
