"""A result as plain text: what a person is shown where there is no colour or layout, and the "text" of the JSON; and as
the blocks that it is made of, in the order in which they are read, which the terminal draws in its own way.

A block holds values and addresses, no words of stories: those are read out when it is drawn. Words that stand between
quotation marks in plain text are the story's, character for character, line breaks included.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.answers import Abstention, Answer, Comparison, Result
from bot.rendering.checks import SHADES, Shade, bracketed, parts
from bot.rendering.seen import Seen, lists_stories
from bot.rendering.sentences import heading, nearest_line, next_step, part_sentence, question_line, reason_sentence
from bot.rendering.utterances import Utterance, spoken, utterance_line, utterances
from bot.rendering.wording import (
    origin_words,
    published_words,
    speaker_words,
    stories_line,
    where_words,
    whole_quotations,
)
from index.story import Hit, Story

MOST_SHOWN = 2
Tone = Shade | Literal["likely", "found", "why", "told", "note"]
"""What lines are: a verdict, one that is only likely, what was found, why there is nothing, what is known, an aside."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences of our own and names, a line each."""

    tone: Tone
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said at once, and where else it stands, as a line."""

    utterance: Utterance
    copies: str | None = None


@dataclass(frozen=True, slots=True)
class Stories:
    """Stories, each with how many of its statements there are."""

    stories: tuple[tuple[Story, int], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as it stands in its story, of the answer that may have marked words in it."""

    hit: Hit
    answer: Answer


Block: TypeAlias = Lines | Said | Stories | Passage | Comparison


def blocks(result: Result, seen: Seen) -> Iterator[Block]:
    """The whole result; of several questions the answers one after the other, each under its own."""
    if isinstance(result, Abstention):
        yield from _refused(result, seen)
    elif result.apart:
        for part in result.apart:
            yield Lines("why", (question_line(part),))
            yield from blocks(part, seen)
    else:
        yield from _above(result)
        yield from _found(result, seen)


def _refused(result: Abstention, seen: Seen) -> Iterator[Block]:
    yield Lines("why" if result.quotation is None else "nothing", (reason_sentence(result, stories=seen.held),))
    nearest = [said for said, _ in utterances(result.nearest)][:MOST_SHOWN]
    if nearest:
        yield Lines("note", (nearest_line(result),))
        yield from map(Said, nearest)
    if step := next_step(result):
        yield Lines("found", (step,))


def _above(answer: Answer) -> Iterator[Block]:
    if above := heading(answer):
        likely: Tone = "likely" if answer.verdict else "found"
        yield Lines(SHADES[answer.plain_verdict] if answer.plain_verdict else likely, (above,))
    if answer.compared and not all(step.same for step in answer.compared.steps):
        yield answer.compared


def _found(answer: Answer, seen: Seen) -> Iterator[Block]:
    if answer.form == "speakers":
        yield Lines("told", tuple(map(speaker_words, answer.speakers)))
    elif answer.form == "stories":
        stories = _stories_of(answer, seen)
        if lists_stories(answer):
            yield Lines("note", (stories_line(len(stories), seen.held, seen.outlets),))
        counted = [story.id for said in answer.statements for story in (seen.newest[said.story],)]
        yield Stories(tuple((story, counted.count(story.id)) for story in stories))
    elif answer.part:
        stories = _stories_of(answer, seen)
        yield Lines("found", tuple(part_sentence(answer.part, one, alone=len(stories) == 1) for one in stories))
    else:
        yield from _words(answer, seen)


def _words(answer: Answer, seen: Seen) -> Iterator[Block]:
    """The words that answer a question of fact, and what was said, or else the passages."""
    if answer.marks:
        yield Lines("found", (" … ".join(dict.fromkeys(seen.marked(mark) for mark in answer.marks)),))
    if not answer.spoken:
        yield from (Passage(hit, answer) for hit in shown_passages(answer, seen.story_of))
    for utterance, places in utterances(answer.spoken):
        copies = [origin_words(seen.story(copy)) for place, copy in answer.folded if place in places]
        yield Said(utterance, "also in " + "; ".join(dict.fromkeys(copies)) if copies else None)


def shown_passages(answer: Answer, story_of: Callable[[Hit], Story | None]) -> tuple[Hit, ...]:
    """The passages to show: those that hold marked words, or else the best few; none ends within a quotation."""
    if answer.form in ("stories", "summary"):
        return whole_quotations(answer.passages, story_of)
    marked = [
        hit
        for hit in answer.passages
        if any(hit.passage.story == mark.story and hit.passage.span.overlaps(mark.span) for mark in answer.marks)
    ]
    return whole_quotations(tuple(marked) or answer.passages[:MOST_SHOWN], story_of)


def _stories_of(answer: Answer, seen: Seen) -> tuple[Story, ...]:
    """The stories that an answer points at, best first, each once."""
    ids = [hit.passage.story for hit in answer.passages] + [statement.story for statement in answer.statements]
    return tuple(seen.newest[story_id] for story_id in dict.fromkeys(ids))


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
