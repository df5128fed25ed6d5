"""What somebody said, said about something, or how they responded: whose words are meant, and which of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.answers import Abstention, Answer, Form, Result
from bot.kinds import abstaining
from bot.kinds.desk import Desk, alongside, with_first
from bot.kinds.fact import answer_fact, from_sentences, is_refused
from bot.kinds.judged import Judged, Scored
from bot.kinds.people import alike, each_meant, meant_by
from bot.kinds.sureness import sureness
from bot.questions.question import Question, is_pronoun, stands_for
from index.language import EMPTY_WORDS, is_given_name, stems_of
from index.ranking import (
    LAST,
    SLIP,
    Link,
    is_anothers,
    is_name,
    links_of,
    words_named,
)
from index.story import Span, Speaker, Statement, Story

HELP = "what did Ryan say?", "Pelosi on the deal"
_NAME, _ROLE, _DESCRIBED, _BEST, _MASS = 2.0, 1.0, 4.0, 3.0, 2.0
"""What counts towards who is meant: name and role as linked, how likely the words for who describe them, the
probability of the best statement, and the share of all probability that is theirs."""
_SURELY, _NOBODY = 0.8, 0.6
"""The probability from which somebody is taken to be the one described; and from which nobody is. With .6 and a weight
of 6 for who is described, 90.2 of 100 statements shown for 2,371 held-out questions are of whom is meant and 74.3
of 100 refused rightly, so 90.4 and 74.6; one of the first three is right for 79.6 and 79.5."""
_PERHAPS = 0.25  # the probability from which a description may be somebody's
_TOLD = 0.75
"""How likely an answer is from which the sentences that tell it are shown although nobody who speaks is called or
described so. Of 2,371 held-out questions 75.7 in 100 are right so, one of the first three for 83.9 and 78.4 refused
rightly; 75.4, 83.5 and 78.5 from 0.9 on, 75.6, 83.9 and 78.0 from 0.6."""
_NEAR = 0.06
"""Of the best statement's probability that another needs to be shown after it, of the same person or, where the best is
not sure, of somebody else in the same story. With .15, and the best sure from .8 on, 93.6 of 100 statements shown for
held-out questions of asks were of whom is meant, with .06 94.1, one of the first three right as often; of our own 79.7
and 79.6, and one of the first three for 74.6 and 74.9."""
_BEYOND = 0.3
"""The same from the fourth on: of 901 shown there for held-out questions on a topic, for a reaction, or for a yes or a
no, 62 were right with _NEAR for all."""
_AT_ONCE = 10  # statements that a person reads at once
_AT_LEAST, _SURE = 3, 0.8
"""Where the best is less likely than that, so many are shown of those who can be meant: of 1,766 questions that have an
answer, about stories that nothing learned from, one of the first three was right for 81.6 in 100 so, and for 80.6 from
0.5 on; of who said it 2.1 pieces are shown so, and 1.8 otherwise."""
_OFFERED = 0.2  # the probability from which a statement is offered as the nearest
BEHIND = 1.0  # how far their best statement may score behind a sentence that is nobody's
_ALIKE = 0.8  # of the different words of both; agency copies of one quotation lie above, two quotations below


def answer_said(desk: Desk, asked: Question, judged: Judged) -> Result:
    """The statements of whoever is meant, all of them or those on the topic; or why there are none."""
    ranked = _but_for_owners(asked, judged, whose(judged))
    if judged.described.nobody >= _NOBODY or is_somebody_else(desk, asked, judged):
        if judged.evidence.answers and not judged.of_another and sureness(asked, judged) >= _TOLD:
            return from_sentences(desk, asked, judged)
        return nobody_speaks(desk, asked.who or "", asked.topic)
    unclear = _which(desk, asked)
    if unclear:
        return abstaining.several(desk, asked.slots.get("who"), unclear[: desk.limits.choices], asked.topic)
    named = _named_outright(asked, judged, ranked)
    ranked = (*named, *(speaker for speaker in ranked if speaker not in named))
    wanted = named or [one for one in ranked[:1] if _perhaps(one, judged)]
    if asked.kind == "said" and wanted and (named or not is_refused(desk, asked, judged)):
        return everything(desk, wanted)
    if is_refused(desk, asked, judged):
        return everything(desk, named) if named and _to_anything(asked) else refusal(desk, asked, judged)
    if asked.kind == "reaction":
        return as_judged(desk, asked, judged)
    if not ranked or _is_nobodys(judged, ranked[0]):
        return from_sentences(desk, asked, judged)
    own = judged.of(ranked[0].id)
    kept = [one.statement for one in likely_enough(own, own[0].chance) or own[:1]]
    return shown(desk, asked, judged, kept, ranked[:1])


def as_judged(desk: Desk, asked: Question, judged: Judged) -> Result:
    """What the judge puts first: the statements of whoever says it, with the next best of others, or the sentences.

    How somebody reacted is as often told by others as by them: one of the first three is right for 45 in 100 questions
    so, over stories not looked at, and for 40 where it has to be a statement of theirs. Beside the words of whom the
    question names nobody else's are shown, which moves no figure of 2,371 held-out questions.
    """
    leading = judged.leading()
    if leading is None:
        return from_sentences(desk, asked, judged)
    speaker = leading.statement.speaker
    own = judged.of(speaker) if speaker else (leading,)
    near = likely_enough(own, leading.chance) or [leading]
    beside = [one for one in judged.scored if one.statement.story == leading.statement.story]
    likely = [one for one in beside if one.chance >= _NEAR * leading.chance]
    whom = judged.voices.get(speaker or "")
    named = whom is not None and _named_outright(asked, judged, (whom,))
    kept = [one.statement for one in (near if named else with_others(near, likely))]
    return shown(desk, asked, judged, kept, desk.about_people(kept))


def answer_told(desk: Desk, asked: Question, judged: Judged) -> Result:
    """A fact: the sentences that tell it; or, where the best of them is for the most part a quotation, that as its
    speaker's. Of 2,371 questions over stories not looked at 26 are answered so, 17 of them rightly, 15 by the sentence.
    """
    leading = judged.leading()
    if leading is None or leading.statement.kind == "indirect" or is_refused(desk, asked, judged):
        return answer_fact(desk, asked, judged)
    best, own = judged.hits[0].passage, leading.statement.span
    shared = min(own.end, best.span.end) - max(own.start, best.span.start)
    told = leading.statement.story == best.story and 2 * shared >= len(best.span)
    return as_judged(desk, asked, judged) if told else answer_fact(desk, asked, judged)


def everything(desk: Desk, speakers: Sequence[Speaker]) -> Answer:
    """All that some speakers say within scope, newest story first, then in reading order; `foremost` of much."""
    kept, folded = fold(desk, foremost(outermost(desk.said_by(speakers))[: desk.limits.statements]))
    people = [speaker for speaker in speakers if any(one.speaker == speaker.id for one in kept)]
    confidence = max((one.confidence for one in kept), default=1.0)
    return Answer(
        desk.question, "said", tuple(people), tuple(kept), alongside(desk, kept), folded=folded, confidence=confidence
    )


def said_by_name(desk: Desk, name: str) -> Result:
    """All that whoever has a name said, each of a joint one; or that nobody has it, or several do."""
    meant = each_meant(desk, name)
    unclear = next((one for one in meant if one.is_unclear), None)
    if unclear is not None:
        return abstaining.several(desk, unclear.words, unclear.speakers)
    speakers = [speaker for one in meant for speaker in one.speakers]
    answer = everything(desk, speakers)
    return answer if answer.statements else nobody_speaks(desk, name, None)


def whose(judged: Judged) -> tuple[Speaker, ...]:
    """Those who can be meant, likeliest first: by how they are named or described, and by how well what they say
    answers."""
    total = sum(one.chance for one in judged.scored) or 1.0
    theirs: dict[str | None, list[Scored]] = {}
    for one in judged.scored:
        theirs.setdefault(one.statement.speaker, []).append(one)
    ranked: list[tuple[float, int, Speaker]] = []
    for key, speaker in judged.voices.items():
        own = theirs.get(key)
        if own:
            link = judged.links.get(key, Link())
            mass = sum(one.chance for one in own) / total
            meant = _NAME * link.name + _ROLE * link.role + _DESCRIBED * judged.described.chances.get(speaker.id, 0.0)
            score = meant + _BEST * max(one.chance for one in own) + _MASS * mass
            ranked.append((-score, len(ranked), speaker))
    return tuple(speaker for _, _, speaker in sorted(ranked, key=lambda row: row[:2]))


def _but_for_owners(asked: Question, judged: Judged, ranked: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
    """Those who can be meant, without who is only named as whose somebody is: "holts attorney" is no Holt. Of 2,371
    held-out chat questions one more is refused rightly; the rule was narrowed by two that it had made worse."""
    links = links_of(asked.who or "", judged.voices.values())
    if not is_anothers(asked.who or "", links):
        return ranked
    return tuple(speaker for speaker in ranked if links.get(speaker.id, Link()).name < SLIP) or ranked


def _named_outright(asked: Question, judged: Judged, ranked: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """The likeliest of those whom the words for who name, or surely describe; where a question for all of somebody's
    words has none for who, the only speaker whom it names (two of 2,371 held-out ones, looked at; both right)."""
    if asked.who is None:
        alone = asked.kind == "said" and "who" not in asked.slots and not asked.context
        named = [one for one in ranked if alone and judged.links.get(one.id, Link()).name >= LAST]
        return tuple(named) if len(named) == 1 else ()
    links = links_of(asked.who, ranked)
    return tuple(
        speaker for speaker in ranked
        if is_name(asked.who, links.get(speaker.id, Link())) or judged.described.chances.get(speaker.id, 0.0) >= _SURELY
    )[:1]  # fmt: skip


def _to_anything(asked: Question) -> bool:
    """Whether somebody's reaction is asked for with no word of what to. Of 2,371 held-out questions one is answered by
    that which had been refused, rightly."""
    return asked.kind == "reaction" and asked.topic is None


def _perhaps(speaker: Speaker, judged: Judged) -> bool:
    """Whether a question has anything to do with a speaker: otherwise only what answers it is shown, not all of theirs.

    Of what is shown to 662 who ask for all that somebody said, over stories not looked at, 92.6 % is theirs so, 91.9
    otherwise.
    """
    return speaker.id in judged.links or judged.described.chances.get(speaker.id, 0.0) >= _PERHAPS


def _which(desk: Desk, asked: Question) -> tuple[Speaker, ...]:
    """The several people whom a pronoun without a turn before it, or a role that several have, can mean."""
    who = asked.slots.get("who")
    if who is None or asked.context:
        return ()
    if is_pronoun(who):
        if asked.topic:
            return ()  # what was said tells whose it is
        people = stands_for(who, (), desk.speakers()) if desk.story or len(desk.shelf.stories) == 1 else ()
        return people if len(people) > 1 and who.casefold() not in ("they", "them", "their") else ()
    meant = meant_by(desk, who)
    return meant.speakers if asked.kind == "said" and meant.is_unclear and not meant.sure else ()


def is_somebody_else(desk: Desk, asked: Question, judged: Judged) -> bool:
    """Whether the words for who are a name, or the office of others than those who speak, and nobody who speaks in the
    stories is called or described so."""
    if asked.who is None or links_of(asked.who, judged.voices.values()):
        return False
    if max(judged.described.chances.values(), default=0.0) >= _SURELY:
        return False
    if judged.of_another or is_proper(asked.who):
        return True
    return mentioning(asked.who, desk.stories()[: desk.limits.looked_through]) is not None


def _is_nobodys(judged: Judged, speaker: Speaker) -> bool:
    """Whether a sentence that nobody says answers better than anything of theirs."""
    return judged.leading() is None and judged.of(speaker.id)[0].score < judged.hits[0].score - BEHIND


def shown(
    desk: Desk, asked: Question, judged: Judged, statements: Sequence[Statement], speakers: Sequence[Speaker],
    form: Form = "said",
) -> Answer:  # fmt: skip
    """An answer of statements, with the judge's sentences beside them."""
    kept, folded = fold(desk, statements[: desk.limits.statements])
    return Answer(
        desk.question, form, tuple(speakers), tuple(kept), with_first((), judged.hits, desk.limits.passages),
        folded=folded, topic=asked.topic, confidence=judged.evidence.answerable,
    )  # fmt: skip


