"""A result laid out for a person at a terminal: colour where there is some, one column where it is narrow.

The story's text is shown as text only: nothing in it is markup, and no control character of it reaches the terminal.
"""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answers import Answer, Comparison, Result
from bot.rendering.checks import Mark, Part, parts
from bot.rendering.plain import Block, Lines, Passage, Said, Stories, Tone, blocks
from bot.rendering.seen import Seen
from bot.rendering.utterances import joint_of, shown_pieces, utterance_line
from bot.rendering.wording import counted, in_signs, published_words, role_of, speaker_words, where_words, whole_words
from index.story import Hit, Speaker, Statement, Story

NARROW = 60
"""Columns below which what would stand side by side stands one under the other."""

_MARKS: dict[Mark, str] = {"same": "", "theirs": "red strike", "story's": "bold green"}
_WORDS, _REPORTED, _ATTRIBUTION, _FACT = "bold", "italic", "cyan", "bold green"
_TONES: dict[Tone, str] = {
    "right": _FACT, "nearly": "yellow", "wrong": "bold red", "nothing": "bold red", "likely": _WORDS, "found": _FACT,
    "why": "yellow", "told": "", "note": "",
}  # fmt: skip


def rendered(result: Result, seen: Seen, *, width: int = 80) -> RenderableType:
    """The whole result for a terminal of so many columns."""
    return Group(*_spaced(_drawn(block, seen, width) for block in blocks(result, seen)))


def rendered_speakers(speakers: Iterable[tuple[Speaker, int]], *, width: int = 80) -> RenderableType:
    """Who speaks, each with the number of their statements."""
    table = Table.grid(padding=(0, 2))
    for speaker, statements in speakers:
        count = Text(counted(statements, "statement"), style=_ATTRIBUTION)
        if width < NARROW:
            table.add_row(Text(in_signs(speaker_words(speaker)), style=_WORDS) + Text("\n  ") + count)
        else:
            role = role_of(speaker) if speaker.named else "not named"
            table.add_row(Text(in_signs(speaker.name), style=_WORDS), Text(in_signs(role or "")), count)
    return table


def rendered_stories(stories: Iterable[tuple[Story, int]]) -> RenderableType:
    """The stories held: the title of each, and below it where and when it appeared, its statements and its id."""
    blocks: list[RenderableType] = []
    for story, statements in stories:
        below = " · ".join(filter(None, (published_words(story), counted(statements, "statement"), story.id)))
        title = Text(in_signs(story.title or story.id), style=_WORDS)
        blocks.append(Group(title, Padding(Text(in_signs(below), style=_ATTRIBUTION), (0, 0, 0, 2))))
    return Group(*_spaced(blocks))


def rendered_story(story: Story, statements: Iterable[Statement]) -> RenderableType:
    """One story as stored, with somebody's words bold and what the reporter tells of them in italics."""
    text = Text(in_signs(story.text))
    for statement in statements:
        text.stylize(_WORDS if statement.kind == "direct" else _REPORTED, statement.span.start, statement.span.end)
    above = Text(in_signs(story.title or story.id), style=_FACT)
    if published := published_words(story):
        above.append(f"\n{in_signs(published)}", style=_ATTRIBUTION)
    return Group(above, Text(), text)


def _drawn(block: Block, seen: Seen, width: int) -> RenderableType:
    match block:
        case Lines():
            return Group(*(Text(in_signs(line), style=_TONES[block.tone]) for line in block.lines))
        case Stories():
            return rendered_stories(block.stories)
        case Comparison():
            return _difference(parts(block, seen.versions[block.story, block.version].text))
        case Passage():
            return _passage(block.hit, block.answer, seen)
        case Said():
            return _utterance(block.utterance, seen, width, block.copies)


def _difference(differing: Iterable[Part]) -> RenderableType:
    """A quotation as given, their other words struck out and the story's beside them, with what the two look like."""
    shown = Text(" ").join(Text(in_signs(part.words), style=_MARKS[part.mark]) for part in differing)
    legend = Text.assemble(("theirs", _MARKS["theirs"]), " ", ("the story’s", _MARKS["story's"]), style="dim")
    return Group(shown, legend)


def _utterance(utterance: tuple[Statement, ...], seen: Seen, width: int, copies: str | None = None) -> RenderableType:
    story, speaker = seen.story(utterance[0]), seen.speaker(utterance[0])
    words = Text(joint_of(utterance)).join(
        Text(in_signs(str(shown)), style=_WORDS if piece.kind == "direct" else _REPORTED)
        for piece, shown in zip(utterance, shown_pieces(utterance, story), strict=True)
    )
    line = utterance_line(utterance, story, speaker)
    line = line.replace(" · ", "\n") if width < NARROW else line
    below = Text(in_signs(line + (f"\n{copies}" if copies else "")), style=_ATTRIBUTION)
    return Group(words, Padding(below, (0, 0, 0, 2)))


def _passage(hit: Hit, answer: Answer, seen: Seen) -> RenderableType:
    story, span = seen.story_of(hit), hit.passage.span
    words = Text(in_signs(seen.passage(hit)))
    for mark in answer.marks:
        if mark.story == story.id and mark.span.overlaps(span):
            whole = whole_words(mark.span, story.text)
            words.stylize(_WORDS, max(0, whole.start - span.start), min(whole.end, span.end) - span.start)
    line = where_words(hit.passage.paragraph, story)
    return Group(words, Padding(Text(in_signs(line), style=_ATTRIBUTION), (0, 0, 0, 2)))


def _spaced(blocks: Iterable[RenderableType]) -> Iterator[RenderableType]:
    for number, block in enumerate(blocks):
        if number:
            yield Text()
        yield block
