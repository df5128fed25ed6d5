"""Stories as pages of Discord markdown: those that are held, and one with what is known about it and its text."""

from collections import Counter

from bot.rendering.dates import Dates
from bot.rendering.discord_escaping import escaped, fitted, pieces
from bot.rendering.discord_layout import Block, Option, Pages, laid_out
from bot.rendering.discord_links import headline_of, origin_markdown, story_lines
from bot.rendering.talk import empty_words
from bot.rendering.wording import counted, paragraph_count, warning_words, who_speak
from bot.shelf import Shelf, story_key
from index.story import Span, Story

OPTION_MAX = 100
"""Code points of what a menu holds (Discord)."""
TITLE_MAX = 160
PART_MAX = 1_000
"""Code points of markdown in one part of the text, so that each page takes one."""


def render_stories(shelf: Shelf, *, question: str | None = None, dates: Dates = "en") -> Pages:
    """Every story held, the one added last first: its title, where it appeared, and how much is said in it."""
    counts = Counter(said.story for said in shelf.statements())
    blocks = [_story_block(story, counts[story.id], dates) for story in reversed(shelf.stories)]
    first = who_speak(len(shelf.speakers()), len(blocks)) if blocks else empty_words("discord")
    return Pages(
        laid_out(blocks, first), "facts" if blocks else "nothing", question=question, adds=not blocks, leads="story"
    )


def _story_block(story: Story, statements: int, dates: Dates) -> Block:
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
    parts = pieces(story.text.strip(), PART_MAX, lambda part: len(escaped(part)))
    blocks = [Block(None, escaped(part.strip())) for part in parts if part.strip()]
    return Pages(laid_out(blocks, first), "facts", question=question)
