"""Who said something, or is for or against it: each speaker with the words that show it, likeliest first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import Result
from bot.kinds.desk import Desk, told_by
from bot.kinds.fact import from_sentences, is_refused
from bot.kinds.judged import Judged, Scored
from bot.kinds.said import by_speaker, refusal, shown, with_others
from bot.questions.question import Question
from index.language import stems_of
from index.ranking.linking import letters_of
from index.story import Statement

_ENOUGH_WORDS = 4  # of a claim that stands in a statement word by word
_NEAR = {"who-said": 0.3, "stance": 0.02}
"""Of the best statement's probability that another speaker's needs: of 41 questions for who is for or against
something, over stories not looked at, the first ten then show 52 % of what was wanted (from 0.1 on 49)."""


def answer_who_said(desk: Desk, asked: Question, judged: Judged) -> Result:
    """Everybody who said it with their words, the sentence that tells it, or a refusal."""
    verbatim = _verbatim(desk, asked, judged)
    if verbatim:
        return shown(desk, asked, judged, verbatim, desk.about_people(verbatim), "who-said")
    if is_refused(desk, asked, judged):
        return refusal(desk, asked, judged)
    leading = judged.leading()
    if leading is None:
        return from_sentences(desk, asked, judged)
    said = _on_topic(desk, asked, [one for one in judged.scored if one.statement.speaker])
    kept = by_speaker(said, _NEAR.get(asked.kind, 0.5) * max(one.chance for one in said))
    kept = with_others(kept, said)
    speakers = dict.fromkeys(one.statement.speaker for one in kept if one.statement.speaker)
    people = [judged.voices[key] for key in speakers if key in judged.voices]
    return shown(desk, asked, judged, [one.statement for one in kept], people, "who-said")


def _on_topic(desk: Desk, asked: Question, said: Sequence[Scored]) -> Sequence[Scored]:
    """What is said in the stories that have every word of the topic, where there are some: the judge weighs sentences
    for how they answer, and lets what is on something else through. What leads stays, whatever its story."""
    wanted = told_by(asked.topic or "")
    if not wanted or len({one.statement.story for one in said}) < 2:
        return said
    texts = desk.texts([one.statement for one in said])
    on_it = {story for story, text in texts.items() if wanted <= set(stems_of(text))} or set(texts)
    return [one for at, one in enumerate(said) if not at or one.statement.story in on_it]


def _verbatim(desk: Desk, asked: Question, judged: Judged) -> list[Statement]:
    """The statements that have just the words asked, the shortest first, where these are enough to be nobody else's."""
    words = letters_of(asked.slots.get("words") or "")
    if len(words) < _ENOUGH_WORDS:
        return []
    texts = desk.texts([one.statement for one in judged.scored])
    wanted = f" {' '.join(words)} "
    every = [one.statement for one in judged.scored if one.statement.speaker]
    said = [(one, " ".join(letters_of(one.span.of(texts[one.story])))) for one in every]
    found = sorted((one for one, own in said if wanted in f" {own} "), key=lambda one: len(one.span))
    passed_on = _passing_on(found)
    return [one for at, one in enumerate(found) if at not in passed_on]


def _passing_on(found: Sequence[Statement]) -> set[int]:
    """The places of those that only pass on another's words, a statement of an earlier place that stands inside them.

    The shortest come first. In one pass from each story's end to its beginning: what stands inside a statement begins
    with it or after it, so that what ends first of this, and first of another speaker's, tells.
    """
    passing: set[int] = set()
    first: dict[str, dict[str | None, int]] = {}  # by story: the two speakers whose words end first, and where
    for at in sorted(range(len(found)), key=lambda at: (-found[at].span.start, found[at].span.end, at)):
        one = found[at]
        ends = first.setdefault(one.story, {})
        if any(end <= one.span.end for speaker, end in ends.items() if speaker != one.speaker):
            passing.add(at)
        ends[one.speaker] = min(one.span.end, ends.get(one.speaker, one.span.end))
        if len(ends) > 2:
            del ends[max(ends, key=ends.__getitem__)]
    return passing