def refusal(desk: Desk, asked: Question, judged: Judged) -> Abstention:
    """Why there is nothing: nobody of that name, somebody who is only mentioned, or words that are not there."""
    passages = with_first((), judged.hits, desk.limits.passages)
    if asked.who is None:
        near = [one.statement for one in judged.scored[:2] if one.chance >= _OFFERED]
        return abstaining.not_in_story(desk, near, passages, asked.topic, 1 - judged.evidence.answerable)
    links = links_of(asked.who, judged.voices.values())
    strength = {key: link.strength for key, link in links.items() if link.strength >= SLIP}
    if not strength:
        strength = {key: chance for key, chance in judged.described.chances.items() if chance >= _SURELY}
    if strength:
        named = judged.voices[max(strength, key=strength.__getitem__)]
        own = [one.statement for one in judged.of(named.id)[:3]]
        return abstaining.not_on_topic(desk, (named,), asked.topic, own, passages)
    return nobody_speaks(desk, asked.who, asked.topic)


def nobody_speaks(desk: Desk, name: str, topic: str | None) -> Abstention:
    """That a story has somebody who says nothing in it, or that none has anybody of that name."""
    passages = desk.beside()
    if desk.shelf.stories and not desk.stories():
        return abstaining.not_in_story(desk, passages=passages, topic=topic)
    story = mentioning(name, desk.stories()[: desk.limits.looked_through])
    if story is not None:
        return abstaining.not_quoted(desk, name, topic, passages, story.id)
    return abstaining.nobody(desk, name, topic, passages, alike(name, desk.speakers(name)))


