"""Stories as pages of Discord markdown: those that are held, one with what is known about it and its text, and what
stands around somebody's words in theirs, with the words in bold; and `/timeline` and `/quoted`, with a picture where
there is enough to draw.

They show; they do not judge: statements stand side by side with their dates, and nothing is called a contradiction.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.answers import Answer
from bot.rendering.discord_escaping import escaped, fitted, on_one_line, pieces, sentence_starts
from bot.rendering.discord_letter import GOES_ON, Block, Option, Page, Pages, laid_out
from bot.rendering.discord_utterance import (
    OPTION_MAX,
    View,
    headline_of,
    origin_markdown,
    speaker_option,
    story_lines,
    utterance_blocks,
    whole_role,
)
from bot.rendering.drawing import Point, bars_by_outlet, points_over_time
from bot.rendering.over_time import Moment, Quoted, has_picture, over_time, quoted_in, span_words
from bot.rendering.sentences import empty_words
from bot.rendering.utterances import Utterance, utterances
from bot.rendering.wording import (
    Dates,
    counted,
    listed,
    paragraph_count,
    place_words,
    warning_words,
    who_speak,
    without_marks,
)
from bot.shelf import Shelf, story_key
from index.story import SHARED, Span, Story

AROUND_MAX = 240
"""Code points before and after the words that are shown at most, in whole sentences where they end in time."""
PART_MAX = 1_100
"""Code points of markdown in one part at most, so that it fits a page together with the line above it."""
FRAGMENT_MAX = 400
TITLE_MAX = 160
TEXT_PART_MAX = 1_000
"""Code points of markdown in one part of the text, so that each page takes one."""
OUTLETS_SHOWN = 3
NAME_MAX = 60


def render_context(page: Page, shelf: Shelf, dates: Dates = "en") -> Pages:
    """The surroundings of everything that one page of a reply shows."""
    blocks = list(_around(page, View(shelf, dates=dates)))
    first = "\n".join(_whole_roles(page, shelf)) if blocks else "There is no story behind this page."
    return Pages(laid_out(blocks, first), "facts" if blocks else "nothing")


def _whole_roles(page: Page, shelf: Shelf) -> Iterator[str]:
    """A line for each speaker of whose role the page itself has only the beginning."""
    people = {speaker.id: speaker for speaker in shelf.speakers()} if page.utterances else {}
    ids = dict.fromkeys(piece.speaker or "" for said in page.utterances for piece in said)
    return filter(None, (whole_role(people.get(one)) for one in ids))


def _around(page: Page, view: View) -> Iterator[Block]:
    for said in _neighbours(page.utterances):
        if story := view.story(said[0].story, said[0].version):
            yield from _blocks(story, [one.span for one in said], [one.paragraph for one in said], said, view.dates)
        else:
            yield Block(None, "The story that this stood in is no longer held.", said)
    for hit in page.passages:
        if story := view.story_of(hit):
            yield from _blocks(story, [hit.passage.span], [hit.passage.paragraph], (), view.dates)


def _neighbours(utterances: Sequence[Utterance]) -> list[Utterance]:
    """The utterances, those of a story put together that stand so near that the same text is around them."""
    first = {(said[0].story, said[0].version): at for at, said in reversed(list(enumerate(utterances)))}
    ordered = sorted(utterances, key=lambda said: (first[said[0].story, said[0].version], said[0].span))
    together: list[Utterance] = []
    for said in ordered:
        before = together[-1][-1] if together else None
        same = before is not None and (before.story, before.version) == (said[0].story, said[0].version)
        if before and same and said[0].span.start - before.span.end < 2 * AROUND_MAX:
            together[-1] += said
        else:
            together.append(said)
    return together


def _blocks(
    story: Story, spans: Sequence[Span], paragraphs: Sequence[int], said: Utterance, dates: Dates
) -> Iterator[Block]:
    place = place_words(min(paragraphs), story, max(paragraphs))
    line = f"-# {origin_markdown(story, spans[0], dates)} · {escaped(place)}"
    parts = _parts(story.text, sorted(spans))
    for number, part in enumerate(parts, 1):
        yield Block(line, part if number == len(parts) else f"{part}\n-# {GOES_ON}", said)


def _parts(text: str, spans: Sequence[Span]) -> list[str]:
    """Markdown of the spans in bold with the text before, between and after them, in parts that each fit a page."""
    at = spans[0].start - len(_before(text, spans[0].start))
    fragments: list[str] = []
    for span in spans:
        fragments += _fragments(text[at : span.start], bold=False)
        fragments += _fragments(text[max(at, span.start) : span.end], bold=True)
        at = max(at, span.end)
    fragments += _fragments(_after(text, at), bold=False)
    parts = [""]
    for fragment in fragments:
        if len(parts[-1]) + len(fragment) > PART_MAX:
            parts.append("")
        parts[-1] += fragment
    return [part.strip() for part in parts if part.strip()]


def _fragments(text: str, *, bold: bool) -> Iterator[str]:
    for part in pieces(text, FRAGMENT_MAX, lambda part: len(escaped(part)) + part.count("\n")):
        shown = part.strip()
        lead, trail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :] if shown else ""
        marks = "**" if bold and shown else ""
        yield f"{_spaced(lead)}{marks}{_spaced(escaped(shown))}{marks}{_spaced(trail)}"


def _spaced(text: str) -> str:
    """The text with an empty line between its paragraphs."""
    first, *lines = text.split("\n")
    ends_empty = bool(lines) and not lines[-1].strip()
    return "\n\n".join([first, *(line.lstrip() for line in lines if line.strip()), *([""] if ends_empty else [])])


def _before(text: str, start: int) -> str:
    """The sentences that end where the words start, as many as there is room for."""
    window = text[max(0, start - AROUND_MAX) : start]
    if start <= AROUND_MAX:
        return window
    starts = sentence_starts(window)
    return window[starts[0] :] if starts else window[window.find(" ") + 1 :]


def _after(text: str, end: int) -> str:
    """The sentences that begin where the words end, as many as there is room for."""
    window = text[end : end + AROUND_MAX]
    if end + AROUND_MAX >= len(text):
        return window
    ends = sentence_starts(text[end : end + AROUND_MAX + 1])
    return window[: ends[-1]] if ends else window[: window.rfind(" ") + 1]


def render_stories(shelf: Shelf, *, question: str | None = None, dates: Dates = "en") -> Pages:
    """Every story held, the own ones before those of everybody and the one added last first: its title, where it
    appeared, and how much is said in it."""
    counts = Counter(said.story for said in shelf.statements())
    newest = shelf.stories[::-1]
    own_first = sorted(newest, key=lambda story: story.id.startswith(SHARED))
    blocks = [story_block(story, counts[story.id], dates) for story in own_first]
    first = who_speak(len(shelf.speakers()), len(blocks)) if blocks else empty_words("discord")
    return Pages(
        laid_out(blocks, first), "facts" if blocks else "nothing", question=question, adds=not blocks, leads="story"
    )


def story_block(story: Story, statements: int, dates: Dates) -> Block:
    """A story in a list, to be chosen from the menu: its title, where it appeared, and how much is said in it."""
    said = counted(statements, "statement")
    shown = fitted(headline_of(story), OPTION_MAX) or story.id[:OPTION_MAX]
    outlet = fitted(" · ".join(filter(None, (story.source, said))), OPTION_MAX)
    return Block(None, story_lines(story, dates, said), option=Option(shown, story_key(story.id), outlet))


def render_story(story: Story, shelf: Shelf, *, question: str | None = None, dates: Dates = "en") -> Pages:
    """The story: title, outlet, date and author, how much is said in it by how many, and then its text."""
    said = shelf.statements(story.id)
    facts = [
        origin_markdown(story, Span(0, 0), dates),
        f"by {escaped(fitted(story.author, TITLE_MAX))}" if story.author else "",
        counted(paragraph_count(story), "paragraph"),
        counted(len(said), "statement") + " by " + counted(len({one.speaker for one in said}), "speaker"),
        f"version {story.version}" if story.version > 1 else "",
        warning_words(story) or "",
    ]
    title = f"**{escaped(fitted(story.title or story.id, TITLE_MAX))}**"
    first = f"{title}\n-# {' · '.join(filter(None, facts))}"
    parts = pieces(story.text.strip(), TEXT_PART_MAX, lambda part: len(escaped(part)))
    blocks = [Block(None, escaped(part.strip())) for part in parts if part.strip()]
    return Pages(laid_out(blocks, first), "facts", question=question)


def render_timeline(answer: Answer, shelf: Shelf, *, question: str | None = None, dates: Dates = "en") -> Pages:
    """What was found of somebody, the oldest first, each below its story with the day."""
    moments = over_time(answer.statements, shelf)
    view = View(shelf, {who.id: who for who in (*answer.speakers, *shelf.speakers())}, dates)
    several = len({one.said.speaker for one in moments}) > 1
    told = utterances([one.said for one in moments])
    blocks = [block for said, _ in told for block in utterance_blocks(said, view, by_story=several)]
    whose, when = _whose(answer, moments), span_words(moments)
    title = f"{whose}{f', {when}' if when else ''}, oldest first."
    points = [Point(one.story.date, fitted(one.outlet, NAME_MAX)) for one in moments if one.story.date]
    picture = points_over_time(points, whose) if has_picture(moments) else None
    return Pages(laid_out(blocks, escaped(title)), "words", question=question, picture=picture)


def render_quoted(shelf: Shelf, *, question: str | None = None) -> Pages:
    """Who is quoted and how often, by outlet, to be chosen from."""
    quoted = quoted_in(shelf)
    if not quoted:
        return Pages(laid_out((), empty_words("discord")), "nothing", question=question, adds=True)
    total = sum(one.total for one in quoted)
    stories = counted(len(shelf.stories), "story", "stories")
    people = "1 person is" if len(quoted) == 1 else f"{len(quoted):,} people are"
    first = f"{people} quoted {counted(total, 'time')} in {stories}."
    picture = bars_by_outlet(quoted, "Who is quoted, by outlet") if len(quoted) > 1 else None
    blocks = [_quoted_block(one) for one in quoted]
    return Pages(laid_out(blocks, first), "facts", question=question, leads="speaker", picture=picture)


def _quoted_block(one: Quoted) -> Block:
    outlets = [(fitted(outlet, NAME_MAX), count) for outlet, count in one.outlets[:OUTLETS_SHOWN]]
    by = ", ".join(f"{outlet} {count}" for outlet, count in outlets) if len(outlets) > 1 else outlets[0][0]
    name = escaped(fitted(on_one_line(one.speaker.name), NAME_MAX))
    option = speaker_option(one.speaker, f"{one.total} times")
    return Block(None, f"{one.total}× **{name}** · {escaped(by)}", option=option)


def _whose(answer: Answer, moments: Sequence[Moment]) -> str:
    """Whose statements on what, and how many."""
    names = listed([on_one_line(one.name) for one in answer.speakers]) or "They"
    about = f" on {fitted(without_marks(answer.topic), NAME_MAX)}" if answer.topic else ""
    return f"{fitted(names, NAME_MAX)}{about}: {counted(len(moments), 'statement')}"
