"""One utterance, or one passage, as blocks of Discord markdown: the words, then how they came and in which paragraph;
and the lines about their stories, with links into a publisher's page, at the sentence itself where that is certain.

Who speaks and the story stand once above all that is theirs. Somebody's own words stand beside a bar, the reporter's
without one, and what was denied or not said says so before them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlsplit

from bot.answers import Answer
from bot.rendering.discord_escaping import escaped, fitted, on_one_line, pieces
from bot.rendering.discord_letter import GOES_ON, PAGE_MAX, Block, Option
from bot.rendering.utterances import (
    STANCES,
    Correction,
    Shown,
    Utterance,
    corrected,
    how_words,
    joint_of,
    missing_marks,
    shown_pieces,
)
from bot.rendering.wording import (
    Dates,
    counted,
    date_in,
    place_sign,
    role_beside,
    speaker_words,
    warning_words,
    whole_words,
)
from bot.shelf import Shelf
from index.errors import NoSuchStory
from index.story import MEMBER, Hit, Span, Speaker, Stance, Statement, Story

WORDS_MAX = 1_200
"""Code points of somebody's words in one block, markup included; longer words go on in the next block."""
ABOVE_MAX = 880
"""Code points kept free for what stands above the words: a verdict with the difference, and a label."""
PASSAGE_MAX = 900
NAME_MAX, UNNAMED_MAX = 60, 48
SPEAKER_LINE_MAX, ROLE_MIN = 62, 12
"""Code points of a name with its role, two lines on a phone, and those of a role for which it is worth having one."""
ROLE_MAX = 300
OPTION_MAX = 100
"""Code points of what a menu holds (Discord)."""
HOW_MAX = 100
CHANGED = "the text has since changed"
PLAIN_CUES = ("said", "says", "according to")
"""Cues that say no more than that somebody said it."""

_LABELS: dict[Stance, str | None] = {
    "says": None,
    "denies": "✗ Denied",
    "declines": "– Declined to say",
    "hedges": "≈ Not certain to have been said",
    "asks": "? Asked",
    "unsaid": "✗ Not said, as the story has it",
}
_MARKS_AND_BAR = 6
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


@dataclass(frozen=True, slots=True)
class View:
    """What rendering reads from: a shelf, names for speakers' ids, and the language of dates.

    `seen` has the stories of which this reply has told already what there is to know: it is said once of each, in the
    line above them, and that line stays the same.
    """

    shelf: Shelf
    names: dict[str, Speaker] = field(default_factory=dict)
    dates: Dates = "en"
    corrections: tuple[Correction, ...] = ()
    seen: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)

    def story(self, name: str, version: int | None = None) -> Story | None:
        """A story, or None where it is no longer held."""
        try:
            return self.shelf.story(name, version)
        except NoSuchStory:
            return None

    def story_of(self, hit: Hit) -> Story | None:
        """The story of a passage, or None where it is no longer held."""
        return self.story(hit.passage.story, hit.passage.version)

    def besides(self, story: Story) -> tuple[str, ...]:
        """What to know about a story: that it has another text by now, or that this one looks cut off."""
        key = (story.id, story.version)
        if key not in self.seen:
            newest = self.story(story.id)
            changed = (CHANGED,) if newest and newest.version > story.version else ()
            self.seen[key] = (*changed, *filter(None, (warning_words(story, briefly=True),)))
        return self.seen[key]

    def who(self, statement: Statement) -> Speaker | None:
        """Who said it, or None where the story leaves that open."""
        return self.names.get(statement.speaker or "")


def utterance_blocks(
    said: Utterance, view: View, also: Sequence[Statement] = (), *, by_story: bool = False, labelled: bool = True
) -> Iterator[Block]:
    """The words of one utterance, each followed by how it came and its paragraph; long words over several blocks.

    Who speaks and which story it is stand above, once for all that follow; `by_story` puts the story first. Words that
    were not simply said are `labelled`, unless the line above them all has said it.
    """
    story = view.story(said[0].story, said[0].version)
    who = name_markdown(view.who(said[0]))
    if story is None:
        yield Block(who, "-# The story that this stood in is no longer held.", said)
        return
    line = f"-# {story_markdown(story, view.dates, *view.besides(story))}"
    tail = _tail(said, story, also, view)
    label = _label(said) if labelled else None
    room = PAGE_MAX - ABOVE_MAX - len(who) - len(line) - len(tail) - 8
    parts = said_parts(said, story, min(WORDS_MAX, room))
    for number, part in enumerate(parts, 1):
        above = f"{label}{chr(10) if part.startswith('> ') else ' · '}" if label and number == 1 else ""
        end = f" {tail}" if number == len(parts) else f"\n-# {GOES_ON}"
        top, under = (line, who) if by_story else (who, line)
        yield Block(top, f"{above}{part}{end}", said, under)


def passage_blocks(hit: Hit, answer: Answer, view: View) -> Iterator[Block]:
    """A passage as it stands in its story, with the words that answer in bold, below the story that it is of."""
    passage = hit.passage
    story = view.story_of(hit)
    if story is None:
        return
    line = f"-# {story_markdown(story, view.dates, *view.besides(story))}"
    place = place_markdown(story, [passage.span], passage.paragraph, passage.paragraph)
    parts = pieces(passage.span.of(story.text).strip(), PASSAGE_MAX, lambda part: len(escaped(part)))
    for number, part in enumerate(parts, 1):
        yield Block(
            line, f"{_marked(part, answer, story)}{f' {place}' if number == len(parts) else f'{chr(10)}-# {GOES_ON}'}"
        )


