"""Refusals, each with its reason, the nearest that the stories do say, and questions that would get an answer."""

from collections.abc import Sequence

from bot.answers import Abstention, Reason, Talk
from bot.kinds.desk import Desk
from bot.kinds.offering import near_speakers, perhaps_theirs, saying_what_they_said, sure_speakers
from bot.questions.question import bare_words
from index.story import Hit, Speaker, Statement

_NEAREST = 3
_OFFERED = 2
_LOOKED_AT = 20


def not_about_the_story(desk: Desk, talk: Talk | None = None) -> Abstention:
    """For greetings, errands and the like: what could be asked."""
    return Abstention(desk.question, Reason.NOT_ABOUT_THE_STORY, choices=starters(desk), talk=talk)


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


def not_quoted(desk: Desk, name: str, topic: str | None, passages: Sequence[Hit], story: str) -> Abstention:
    """For somebody whom a story mentions, but who says nothing in it; that is not said where words may be theirs."""
    perhaps = tuple(perhaps_theirs(desk, name, story))
    if perhaps:
        return not_on_topic(desk, (), topic, perhaps, passages, name=name)
    return Abstention(
        desk.question,
        Reason.MENTIONED_NOT_QUOTED,
        passages=tuple(passages),
        choices=(f"what do the stories say about {name}?",),
        name=name,
        topic=topic,
    )


def nobody(
    desk: Desk, name: str, topic: str | None, passages: Sequence[Hit], close: Sequence[Speaker] = ()
) -> Abstention:
    """For a name that no story has; those with a similar name are offered, and nobody else."""
    offered = saying_what_they_said(close, desk.limits.choices)
    return Abstention(
        desk.question,
        Reason.NO_SUCH_SPEAKER,
        tuple(close),
        passages=tuple(passages),
        choices=offered,
        name=name,
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
    near = speakers or near_speakers(desk, topic or desk.question, tuple(nearest)[:_NEAREST])
    return Abstention(
        desk.question,
        Reason.NOT_IN_STORY,
        tuple(speakers),
        nearest=tuple(nearest)[:_NEAREST],
        passages=tuple(passages),
        choices=saying_what_they_said(near, _OFFERED),
        name=name,
        topic=topic,
    )


def no_such_words(
    desk: Desk, quotation: str, speakers: Sequence[Speaker], passages: Sequence[Hit], *, slight: bool = False
) -> Abstention:
    """For a quotation that stands nowhere; what those said who were to have said it is the nearest.

    Of one that is too `slight` to be looked for it can be asked who said it.
    """
    words = bare_words(quotation)
    asked = (f"who said {' '.join(words)}?",) if slight and words else ()
    return Abstention(
        desk.question,
        Reason.NOT_IN_STORY,
        tuple(speakers),
        nearest=desk.said_by(speakers)[:_NEAREST] if speakers else (),
        passages=tuple(passages),
        choices=(*asked, *saying_what_they_said(speakers, _OFFERED)),
        quotation=quotation,
        slight=slight,
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
        choices=saying_what_they_said(near_speakers(desk, topic or desk.question, nearest), _OFFERED),
        topic=topic,
        confidence=confidence,
    )


def starters(desk: Desk, most: int = 3) -> tuple[str, ...]:
    """Questions that the first story at hand with anybody quoted does answer: what those said who say most in it."""
    for story in desk.stories()[:_LOOKED_AT]:
        found = sure_speakers(desk, story, most)
        if found:
            return saying_what_they_said(found, most)
    return ()
