"""A result laid out for a person at a terminal: colour where there is some, one column where it is narrow.

The story's text is shown as text only: nothing in it is markup, and no control character of it reaches the terminal.
"""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answers import Abstention, Answer, Result
from bot.rendering.characters import in_signs
from bot.rendering.checks import SHADES, Mark, Part, Shade, parts
from bot.rendering.plain import MOST_NEAREST, answering_hits, copies_line, part_lines, stories_of
from bot.rendering.seen import Seen
from bot.rendering.sentences import heading, next_step, question_line, reason_sentence
from bot.rendering.utterances import joint_of, shown_pieces, utterance_line, utterances
from bot.rendering.wording import (
    counted,
    origin_words,
    role_of,
    speaker_words,
    where_words,
    whole_words,
)
from index.story import Hit, Speaker, Statement, Story

NARROW = 60
"""Columns below which what would stand side by side stands one under the other."""

_SHADES: dict[Shade, str] = {"right": "bold green", "nearly": "yellow", "wrong": "bold red", "nothing": "bold red"}
_MARKS: dict[Mark, str] = {"same": "", "theirs": "red strike", "story's": "bold green"}
_WORDS, _REPORTED, _ATTRIBUTION, _FACT, _WHY = "bold", "italic", "cyan", "bold green", "yellow"


def rendered(result: Result, seen: Seen, *, width: int = 80) -> RenderableType:
    """The whole result for a terminal of so many columns."""
    if isinstance(result, Answer) and result.apart:
        under = (
            (Text(in_signs(question_line(part)), style=_WHY), rendered(part, seen, width=width))
            for part in result.apart
        )
        return Group(*_spaced(block for both in under for block in both))
    blocks = _abstention(result, seen, width) if isinstance(result, Abstention) else _answer(result, seen, width)
    return Group(*_spaced(blocks))


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
        below = f"{origin_words(story)} · {counted(statements, 'statement')} · {story.id}"
        title = Text(in_signs(story.title or story.id), style=_WORDS)
        blocks.append(Group(title, Padding(Text(in_signs(below), style=_ATTRIBUTION), (0, 0, 0, 2))))
    return Group(*_spaced(blocks))


def rendered_story(story: Story, statements: Iterable[Statement]) -> RenderableType:
    """One story as stored, with somebody's words bold and what the reporter tells of them in italics."""
    text = Text(in_signs(story.text))
    for statement in statements:
        text.stylize(_WORDS if statement.kind == "direct" else _REPORTED, statement.span.start, statement.span.end)
    above = Text(in_signs(story.title or story.id), style=_FACT)
    return Group(above, Text(in_signs(origin_words(story)), style=_ATTRIBUTION), Text(), text)


def _answer(answer: Answer, seen: Seen, width: int) -> Iterator[RenderableType]:
    above = heading(answer)
    if above:
        yield Text(in_signs(above), style=_above_style(answer))
    if answer.compared and not all(step.same for step in answer.compared.steps):
        story = seen.versions[answer.compared.story, answer.compared.version]
        yield _difference(parts(answer.compared, story.text))
    if answer.form == "speakers":
        yield Group(*(Text(in_signs(speaker_words(speaker))) for speaker in answer.speakers))
        return
    if answer.form == "stories":
        yield rendered_stories((s, _count(answer, s)) for s in stories_of(answer, seen))
        return
    if answer.part:
        yield Group(*(Text(in_signs(line), style=_FACT) for line in part_lines(answer, seen)))
        return
    if answer.form == "fact" and answer.marks:
        words = dict.fromkeys(seen.marked(mark) for mark in answer.marks)
        yield Text(in_signs(" … ".join(words)), style=_FACT)
    if not answer.statements:
        hits = answering_hits(answer) if answer.form in ("fact", "check") else answer.passages
        yield from (_passage(hit, answer, seen) for hit in hits)
    for utterance, places in utterances(answer.statements):
        copies = copies_line(places, answer, seen)
        yield _utterance(utterance, seen, width, copies)


def _above_style(answer: Answer) -> str:
    """The colour of a verdict beyond doubt; one that is likely at most has that of neither right nor wrong."""
    if answer.plain_verdict:
        return _SHADES[SHADES[answer.plain_verdict]]
    return _WORDS if answer.verdict else _FACT


def _difference(differing: Iterable[Part]) -> RenderableType:
    """A quotation as given, their other words struck out and the story's beside them, with what the two look like."""
    shown = Text(" ").join(Text(in_signs(part.words), style=_MARKS[part.mark]) for part in differing)
    legend = Text.assemble(("theirs", _MARKS["theirs"]), " ", ("the story’s", _MARKS["story's"]), style="dim")
    return Group(shown, legend)


def _count(answer: Answer, story: Story) -> int:
    return sum(1 for statement in answer.statements if statement.story == story.id)


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
    story, span = seen.versions[hit.passage.story, hit.passage.version], hit.passage.span
    words = Text(in_signs(seen.passage(hit)))
    for mark in answer.marks:
        if mark.story == story.id and mark.span.overlaps(span):
            whole = whole_words(mark.span, story.text)
            words.stylize(_WORDS, max(0, whole.start - span.start), min(whole.end, span.end) - span.start)
    line = where_words(hit.passage.paragraph, story)
    return Group(words, Padding(Text(in_signs(line), style=_ATTRIBUTION), (0, 0, 0, 2)))


def _abstention(result: Abstention, seen: Seen, width: int) -> Iterator[RenderableType]:
    why = _WHY if result.quotation is None else _SHADES["nothing"]
    yield Text(in_signs(reason_sentence(result, stories=seen.held)), style=why)
    nearest = [said for said, _ in utterances(result.nearest)][:MOST_NEAREST]
    if nearest:
        yield Text("The nearest that was said:")
        yield from (_utterance(utterance, seen, width) for utterance in nearest)
    step = next_step(result)
    if step:
        yield Text(in_signs(step), style=_FACT)


def _spaced(blocks: Iterable[RenderableType]) -> Iterator[RenderableType]:
    for number, block in enumerate(blocks):
        if number:
            yield Text()
        yield block
