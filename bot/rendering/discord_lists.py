"""Lists as pages of Discord markdown: the stories that are held."""

from collections import Counter

from bot.rendering.dates import Dates
from bot.rendering.discord_escaping import fitted
from bot.rendering.discord_layout import Block, Option, Pages, laid_out
from bot.rendering.discord_links import headline_of, story_lines
from bot.rendering.talk import empty_words
from bot.rendering.wording import counted, who_speak
from bot.shelf import Shelf
from bot.story_keys import story_key
from index.story import Story

OPTION_MAX = 100
"""Code points of what a menu holds (Discord)."""


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
