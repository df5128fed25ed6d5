"""Questions in a story's own words, made of its statements: did she say that, who did, what did she say about it.

Whoever writes questions to teach with avoids the words of the story, so that those which have them are mostly left open
there; but people who ask know no better words than the story's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from index.language.words import EMPTY_WORDS, plain_words
from index.story import Speaker, Statement, Story

PLAIN = "plain"  # the name of the set
OWN_WORDS_OF = ("asks", "news", "news-2", "news-3", "news-5", "news-6", "news-7")
"""The sets about whose stories they are: all but those that have theirs in common with these, and our own."""
OF_EACH = 2  # questions of a kind about one story
_SURE = 0.8  # the confidence from which a statement is asked about
_WORDS = range(4, 16)  # in what is asked about
_MARKS = "\"“”‘’'.,;:!?…"  # around words
_INSIDE = frozenset('\n“”"')  # what no clause has in it
_SELF = frozenset("i we me us my our you your".split())
_VERBS = frozenset("is are was were has have had will would could can should may might does did must".split())
_DID = (
    "did {who} say {words}?", "did {who} say that {words}", "has {who} said {words}?", "does {who} say {words}",
    "{who} said {words}, right?", "is it true that {who} said {words}?", "did {who} really say {words}",
)  # fmt: skip
_WHO = "who said {words}?", "who says {words}", "who said that {words}?", "who was it that said {words}"
_ABOUT = (
    "what did {who} say about {words}?", "{who} on {words}", "what does {who} say about {words}",
    "{who} about {words}?",
)  # fmt: skip


def plain_lines(story: Story, speakers: Sequence[Speaker], statements: Sequence[Statement]) -> Iterator[dict[str, Any]]:
    """Lines as those of question sets, the same for a story every time: a yes or a no to what somebody said or denied,
    the same asked of somebody else (who did not say it), who said it, and what somebody said about something."""
    chance = random.Random(story.id)  # noqa: S311  nothing secret
    people = {one.id: one for one in speakers if one.named and one.kind in ("person", "organisation")}
    sure = [one for one in statements if one.speaker in people and one.confidence >= _SURE and not one.relay]
    asked = [(one, words) for one in sure if (words := _clause(story, one))]
    for number, (one, words) in enumerate(chance.sample(asked, min(len(asked), 4 * OF_EACH))):
        speaker = people[one.speaker or ""]
        kind = number % 4
        rest = [other for key, other in people.items() if key != one.speaker]
        if kind == 0 or (kind == 1 and not rest):
            verdict = "no" if one.cue and one.cue.stance == "denies" else "yes"
            yield _line(story, number, "whether", _DID, _called(speaker, chance), words, chance, [one], verdict)
        elif kind == 1:
            yield _line(story, number, "whether", _DID, _called(chance.choice(rest), chance), words, chance, [])
        elif kind == 2:
            yield _line(story, number, "who-said", _WHO, "", words, chance, [one])
        else:
            topic = max((word.strip(_MARKS) for word in words.split()), key=len)
            about = [s for s in sure if s.speaker == one.speaker and topic.lower() in s.span.of(story.text).lower()]
            yield _line(story, number, "said-about", _ABOUT, _called(speaker, chance), topic, chance, about or [one])


def _clause(story: Story, one: Statement) -> str:
    """The words of a statement, where they are a clause that somebody else can say again; else nothing."""
    words = one.span.of(story.text).strip().strip(_MARKS)
    first, _, rest = words.removeprefix("that ").partition(" ")
    said = f"{first.lower() if first.lower() in EMPTY_WORDS else first} {rest}"
    parts = frozenset(plain_words(said))
    sound = len(said.split()) in _WORDS and parts & _VERBS and not parts & _SELF and _INSIDE.isdisjoint(said)
    return said if sound else ""


def _called(speaker: Speaker, chance: random.Random) -> str:
    """A name or the last word of it."""
    return speaker.name if speaker.kind != "person" or chance.random() < 0.4 else speaker.name.split()[-1]


def _line(story: Story, number: int, kind: str, forms: Sequence[str], who: str, words: str, chance: random.Random,
          told: Sequence[Statement], verdict: str | None = None) -> dict[str, Any]:  # fmt: skip
    line = {
        "id": f"{story.id}-plain-{number}", "set": PLAIN, "story": story.id, "kind": kind, "answerable": bool(told),
        "question": chance.choice(forms).format(who=who, words=words),
        "evidence": [{"start": one.span.start, "end": one.span.end} for one in told],
    }  # fmt: skip
    return {**line, "verdict": verdict} if verdict else line