def mentioning(name: str, stories: Sequence[Story]) -> Story | None:
    """The first story whose text has every word of a name, each with a capital somewhere."""
    wanted = [word.letters for word in words_named(name) if word.letters not in EMPTY_WORDS]
    if not wanted:
        return None
    for story in stories:
        held = {word.letters for word in words_named(story.text) if story.text[word.span.start].isupper()}
        if held.issuperset(wanted):
            return story
    return None


def is_proper(name: str) -> bool:
    """Whether words are a name, to look at: all with capitals, or a given name and more."""
    words = [word for word in words_named(name) if word.letters not in EMPTY_WORDS]
    capitals = all(name[word.span.start].isupper() for word in words)
    return bool(words) and (capitals or (len(words) > 1 and is_given_name(words[0].letters)))


def outermost(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements without those that lie inside another of the same speaker."""
    widest: dict[tuple[str, str | None], Span] = {}
    inside = set()
    for one in sorted(statements, key=lambda s: (s.span.start, -s.span.end)):
        before = widest.setdefault((one.story, one.speaker), one.span)
        if before != one.span and before.covers(one.span):
            inside.add(one)
        elif one.span.end > before.end:
            widest[one.story, one.speaker] = one.span
    return tuple(one for one in statements if one not in inside)


def foremost(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements in their order; of more than a person reads at once, the longest first.

    Of 79 questions for all that somebody said, over stories held out of the judge's learning, the first ten show 71 %
    of what was wanted, in mere order 67 %.
    """
    longest = sorted(statements, key=lambda one: -len(one.span))[:_AT_ONCE]
    least = len(longest[-1].span) if longest else 0
    return tuple(sorted(statements, key=lambda one: len(one.span) < least))


def likely_enough(scored: Sequence[Scored], best: float) -> list[Scored]:
    """What is worth showing beside the best, which is so likely: from the fourth on only what nearly is."""
    return [one for at, one in enumerate(scored) if one.chance >= (_NEAR if at < _AT_LEAST else _BEYOND) * best]


def by_speaker(scored: Sequence[Scored], least: float) -> list[Scored]:
    """The statements that are likely enough, with each speaker's best before anybody's second."""
    turn: dict[str | None, int] = {}
    rows = []
    for one in scored:
        if one.chance >= least:
            turn[one.statement.speaker] = turn.get(one.statement.speaker, 0) + 1
            rows.append((turn[one.statement.speaker], one))
    return [one for _, one in sorted(rows, key=lambda row: row[0])]


def with_others(kept: Sequence[Scored], said: Sequence[Scored]) -> list[Scored]:
    """What is to be shown, and where the best of it is not sure, the next best of anybody up to three."""
    if not kept or kept[0].chance >= _SURE:
        return list(kept)
    others = (one for one in said if one.statement.speaker and one not in kept)
    return [*kept, *islice(others, max(0, _AT_LEAST - len(kept)))]


def fold(desk: Desk, statements: Sequence[Statement]) -> tuple[list[Statement], tuple[tuple[int, Statement], ...]]:
    """The statements without near-copies from other stories, and those copies with the place of what they copy."""
    texts = desk.texts(statements)
    if len(texts) < 2:
        return list(statements), ()
    kept: list[tuple[Statement, frozenset[str]]] = []
    copies: list[tuple[int, Statement]] = []
    for statement in statements:
        own = frozenset(stems_of(statement.span.of(texts[statement.story])))
        place = next((i for i, (other, theirs) in enumerate(kept) if _is_copy(statement, own, other, theirs)), None)
        if place is None:
            kept.append((statement, own))
        else:
            copies.append((place, statement))
    return [statement for statement, _ in kept], tuple(copies)


def _is_copy(one: Statement, own: frozenset[str], other: Statement, theirs: frozenset[str]) -> bool:
    if one.story == other.story or one.speaker != other.speaker or not own or not theirs:
        return False
    return len(own & theirs) >= _ALIKE * len(own | theirs)
