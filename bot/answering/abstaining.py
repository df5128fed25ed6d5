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
        choices=starters(desk),
        name=meant.name,
        topic=topic,
    )


def nobody(desk: Desk, meant: Meant, topic: str | None, passages: Sequence[Hit]) -> Abstention:
    """For a name that no story has; those with a similar name are offered first."""
    choices = tuple(f"what did {speaker.name} say?" for speaker in meant.close)
    offered = tuple(dict.fromkeys((*choices, *starters(desk))))[: desk.limits.choices]
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
    choices = tuple(f"what did {speaker.name} say?" for speaker in speakers[:2])
    return Abstention(
        desk.question,
        Reason.NOT_IN_STORY,
        tuple(speakers),
        nearest=tuple(nearest)[:_NEAREST],
        passages=tuple(passages),
        choices=choices or starters(desk),
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
        choices=tuple(f"what did {speaker.name} say?" for speaker in speakers[:2]),
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
        choices=starters(desk),
        topic=topic,
        confidence=confidence,
    )


def starters(desk: Desk, most: int = 3) -> tuple[str, ...]:
    """Questions that the stories at hand do answer: what the people who say most in the first of them said."""
    stories = desk.stories()
    if not stories:
        return ()
    counts: dict[str, int] = {}
    for statement in desk.shelf.statements(stories[0].id):
        if statement.speaker:
            counts[statement.speaker] = counts.get(statement.speaker, 0) + 1
    named = [speaker for speaker in desk.shelf.speakers(stories[0].id) if speaker.named and counts.get(speaker.id)]
    named.sort(key=lambda speaker: -counts[speaker.id])
    return tuple(f"what did {speaker.name} say?" for speaker in named[:most])
