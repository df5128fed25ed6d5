"""Questions about the stories as a whole: what one is about, which of them speak of something, who speaks in them."""

from collections import Counter
from dataclasses import replace

from bot.answering import abstaining
from bot.answering.asked import Asked
from bot.answering.desk import Desk
from bot.answering.facts import find_about, find_fact
from bot.answering.matching import Wording, has_content
from bot.answering.names import core
from bot.answering.offices import answer_office
from bot.answering.statements import answer_said
from bot.answering.text import sentences
from bot.answers import Answer, Result
from index.reading.header import about_spans
from index.story import Hit, Passage, Span, Story

_SPEAKERS_SHOWN = 100
_STORIES_SHOWN = 10


def answer_summary(desk: Desk, asked: Asked) -> Result:
    """The sentence that each story opens with; of one story, or the one about a topic, its first three paragraphs."""
    stories = desk.stories()
    if len(stories) > 1 and has_content(asked.topic):
        story = desk.story_about(asked.topic or "")
        if story is None:
            return abstaining.not_in_story(desk, topic=asked.topic)
        stories = (story,)
    if not stories:
        return abstaining.not_in_story(desk)
    if len(stories) == 1:
        passages = _openings(stories[0], 3)
    else:
        passages = [opening for story in stories[-_STORIES_SHOWN:] for opening in _openings(story, 1)]
    return Answer(desk.question, "summary", passages=tuple(passages))


def _openings(story: Story, most: int) -> list[Hit]:
    """The story's first paragraphs with a sentence in them, title lines and bylines left out; or its first line."""
    found: list[Hit] = []
    about = about_spans(story.text)
    number = -1
    at = 0
    for line in story.text.splitlines(keepends=True):
        start, at = at, at + len(line)
        if not line.strip():
            continue
        number += 1
        if any(span.covers(Span(start, at)) for span in about):
            continue
        first = next(iter(sentences(line)), None)
        if first is None or len(first) < 40 or (story.title and line.strip(" .") == story.title.strip(" .")):
            continue
        span = Span(start + first.start, start + first.end)
        found.append(Hit(Passage(story.id, story.version, span, number), 1.0 / (1 + len(found))))
        if len(found) == most:
            break
    return found or _first_line(story)


def _first_line(story: Story) -> list[Hit]:
    line = story.text.strip().split("\n", 1)[0].rstrip()
    at = story.text.find(line)
    return [Hit(Passage(story.id, story.version, Span(at, at + len(line)), 0), 1.0)] if line else []


def answer_speakers(desk: Desk, asked: Asked) -> Result:
    """Everybody who speaks within scope, those with the most words first, unnamed sources last."""
    counts = Counter(s.speaker for s in desk.ordered(desk.statements()) if s.speaker)
    people = [speaker for speaker in desk.speakers() if counts[speaker.id]]
    if not people:
        return abstaining.not_in_story(desk)
    people.sort(key=lambda speaker: (not speaker.named, -counts[speaker.id]))
    return Answer(desk.question, "speakers", tuple(people[:_SPEAKERS_SHOWN]))


def answer_stories(desk: Desk, asked: Asked) -> Result:
    """The stories that speak of something, those that do so most first; without a topic, the newest ones.

    Where one story was chosen, which outlets or papers did something is a question of fact about it.
    """
    stories = desk.stories()
    if desk.story is not None and has_content(asked.topic):
        return find_fact(desk, asked.text)
    if not has_content(asked.topic):
        newest = list(stories)[::-1][:_STORIES_SHOWN]
        return Answer(desk.question, "stories", passages=tuple(hit for story in newest for hit in _openings(story, 1)))
    topic = asked.topic or ""
    meant = desk.meant(topic)
    hits = _one_each(desk.searching(topic, limit=40))
    texts = {hit.passage.story: desk.shelf.story(hit.passage.story).text for hit in hits}
    wording = Wording(topic, texts)
    kept = tuple(hit for hit in hits if wording.share(texts[hit.passage.story]) >= 0.99)
    if len(meant.speakers) == 1 and meant.sure:
        said = desk.said_by(meant.speakers)
        first = tuple({s.story: s for s in reversed(said)}.values())[::-1]
        return Answer(
            desk.question, "stories", meant.speakers, first[:_STORIES_SHOWN], kept[:_STORIES_SHOWN], topic=topic
        )
    if not kept or not core(topic):
        return abstaining.not_in_story(desk, passages=hits[: desk.limits.passages], topic=topic)
    return Answer(desk.question, "stories", passages=kept[: desk.limits.passages], topic=topic)


def _one_each(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The best passage of each story."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.passage.story, hit)
    return tuple(best.values())


def answer_about(desk: Desk, asked: Asked) -> Result:
    """What the stories say of a thing; of what somebody probably thinks, their own words if they have any on it."""
    said = answer_said(desk, replace(asked, wanted="said", loose=True)) if asked.who else None
    if isinstance(said, Answer):
        return said
    return find_about(desk, " ".join(part for part in (asked.who, asked.topic) if part))


def answer_fact(desk: Desk, asked: Asked) -> Result:
    """A plain question of fact; one about somebody whom the turn before named is asked with the name."""
    if asked.who:
        return replace(find_fact(desk.within(question=asked.text), asked.text), question=desk.question)
    return answer_office(desk, asked.text) or find_fact(desk, asked.text)
