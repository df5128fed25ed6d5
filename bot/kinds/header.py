"""Questions about a story itself: when it appeared, where, who wrote it, what it is called, where it was filed."""

from dataclasses import replace
from datetime import date

from bot.answers import Answer, Mark, Part, Result
from bot.kinds import abstaining
from bot.kinds.desk import Desk, told_by
from index.reading import days_in
from index.search import MAX_PASSAGE
from index.statements import find_paragraphs
from index.story import Hit, Passage, Span, Story

_HEAD = 1_000  # code points at a story's start in which what is known about it may stand
_STORIES = 10


def answer_header(desk: Desk, part: Part, topic: str | None = None) -> Result:
    """What is known about the story meant, or about each of a few."""
    known = [story for story in _meant(desk, topic) if getattr(story, part) is not None]
    if not known:
        return abstaining.not_in_story(desk)
    found = [(story, _standing(story, part)) for story in known]
    hits = tuple(_line_of(story, span) for story, span in found)
    marks = tuple(Mark(story.id, span) for story, span in found if span is not None)
    return Answer(desk.question, "header", passages=hits, marks=marks, part=part)


def of_story(desk: Desk, part: Part, before: Result) -> Result:
    """The same about the story that the result before came from."""
    shown = before.statements if isinstance(before, Answer) else before.nearest
    story = shown[0].story if shown else before.passages[0].passage.story if before.passages else desk.story
    return replace(answer_header(desk.within(story=story), part), question=desk.question)


def _meant(desk: Desk, topic: str | None) -> tuple[Story, ...]:
    """The one story at hand, the one that is about the topic, or the newest few."""
    stories = desk.stories()
    if len(stories) > 1 and topic and told_by(topic):
        story = desk.story_about(topic)
        return (story,) if story else ()
    return tuple(sorted(stories, key=lambda story: story.date or date.min, reverse=True))[:_STORIES]


def _standing(story: Story, part: Part) -> Span | None:
    """Where the story's own text has it, near its start."""
    head = story.text[:_HEAD]
    if part == "date":
        return next((span for day, span in days_in(head) if day == story.date), None)
    words: str | None = getattr(story, part)
    at = head.find(words) if words else -1
    return Span(at, at + len(words)) if words and at >= 0 else None


def _line_of(story: Story, span: Span | None) -> Hit:
    """The line that holds a span, as a passage; the story's first line where there is none."""
    lines = find_paragraphs(story.text[: 2 * _HEAD]) or (Span(0, 0),)
    number = next((at for at, line in enumerate(lines) if span is not None and line.covers(span)), 0)
    line = lines[number]
    end = min(line.end, max(span.end if span else 0, line.start + MAX_PASSAGE))
    return Hit(Passage(story.id, story.version, Span(line.start, end), number), 1.0)
