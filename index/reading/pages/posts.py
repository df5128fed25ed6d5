"""Posts that a page embeds, each as one line: the words, then "— Name (@account) date", as X writes its own."""

import re
from itertools import islice
from typing import TYPE_CHECKING

from index.reading.credits import DAY_WRITTEN

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 8_000
"""Code points: no network takes longer posts."""
MOST_PIECES = 400
_EMBEDS = tuple(
    f"-{name}"
    for name in """tweet twitter-video tweet-embed bluesky-embed mastodon-embed mastodon-post text-post-media
    reddit-embed reddit-embed-bq reddit-card threads-embed instagram-media truthsocial-embed truth-social-embed
    tiktok-embed fb-post fb-xfbml-parse-ignore""".split()
)
_ACCOUNT = re.compile(r"\(?(@[A-Za-z0-9_.-]{1,60}(?:@[A-Za-z0-9.-]{1,80})?)\)?")
_BYLINE = re.compile(
    r"\s*(?:—|–|―|--|-)\s?(?P<name>[^@()\n—–]{1,60}?)\s?\(\s?(?P<account>@[^()\s]{1,120})\s?\)\s*(?P<day>[^@]{0,60})$"
)
_THREADS = re.compile(r"(?:\b(?:Post|Posted|A post) by )(@[A-Za-z0-9_.]{1,60})")
_SHARED = re.compile(
    r"\bA (?:post|video|photo|reel) (?:shared|posted) by"
    r" (?P<name>[^()@]{0,80}?)\s?\(\s?(?P<account>@[^()\s]{1,60})\s?\)(?P<rest>[^\n]{0,80})$"
)
_POSTED = re.compile(r"\bPosted by (?P<name>[^()@]{2,80}?) on (?P<day>\w{3,9}, \w{3,9} \d{1,2}, \d{4}|[^()@]{6,40})$")
_BOARD = re.compile(r"\bby\s*(?P<account>u/[\w-]{2,40})\s*in\s*(?:r/)?[\w-]{2,40}$")
_INVITES = re.compile(
    r"\s*View (?:this post )?on (?:Instagram|Threads|Facebook|TikTok|X|Twitter|Bluesky)\s*", re.IGNORECASE
)
_MOMENT = re.compile(
    r"(?:\d{1,2}:\d\d|\d{1,2} \w{3,9} \d{4}|\w{3,9} \d{1,2}, \d{4}|[\d.,]+[KM]?\s*(?:likes?|retweets?|replies"
    r"|reposts?))",
    re.IGNORECASE,
)


def post_line(element: "HtmlElement") -> str | None:
    """The line of the post that an element embeds, or None where it embeds none."""
    names = element.get("class", "")[:200].casefold().replace("_", "-").split()
    embeds = any(f"-{name}".endswith(_EMBEDS) for name in names)
    if not embeds or element.tag not in ("blockquote", "div", "figure", "section"):
        return None
    pieces = [words for text in islice(element.itertext(), MOST_PIECES) if (words := " ".join(text.split()))]
    text = _INVITES.sub(" ", " ".join(pieces))[:LONGEST].strip()
    if not any(character.isalnum() for character in text):
        return None
    return _signed(text) or _shared(text) or _posted(text) or _carded(pieces) or text


def _signed(text: str) -> str | None:
    """A post that its network signs behind the words."""
    if (byline := _BYLINE.search(text, max(0, len(text) - 320))) and byline.start():
        return _line(text[: byline.start()], byline["name"], byline["account"], byline["day"])
    if threads := _THREADS.search(text):
        return _line(text[: threads.start()], name_of(threads[1]), threads[1], "")
    if board := _BOARD.search(text, max(0, len(text) - 120)):
        return _line(text[: board.start()], board["account"].removeprefix("u/"), board["account"], "")
    return None


def _shared(text: str) -> str | None:
    """A post of Instagram; without its words, the line that says whose it is."""
    shared = _SHARED.search(text, max(0, len(text) - 320))
    if shared is None:
        return None
    words = text[: shared.start()].strip()
    name = shared["name"].strip() or name_of(shared["account"])
    return _line(words, name, shared["account"], shared["rest"].removeprefix(" on ")) if words else text


def _posted(text: str) -> str | None:
    """A post of Facebook, which names no account."""
    posted = _POSTED.search(text, max(0, len(text) - 200))
    if posted is None or not posted.start():
        return None
    return f"{text[: posted.start()].strip()} — {posted['name'].strip()} (Facebook) {posted['day'].strip()}"


def _carded(pieces: list[str]) -> str | None:
    """A post drawn as a card: name and account above the words, the time and counts of readers below them."""
    at = next((at for at, piece in enumerate(pieces) if _ACCOUNT.fullmatch(piece)), None)
    if at is None or at > 4:
        return None
    name = pieces[at - 1] if at else name_of(pieces[0].strip("()"))
    end = next((end for end in range(at + 1, len(pieces)) if _MOMENT.match(pieces[end])), len(pieces))
    words = " ".join(pieces[at + 1 : end])
    day = DAY_WRITTEN.search(" ".join(pieces[end : end + 2]))
    return _line(words, name, pieces[at].strip("()"), day[0] if day else "") if words else None


def _line(words: str, name: str, account: str, day: str) -> str:
    return f"{words.strip()} — {name.strip()} ({account}) {day.strip()}".strip()


def name_of(account: str) -> str:
    """A name for somebody of whom only the account is given: its own words where it is made of some, else itself."""
    bare = account.removeprefix("@")
    parts = bare.replace(".", "_").split("_")
    worded = all(2 <= len(part) <= 20 and part.isascii() and part.isalpha() and part.islower() for part in parts)
    return " ".join(map(str.title, parts)) if worded and 2 <= len(parts) <= 3 else bare
