"""Stories as pages of Discord markdown: those that are held, one with what is known about it and its text, and what
stands around somebody's words in theirs, with the words in bold.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.rendering.discord_escaping import escaped, fitted, pieces, sentence_starts
from bot.rendering.discord_layout import GOES_ON, Block, Option, Page, Pages, laid_out
from bot.rendering.discord_links import headline_of, origin_markdown, story_lines
from bot.rendering.discord_utterance import whole_role
from bot.rendering.sentences import empty_words
from bot.rendering.utterances import Utterance
from bot.rendering.wording import Dates, counted, paragraph_count, place_words, warning_words, who_speak
from bot.shelf import Shelf, story_key
from index.errors import NoSuchStory
from index.story import SHARED, Hit, Span, Story

AROUND_MAX = 240
"""Code points before and after the words that are shown at most, in whole sentences where they end in time."""
PART_MAX = 1_100
"""Code points of markdown in one part at most, so that it fits a page together with the line above it."""
FRAGMENT_MAX = 400
OPTION_MAX = 100
"""Code points of what a menu holds (Discord)."""
TITLE_MAX = 160
TEXT_PART_MAX = 1_000
"""Code points of markdown in one part of the text, so that each page takes one."""


def render_context(page: Page, shelf: Shelf, dates: Dates = "en") -> Pages:
    """The surroundings of everything that one page of a reply shows."""
    blocks = [block for said in _neighbours(page.utterances) for block in _around_words(said, shelf, dates)]
    blocks += [block for hit in page.passages for block in _around_passage(hit, shelf, dates)]
    first = "\n".join(_whole_roles(page, shelf)) if blocks else "There is no story behind this page."
    return Pages(laid_out(blocks, first), "facts" if blocks else "nothing")


def _whole_roles(page: Page, shelf: Shelf) -> Iterator[str]:
    """A line for each speaker of whose role the page itself has only the beginning."""
    people = {speaker.id: speaker for speaker in shelf.speakers()} if page.utterances else {}
    ids = dict.fromkeys(piece.speaker or "" for said in page.utterances for piece in said)
    return filter(None, (whole_role(people.get(one)) for one in ids))


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


def _around_words(said: Utterance, shelf: Shelf, dates: Dates) -> Iterator[Block]:
    try:
        story = shelf.story(said[0].story, said[0].version)
    except NoSuchStory:
        yield Block(None, "The story that this stood in is no longer held.", said)
        return
    yield from _blocks(story, [piece.span for piece in said], [piece.paragraph for piece in said], said, dates)


def _around_passage(hit: Hit, shelf: Shelf, dates: Dates) -> Iterator[Block]:
    passage = hit.passage
    try:
        story = shelf.story(passage.story, passage.version)
    except NoSuchStory:
        return
    yield from _blocks(story, [passage.span], [passage.paragraph], (), dates)


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
