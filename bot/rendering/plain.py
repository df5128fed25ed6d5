"""A result as plain text: what a person is shown where there is no colour or layout, and the "text" of the JSON.

Words that stand between quotation marks here are the story's, character for character, line breaks included.
"""

from bot.answers import Comparison, Result
from bot.rendering.blocks import Block, Lines, Passage, Said, Stories, blocks
from bot.rendering.checks import bracketed, parts
from bot.rendering.seen import Seen
from bot.rendering.utterances import spoken, utterance_line
from bot.rendering.wording import published_words, where_words
from index.story import Story


def plain(result: Result, seen: Seen) -> str:
    """The whole result as text, in blocks that an empty line parts."""
    return "\n\n".join(_text(block, seen) for block in blocks(result, seen))


def story_line(story: Story) -> str:
    """A story in one line: its title, where and when it appeared, and its id."""
    return " · ".join(filter(None, (story.title, published_words(story), story.id)))


def _text(block: Block, seen: Seen) -> str:
    match block:
        case Lines():
            return "\n".join(block.lines)
        case Stories():
            return "\n".join(story_line(story) for story, _ in block.stories)
        case Comparison():
            return bracketed(parts(block, seen.versions[block.story, block.version].text))
        case Passage():
            where = where_words(block.hit.passage.paragraph, seen.story_of(block.hit))
            return f"{seen.passage(block.hit)}\n  {where}"
        case Said():
            story = seen.story(block.utterance[0])
            line = utterance_line(block.utterance, story, seen.speaker(block.utterance[0]))
            return "\n  ".join(filter(None, (spoken(block.utterance, story), line, block.copies)))
