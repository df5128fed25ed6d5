"""Refusals, each with its reason, the nearest that the stories do say, and questions that would get an answer."""

from collections.abc import Sequence

from bot.answering.desk import Desk
from bot.answering.people import Meant
from bot.answers import Abstention, Reason
from index.story import Hit, Speaker, Statement

_NEAREST = 3


def not_about_the_story(desk: Desk) -> Abstention:
    """For greetings, errands and the like: what could be asked."""
    return Abstention(desk.question, Reason.NOT_ABOUT_THE_STORY, choices=starters(desk))


def several(desk: Desk, name: str | None, speakers: Sequence[Speaker], topic: str | None = None) -> Abstention:
    """For a name, or a "she", that several people fit: which of them."""
    about = f" about {topic}" if topic else ""
    choices = tuple(f"what did {speaker.name} say{about}?" for speaker in speakers)
    return Abstention(
        desk.question,
        Reason.SEVERAL_SPEAKERS_MATCH,
        tuple(speakers),
        choices=choices[: desk.limits.choices],
        name=name,
        topic=topic,
    )


def not_quoted(desk: Desk, meant: Meant, topic: str | None, passages: Sequence[Hit]) -> Abstention:
    """For somebody whom a story mentions, but who says nothing in it."""
    return Abstention(
        desk.question,
        Reason.MENTIONED_NOT_QUOTED,
        passages=tuple(passages),
        choices=starters(desk, meant.story or _story_of(passages)),
        name=meant.name,
        topic=topic,
    )


def nobody(desk: Desk, meant: Meant, topic: str | None, passages: Sequence[Hit]) -> Abstention:
    """For a name that no story has; those with a similar name are offered first."""
    choices = tuple(f"what did {speaker.name} say?" for speaker in meant.close)
    offered = tuple(dict.fromkeys((*choices, *starters(desk, _story_of(passages)))))[: desk.limits.choices]
    return Abstention(
        desk.question,
        Reason.NO_SUCH_SPEAKER,
        meant.close,
        passages=tuple(passages),
        choices=offered,
        name=meant.name,
        topic=topic,
    )


def not_on_topic(
    desk: Desk,
    speakers: Sequence[Speaker],
    topic: str | None,
    nearest: Sequence[Statement],
    passages: Sequence[Hit],
    name: str | None = None,
) -> Abstention:
    """For somebody who is quoted, though never on this."""
    name = name or (speakers[0].name if speakers else None)
    choices = _what_they_said(speakers)
    return Abstention(
        desk.question,
        Reason.NOT_IN_STORY,
        tuple(speakers),
        nearest=tuple(nearest)[:_NEAREST],
        passages=tuple(passages),
        choices=choices or starters(desk, _story_of(passages, nearest)),
        name=name,
        topic=topic,
    )


def no_such_words(desk: Desk, quotation: str, speakers: Sequence[Speaker], passages: Sequence[Hit]) -> Abstention:
    """For a quotation that stands nowhere; what those said who were to have said it is the nearest."""
    return Abstention(
        desk.question,
        Reason.NOT_IN_STORY,
        tuple(speakers),
        nearest=desk.said_by(speakers)[:_NEAREST] if speakers else (),
        passages=tuple(passages),
        choices=_what_they_said(speakers),
        quotation=quotation,
    )


def not_in_story(
    desk: Desk,
    nearest: Sequence[Statement] = (),
    passages: Sequence[Hit] = (),
    topic: str | None = None,
    confidence: float = 1.0,
) -> Abstention:
    """For what no story says."""
    return Abstention(
        desk.question,
        Reason.NOT_IN_STORY,
        desk.about_people(tuple(nearest)[:_NEAREST]),
        nearest=tuple(nearest)[:_NEAREST],
        passages=tuple(passages),
        choices=starters(desk, _story_of(passages, nearest)),
        topic=topic,
        confidence=confidence,
    )


def _what_they_said(speakers: Sequence[Speaker]) -> tuple[str, ...]:
    return tuple(f"what did {speaker.name} say?" for speaker in speakers[:2] if speaker.named)


def _story_of(passages: Sequence[Hit], nearest: Sequence[Statement] = ()) -> str | None:
    """The story that came nearest to a question."""
    return next((s.story for s in nearest), None) or next((hit.passage.story for hit in passages), None)


def starters(desk: Desk, story: str | None = None, most: int = 3) -> tuple[str, ...]:
    """Questions that the stories at hand do answer: what the people who say most in one of them said.

    It is the story that came nearest, or else the first.
    """
    stories = desk.stories()
    if not stories:
        return ()
    about = story or stories[0].id
    counts: dict[str, int] = {}
    for statement in desk.shelf.statements(about):
        if statement.speaker:
            counts[statement.speaker] = counts.get(statement.speaker, 0) + 1
    named = [speaker for speaker in desk.shelf.speakers(about) if speaker.named and counts.get(speaker.id)]
    if not named and about != stories[0].id:
        return starters(desk, most=most)
    named.sort(key=lambda speaker: -counts[speaker.id])
    return tuple(f"what did {speaker.name} say?" for speaker in named[:most])
