"""Links into a publisher's page, as Discord markdown: at the sentence itself, where that is certain."""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.wording import Dates, date_in, place_sign
from index.story import MEMBER, Span, Story

URL_MAX = 300
"""Code points of an address that is linked at most; a longer one would crowd out the words."""
ORIGIN_MAX = 60
HEADLINE_MIN, HEADLINE_MAX = 30, 60
STORY_LINE_MAX = 74
"""Code points of a headline with its outlet and date: a small line on a desktop, two on a phone."""
NO_OUTLET, BY_MEMBER = "no outlet given", "added by a member"
_FRAGMENT_WORDS = 4
_FRAGMENT_WHOLE = 10
_SAFE = "%:/?#@!$&'*+,;=-._~"


def origin_markdown(story: Story, span: Span, dates: Dates = "en") -> str:
    """Outlet and date, as a link to the words where the story has an address, else as text."""
    shown = escaped(origin_in(story, dates, ORIGIN_MAX))
    address = linked_address(story, span)
    return f"[{shown}](<{address}>)" if address else shown


def story_markdown(story: Story, dates: Dates = "en", *besides: str) -> str:
    """The line that stands once above what a story says: the headline, which leads to the page, outlet and date."""
    facts = (*_facts(story, dates), *besides)
    room = max(HEADLINE_MIN, min(HEADLINE_MAX, STORY_LINE_MAX - sum(len(part) + 3 for part in facts)))
    return " · ".join((_headline(story, room), *map(escaped, facts)))


def story_lines(story: Story, dates: Dates = "en", *besides: str) -> str:
    """The same for a list of stories: the headline, and below it what is known of the story."""
    return f"{_headline(story, HEADLINE_MAX)}\n-# {' · '.join((*map(escaped, _facts(story, dates)), *besides))}"


def _facts(story: Story, dates: Dates) -> list[str]:
    outlet = fitted(story.source, ORIGIN_MAX // 2) if story.source else NO_OUTLET
    day = date_in(story.date, dates) if story.date else ""
    member = BY_MEMBER if story.id.startswith(MEMBER) else ""
    return [part for part in (", ".join(filter(None, (outlet, day))), member) if part]


def _headline(story: Story, room: int) -> str:
    """The headline, as a link where the story has an address."""
    shown = f"**{escaped(fitted(headline_of(story), room))}**"
    address = linked_address(story, Span(0, 0))
    return f"[{shown}](<{address}>)" if address else shown


def headline_of(story: Story) -> str:
    """The story's title, or how its text begins."""
    return story.title or " ".join(story.text[: 4 * HEADLINE_MAX].split()) or story.id


def place_markdown(story: Story, spans: Sequence[Span], first: int, last: int) -> str:
    """The paragraphs in which words stand ("¶5"), linked to the words where that is certain."""
    shown = place_sign(first, story, last)
    address = linked_address(story, spans[0])
    return f"[{shown}](<{address}>)" if address and "#:~:text=" in address else shown


def origin_in(story: Story, dates: Dates, limit: int) -> str:
    """Where and when the story appeared, the name cut where both do not fit."""
    name = story.source or story.title or story.id
    day = f", {date_in(story.date, dates)}" if story.date else ""
    return fitted(name, limit - len(day)) + day


def linked_address(story: Story, span: Span) -> str | None:
    """The story's http(s) address, going on to the span's words (a text fragment) where they stand only once in it."""
    address = quote(story.url or "", safe=_SAFE)
    try:
        parts = urlsplit(story.url or "")
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or len(address) > URL_MAX:
        return None
    fragment = _fragment(story, span)
    longer = f"{address.partition('#')[0]}#:~:text={fragment}"
    return longer if fragment and len(longer) <= URL_MAX else address


def _fragment(story: Story, span: Span) -> str | None:
    words = span.of(story.text).strip().strip("\"“”‘’'").split()
    start = " ".join(words[:_FRAGMENT_WORDS])
    if len(words) <= _FRAGMENT_WHOLE:
        start, end = " ".join(words), ""
    else:
        end = " ".join(words[-_FRAGMENT_WORDS:])
    spaced = " ".join(story.text.split()).casefold()  # browsers look for the words whatever their case
    if len(words) < 2 or spaced.count(start.casefold()) != 1 or (end and spaced.count(end.casefold()) != 1):
        return None
    return ",".join(quote(part, safe="").replace("-", "%2D") for part in (start, end) if part)
