"""Who said something, or is for or against it: each speaker with the words that show it, likeliest first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import Result
from bot.kinds.desk import Desk, told_by
from bot.kinds.fact import from_sentences, is_refused
from bot.kinds.judged import Judged, Scored, judge
from bot.kinds.said import BEHIND, answer_said, by_speaker, refusal, shown, with_others
from bot.questions.question import Question
from index.language import stems_of
from index.ranking import SLIP, letters_of, links_of
from index.story import Statement

_ENOUGH_WORDS = 4  # of a claim that stands in a statement word by word
_NEAR = {"who-said": 0.3, "stance": 0.02}
"""Of the best statement's probability that another speaker's needs: of 41 questions for who is for or against
something, over stories not looked at, the first ten then show 52 % of what was wanted (from 0.1 on 49)."""
_WITHIN, _ELSEWHERE = 5.0, 3.0
"""How far behind the best words another speaker's may be where everybody's are asked for: in the story that tells the
most of it, and in others. Of 30 such questions over ten of our own 144 stories (30 over ten more, not chosen by) the
speakers shown are right for 48 in 100 and complete for 40 (45 and 35); without it for 35 and 14 (22 and 8)."""
_ANYBODY = 0.05  # the probability of said-about from which a question read as one of stance asks what anybody said


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
    statements = _their_own([one.statement for one in with_others(kept, said)])
    speakers = dict.fromkeys(one.speaker for one in statements if one.speaker)
    people = [judged.voices[key] for key in speakers if key in judged.voices]
    return shown(desk, asked, judged, statements, people, "who-said")


def answer_said_about(desk: Desk, asked: Question, judged: Judged) -> Result:
    """What somebody said on something; where nobody is named, everybody's best words on it, each speaker once."""
    return _everybodys(desk, asked, judged) or answer_said(desk, asked, judged)


def answer_stance(desk: Desk, asked: Question, judged: Judged) -> Result:
    """Who is for or against something; or everybody's words on it, where that may be what is asked."""
    anybody = asked.kinds.get("said-about", 0.0) >= _ANYBODY
    return (anybody and _everybodys(desk, asked, judged)) or answer_who_said(desk, asked, judged)


def _everybodys(desk: Desk, asked: Question, judged: Judged) -> Result | None:
    """The best words of each who speaks on something, in the story that answers best, all of which is weighed, and in
    others that have all words of it; None where somebody is named, that story has not all of them, or it tells them in
    nobody's words."""
    if asked.who or asked.context or not judged.hits or _names_somebody(asked, judged):
        return None
    best = judged.hits[0].passage.story
    wanted = told_by(asked.topic or "")
    if not wanted or not _has(desk, best, wanted):
        return None
    there = judge(desk.within(story=best), asked.text)
    if not any(one.score >= there.hits[0].score - BEHIND for one in _within(0, there.scored)):
        return None  # it is told by the reporter
    elsewhere = [one for one in _within(_ELSEWHERE, judged.scored) if one.statement.story != best]
    on_it = {one for one in {one.statement.story for one in elsewhere} if _has(desk, one, wanted)} | {best}
    kept: dict[str, Statement] = {}
    for one in (*_within(_WITHIN, there.scored), *elsewhere):
        if one.statement.story in on_it:
            kept.setdefault(one.statement.speaker or "", one.statement)
    voices = {**judged.voices, **there.voices}
    people = [voices[key] for key in kept if key in voices]
    return shown(desk, asked, there, list(kept.values()), people, "who-said") if kept else None


def _within(most: float, scored: Sequence[Scored]) -> list[Scored]:
    """What is said by somebody, unless it is too far behind the best of it."""
    said = [one for one in scored if one.statement.speaker]
    return [one for one in said if one.score >= said[0].score - most]


def _has(desk: Desk, story: str, wanted: frozenset[str]) -> bool:
    """Whether a story has all of some words, in its title or its text."""
    held = desk.shelf.story(story)
    return wanted <= set(stems_of(f"{held.title or ''}\n{held.text}"))


def _names_somebody(asked: Question, judged: Judged) -> bool:
    """Whether the question names somebody who speaks, other than as what it is about."""
    about = links_of(asked.topic or "", judged.voices.values())
    return any(link.name >= SLIP for key, link in judged.links.items() if key not in about)


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
    return _their_own(sorted((one for one, own in said if wanted in f" {own} "), key=lambda one: len(one.span)))


def _their_own(statements: Sequence[Statement]) -> list[Statement]:
    """Statements without those that only pass on another's words, which are among them: of 13 answers to 2,371 held-out
    questions that lose some so, 12 were looked at as better, and one as worse."""
    shortest = sorted(statements, key=lambda one: len(one.span))
    passing = {id(shortest[at]) for at in _passing_on(shortest)}
    return [one for one in statements if id(one) not in passing]


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