def name_markdown(speaker: Speaker | None) -> str:
    """Who speaks: the name in bold, and as much of the role beside it as two lines on a phone have room for."""
    if speaker is None:
        return f"**{escaped(speaker_words(None))}**"
    if not speaker.named:
        return f"**{escaped(speaker_words(replace(speaker, name=fitted(speaker.name, UNNAMED_MAX))))}**"
    name, role = fitted(speaker.name, NAME_MAX), role_beside(speaker)
    room = SPEAKER_LINE_MAX - len(name)
    return f"**{escaped(name)}**" + (f" · {escaped(fitted(role, room))}" if role and room >= ROLE_MIN else "")


def speaker_option(speaker: Speaker | None, below: str | None = None) -> Option | None:
    """A choice that leads to what somebody said, where that can be asked for by the name."""
    name = on_one_line(speaker.name) if speaker and speaker.named else ""
    return Option(name, name, fitted(below, OPTION_MAX) if below else None) if 0 < len(name) <= OPTION_MAX else None


def whole_role(speaker: Speaker | None) -> str | None:
    """Who speaks with all of the role, where `name_markdown` has not all of it."""
    role = role_beside(speaker) if speaker and speaker.named else None
    if speaker is None or role is None or f" · {escaped(role)}" in name_markdown(speaker):
        return None
    return f"**{escaped(fitted(speaker.name, NAME_MAX))}** · {escaped(fitted(role, ROLE_MAX))}"


def _label(said: Utterance) -> str | None:
    """What to say above words that were not simply said."""
    stances = [piece.cue.stance for piece in said if piece.cue and piece.cue.stance != "says"]
    label = _LABELS[stances[0]] if stances else None
    return f"**{label}**" if label else None


def _tail(said: Utterance, story: Story, also: Sequence[Statement], view: View) -> str:
    """How it was said, as far as the words do not show it, the paragraph, and how many other stories have it."""
    words = how_words(said, story)
    told = {STANCES[piece.cue.stance] for piece in said if piece.cue} if _label(said) else set()
    how = ", ".join(part for at, part in enumerate(words) if part not in told and (at or part not in PLAIN_CUES))
    spans = [piece.span for piece in said]
    parts = [f"— *{escaped(fitted(how, HOW_MAX))}*"] if how else []
    parts.append(place_markdown(story, spans, min(p.paragraph for p in said), max(p.paragraph for p in said)))
    if right := corrected(said[0], view.corrections):
        parts.append(f"here held to be **{escaped(fitted(right, NAME_MAX))}**’s")
    elsewhere = [found for copy in also if (found := view.story(copy.story, copy.version))]
    if elsewhere:
        parts.append(f"also in {counted(len(elsewhere), 'other story', 'other stories')}")
    return " · ".join(parts)


def _marked(part: str, answer: Answer, story: Story) -> str:
    """The words as markdown, with the first standing of each marked answer in bold."""
    for mark in answer.marks:
        words = whole_words(mark.span, story.text).of(story.text) if mark.story == story.id else ""
        if words.strip() and words in part:
            before, _, after = part.partition(words)
            return f"{escaped(before)}**{escaped(words.strip())}**{escaped(after)}"
    return escaped(part)


def said_parts(said: Utterance, story: Story, limit: int) -> tuple[str, ...]:
    """The utterance's words, in as few parts of at most `limit` code points of markdown as hold them."""
    if all(piece.kind == "direct" for piece in said):
        quoted = [part for piece in said for part in _quoted_parts(piece.span.of(story.text), limit)]
        joined = _joined(quoted, joint_of(said), limit)
        return tuple("\n".join(f"> {line}" for line in part.split("\n")) for part in joined)
    pieces_shown = zip(said, shown_pieces(said, story), strict=True)
    told = [part for piece, shown in pieces_shown for part in _told_parts(piece, shown, limit)]
    return tuple(_joined(told, joint_of(said), limit))


def _quoted_parts(words: str, limit: int) -> Iterator[str]:
    for part in pieces(words.strip(), limit - _MARKS_AND_BAR, lambda part: len(escaped(part)) + 2 * part.count("\n")):
        before, after = missing_marks(part)
        yield f"{before}{escaped(part.strip())}{after}"


def _told_parts(piece: Statement, shown: Shown, limit: int) -> Iterator[str]:
    """The words with, where they are the reporter's, what leads up to them in the story in italics before them."""
    if piece.kind == "direct":
        yield from _quoted_parts(shown.words, limit)
        return
    lead_in = escaped(shown.lead.strip())
    first, *rest = pieces(shown.words.strip(), limit - len(lead_in) - 3, lambda part: len(escaped(part)))
    yield f"*{lead_in}* {escaped(first)}" if lead_in else escaped(first)
    yield from map(escaped, rest)


def _joined(parts: Sequence[str], joint: str, limit: int) -> list[str]:
    """Neighbouring parts put together as far as one block holds them."""
    joined: list[str] = []
    for part in parts:
        if joined and len(joined[-1]) + len(joint) + len(part) + 2 * part.count("\n") <= limit - 2:
            joined[-1] += joint + part
        else:
            joined.append(part)
    return joined


def origin_markdown(story: Story, span: Span, dates: Dates = "en") -> str:
    """Outlet, its name cut where both do not fit, and date: as a link to the words where the story has an address."""
    day = f", {date_in(story.date, dates)}" if story.date else ""
    shown = escaped(fitted(story.source or story.title or story.id, ORIGIN_MAX - len(day)) + day)
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
