"""Lists as pages of Discord markdown: the stories that are held."""

from collections import Counter

from bot.rendering.dates import Dates
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_layout import Block, Pages, laid_out
from bot.rendering.discord_links import origin_markdown
from bot.rendering.wording import counted
from bot.shelf import Shelf
from index.story import Span, Story

TITLE_MAX = 120


def render_stories(shelf: Shelf, *, question: str | None = None, dates: Dates = "en") -> Pages:
    """Every story held, the one added last first: its title, where it appeared, and how much is said in it."""
    counts = Counter(said.story for said in shelf.statements())
    blocks = [_story_block(story, counts[story.id], dates) for story in reversed(shelf.stories)]
    first = None if blocks else "This library holds no stories yet."
    return Pages(laid_out(blocks, first), "facts" if blocks else "nothing", question=question)


def _story_block(story: Story, statements: int, dates: Dates) -> Block:
    title = story.title or " ".join(story.text[: 4 * TITLE_MAX].split())
    line = f"{origin_markdown(story, Span(0, 0), dates)} · {counted(statements, 'statement')}"
    return Block(None, f"**{escaped(fitted(title, TITLE_MAX))}**\n-# {line}")
