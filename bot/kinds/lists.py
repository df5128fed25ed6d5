"""The stories as a whole: what one is about, which of them speak of something, and who speaks in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from bot.answers import Answer, Result
from bot.kinds import abstaining
from bot.kinds.desk import Desk, told_by
from bot.kinds.people import meant_by
from index.language import stems_of
from index.reading import about_spans
from index.search import passages_of
from index.story import Hit, Passage, Span, Story

T = TypeVar("T")
_SPEAKERS_SHOWN = 100
_STORIES_SHOWN = 10
_LEAST = 40  # code points of a sentence that a story can open with


def answer_summary(desk: Desk, topic: str | None = None) -> Result:
    """The sentence that each story opens with; of one story, or the one about a topic, its first three paragraphs."""
    stories = desk.stories()
    if len(stories) > 1 and topic and told_by(topic):
        story = desk.story_about(topic)
        stories = (story,) if story else ()
    if not stories:
        return abstaining.not_in_story(desk, topic=topic)
    if len(stories) == 1:
        return Answer(desk.question, "summary", passages=tuple(_openings(stories[0], 3)))
    passages = [opening for story in stories[-_STORIES_SHOWN:] for opening in _openings(story, 1)]
    return Answer(desk.question, "summary", passages=tuple(passages))


def answer_speakers(desk: Desk, topic: str | None = None) -> Result:
    """Everybody who speaks within scope, or in the story about a topic, those with the most words first, unnamed
    sources last."""
    story = desk.story_about(topic) if topic and len(desk.stories()) > 1 else None
    desk = desk.within(story=story.id) if story else desk
    counts = Counter(one.speaker for one in desk.ordered(desk.statements()) if one.speaker)
    people = [speaker for speaker in desk.speakers() if counts[speaker.id]]
    if not people:
        return abstaining.not_in_story(desk)
    people.sort(key=lambda speaker: (not speaker.named, -counts[speaker.id]))
    return Answer(desk.question, "speakers", tuple(people[:_SPEAKERS_SHOWN]))


def answer_stories(desk: Desk, topic: str | None = None) -> Result:
    """The stories that speak of something or in which somebody of that name does; without a topic, the newest ones."""
    if not topic:
        latest = desk.stories()[::-1]
        newest = sorted(latest, key=lambda story: story.date or date.min, reverse=True)[:_STORIES_SHOWN]
        if not newest:
            return abstaining.not_in_story(desk)
        return Answer(desk.question, "stories", passages=tuple(hit for story in newest for hit in _openings(story, 1)))
    hits = one_each(desk.searching(topic, limit=40), lambda hit: hit.passage.story)
    wanted = set(stems_of(topic))
    kept = tuple(hit for hit in hits if wanted <= set(stems_of(desk.shelf.story(hit.passage.story).text)))
    meant = meant_by(desk, topic)
    if meant.sure and len(meant.speakers) == 1:
        said = desk.said_by(meant.speakers)
        first = one_each(said, lambda one: one.story)[:_STORIES_SHOWN]
        return Answer(desk.question, "stories", meant.speakers, first, kept[:_STORIES_SHOWN], topic=topic)
    if not kept or not wanted:
        return abstaining.not_in_story(desk, passages=hits[: desk.limits.passages], topic=topic)
    return Answer(desk.question, "stories", passages=kept[: desk.limits.passages], topic=topic)


def one_each(found: Iterable[T], story_of: Callable[[T], str]) -> tuple[T, ...]:
    """The first of each story, in their order."""
    first: dict[str, T] = {}
    for one in found:
        first.setdefault(story_of(one), one)
    return tuple(first.values())


def _openings(story: Story, most: int) -> list[Hit]:
    """The first sentence of each of the story's first paragraphs, titles and bylines left out; or its first line."""
    about = about_spans(story.text, story.title)
    found: dict[int, Hit] = {}
    for passage in passages_of(story):
        words = passage.span.of(story.text)
        is_title = bool(story.title) and words.strip(" .") == (story.title or "").strip(" .")
        if passage.paragraph in found or len(words) < _LEAST or is_title or any(s.covers(passage.span) for s in about):
            continue
        found[passage.paragraph] = Hit(passage, 1.0 / (1 + len(found)))
        if len(found) == most:
            break
    return list(found.values()) or _first_line(story)


def _first_line(story: Story) -> list[Hit]:
    line = story.text.strip().split("\n", 1)[0].rstrip()
    at = story.text.find(line)
    return [Hit(Passage(story.id, story.version, Span(at, at + len(line)), 0), 1.0)] if line else []
