"""One story as pages of Discord markdown: what is known about it, and its text as it was stored."""

from bot.rendering.dates import Dates
from bot.rendering.discord_escaping import escaped, fitted, pieces
from bot.rendering.discord_layout import Block, Pages, laid_out
from bot.rendering.discord_links import origin_markdown
from bot.rendering.wording import counted, paragraph_count, warning_words
from bot.shelf import Shelf
from index.story import Span, Story

TITLE_MAX = 160
PART_MAX = 1_000
"""Code points of markdown in one part of the text, so that each page takes one."""


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
