"""What somebody said: all of it, or about a topic, to somebody, at a time, or in an act such as denying."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answering import abstaining
from bot.answering.acts import HARD_ACTS, done_in_cue
from bot.answering.asked import Asked
from bot.answering.desk import Desk, alongside, with_first
from bot.answering.facts import find_about, find_fact
from bot.answering.folding import fold
from bot.answering.matching import Fit, Wording, fits, has_content
from bot.answering.names import core
from bot.answering.people import Meant, is_group_name
from bot.answering.roles import is_quoted, is_reported, may_speak
from bot.answering.text import is_stop, stems, words
from bot.answering.verbs import REPORTING
from bot.answers import Answer, Result
from index.story import Span, Speaker, Statement

_THINKING = frozenset(["think", "thinks", "thinking", "thought", "believe", "believes", "feel", "feels", "felt"])
_ASKS = re.compile(r"(?:who|whom|whose|what|when|where|which|why|how)\b", re.IGNORECASE)
_THE_TEXT = frozenset(
    [
        "story",
        "article",
        "piece",
        "report",
        "news",
        "text",
        "headline",
        "passage",
        "author",
        "writer",
        "reporter",
        "paper",
    ]
)


def answer_said(desk: Desk, asked: Asked) -> Result:
    """The statements of whoever is asked about, or why there are none."""
    if asked.everyone:
        return _everyone(desk, asked)
    name = asked.who or ""
    if {
        word.text.lower() for word in words(name) if not is_stop(word.text) or word.text.lower() in _THE_TEXT
    } <= _THE_TEXT:
        return find_about(desk, asked.topic) if asked.topic else find_fact(desk, asked.text)
    people = who_is_meant(desk, name)
    if isinstance(people, Meant):
        if not people.speakers:
            return _nobody_speaks(desk, asked, people)
        if is_unclear(people):
            return _ask_which(desk, people, asked)
        return statements_of(desk, asked, people.speakers)
    return _jointly(desk, asked, people)


def _jointly(desk: Desk, asked: Asked, people: Sequence[Speaker]) -> Result:
    """What each of several says to what was asked: the words of one do not measure those of another."""
    together = statements_of(desk, asked, people)
    each = [statements_of(desk, asked, (speaker,)) for speaker in people] if has_content(asked.topic) else []
    answers = [one for one in each if isinstance(one, Answer)]
    if len(answers) < 2:
        return together
    kept, folded = fold(desk, desk.ordered([s for one in answers for s in one.statements])[: desk.limits.statements])
    shown = tuple(speaker for speaker in people if any(s.speaker == speaker.id for s in kept))
    return replace(answers[0], speakers=shown, statements=tuple(kept), passages=alongside(desk, kept), folded=folded)


def who_is_meant(desk: Desk, name: str) -> Meant | tuple[Speaker, ...]:
    """Whom a name means; of a joint name ("Ryan and Pelosi") that nobody has as a whole, each of them who speaks."""
    meant = desk.meant(name)
    if meant.speakers and meant.sure:
        return meant
    parts = [part for part in name.replace(" & ", " and ").replace(", ", " and ").split(" and ") if part.strip()]
    if len(parts) < 2:
        return meant
    each = [desk.meant(part) for part in parts]
    whole = all(one.speakers for one in each)
    named = [_those_of(one) for one in each if one.speakers and (whole or one.sure)]
    if named:
        return tuple(dict.fromkeys(speaker for some in named for speaker in some))
    silent = [one for one in each if one.mentioned]
    together = " and ".join(one.name for one in silent)
    return Meant(together, mentioned=True, story=silent[0].story) if silent else meant


def _those_of(meant: Meant) -> tuple[Speaker, ...]:
    return meant.speakers if is_group_name(meant.name) else meant.speakers[:1]


def is_unclear(meant: Meant) -> bool:
    """Whether a name leaves open which of several persons is meant; groups of one name are taken together."""
    people = [speaker for speaker in meant.speakers if speaker.kind == "person"]
    return len(people) > 1 and not is_group_name(meant.name)


def _ask_which(desk: Desk, meant: Meant, asked: Asked) -> Result:
    """Several people fit: the one with words on the topic if only one has any, or else the question back."""
    if has_content(asked.topic):
        answers = [statements_of(desk, asked, (speaker,)) for speaker in meant.speakers[:4]]
        fitting = [answer for answer in answers if isinstance(answer, Answer)]
        if len(fitting) == 1:
            return fitting[0]
    return abstaining.several(desk, meant.name, meant.speakers, asked.topic)


def statements_of(desk: Desk, asked: Asked, speakers: Sequence[Speaker]) -> Result:
    """What these speakers say, narrowed to what was asked."""
    every = outermost(desk.said_by(speakers))
    if not every:
        return abstaining.not_on_topic(desk, speakers, asked.topic, (), desk.beside())
    kept: Sequence[Statement] = every
    topic = asked.topic
    if asked.addressee:
        kept, topic = _addressed(desk, asked, kept)
    if asked.act in HARD_ACTS:
        kept = done_in_cue(asked.act, kept, desk.texts(kept)) or (kept if asked.loose or topic else ())
        if not kept:
            return abstaining.not_on_topic(desk, speakers, asked.topic, every, alongside(desk, every[:1]))
    if has_content(topic):
        chosen, nearest = on_topic(desk, topic or "", speakers, kept)
        if not chosen:
            return _off_topic(desk, asked, speakers, nearest)
        kept = chosen
    if asked.detail == "to-whom":
        kept = [s for s in kept if s.addressee] or kept
    if asked.latest:
        kept = _latest(kept)
    folded_kept, folded = fold(desk, kept[: desk.limits.statements])
    people = [speaker for speaker in speakers if any(s.speaker == speaker.id for s in folded_kept)]
    confidence = max((s.confidence for s in folded_kept), default=1.0)
    shown_topic = topic if has_content(topic) else None
    return Answer(
        desk.question,
        "said",
        tuple(people),
        tuple(folded_kept),
        alongside(desk, folded_kept),
        topic=shown_topic,
        folded=folded,
        confidence=confidence,
    )


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


def on_topic(
    desk: Desk, topic: str, speakers: Sequence[Speaker], statements: Sequence[Statement]
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements about a topic, in reading order, and all of them by how near they come."""
    own_names = [token for speaker in speakers for token in core(speaker.name)]
    wording = Wording(topic, desk.texts(statements), without=own_names)
    found = fits(desk.shelf, wording, statements)
    limits = desk.limits
    chosen = {
        (fit.statement.story, fit.statement.attribution)
        for fit in found
        if fit.around >= limits.topic_share
        or fit.cosine >= limits.topic_cosine
        or fit.around + fit.cosine >= limits.topic_both
    }
    if chosen:
        chosen = _not_far_behind(found, chosen)
    nearest = tuple(fit.statement for fit in sorted(found, key=lambda fit: -fit.score))
    return tuple(s for s in statements if (s.story, s.attribution) in chosen), nearest


def _not_far_behind(found: Sequence[Fit], chosen: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Of those that pass, the ones that come near the best: a hint of the topic gives way to plain talk of it."""
    best = max(fit.around + fit.cosine for fit in found)
    near = {(fit.statement.story, fit.statement.attribution) for fit in found if fit.around + fit.cosine >= 0.5 * best}
    return chosen & near or chosen


def _addressed(desk: Desk, asked: Asked, statements: Sequence[Statement]) -> tuple[Sequence[Statement], str | None]:
    """The statements to an addressee; where nobody is noted as such, the addressee is part of the topic."""
    wanted = set(stems(asked.addressee or ""))
    texts = desk.texts(statements)
    heard = [
        s
        for s in statements
        if wanted & set(stems(" ".join((s.addressee or "", s.cue.span.of(texts[s.story]) if s.cue else ""))))
    ]
    if not wanted or heard:
        return heard or statements, asked.topic
    return statements, asked.topic or asked.addressee


def _latest(statements: Sequence[Statement]) -> Sequence[Statement]:
    return [s for s in statements if s.story == statements[0].story]


def _off_topic(desk: Desk, asked: Asked, speakers: Sequence[Speaker], nearest: Sequence[Statement]) -> Result:
    passages = desk.beside()
    return abstaining.not_on_topic(
        desk,
        speakers,
        asked.topic or asked.addressee,
        nearest,
        passages,
        name=speakers[0].name if len(speakers) == 1 else asked.who,
    )


def _nobody_speaks(desk: Desk, asked: Asked, meant: Meant) -> Result:
    """Nobody of that name speaks: a plain fact if the question may be one, or else a refusal."""
    is_thing = _is_a_thing(meant.name)
    if meant.role:
        return _reported(desk, asked, meant)
    if is_thing and asked.verb in _THINKING:
        return abstaining.not_quoted(desk, meant, asked.topic, desk.beside())
    if is_thing and asked.verb in REPORTING and may_speak(meant.name):
        return _reported(desk, asked, meant)
    if is_thing or (asked.loose and not (meant.mentioned and asked.topic is None)):
        is_asked = desk.context or asked.verb or _ASKS.match(asked.text)
        return find_fact(desk, asked.text) if is_asked else find_about(desk, asked.text)
    passages = desk.beside()
    if meant.mentioned:
        return abstaining.not_quoted(desk, meant, asked.topic, passages)
    if desk.shelf.stories and not desk.stories():
        return abstaining.not_in_story(desk, passages=passages, topic=asked.topic)
    return abstaining.nobody(desk, meant, asked.topic, passages)


def _reported(desk: Desk, asked: Asked, meant: Meant) -> Result:
    """What a story tells that they said who speak in none of its statements; nobody else's words stand for that."""
    fact = find_fact(desk, asked.text)
    texts = {hit.passage.story: desk.shelf.story(hit.passage.story).text for hit in fact.passages}
    topic = Wording(asked.topic or "", texts) if has_content(asked.topic) else None
    told = []
    for hit in fact.passages:
        words_ = hit.passage.span.of(texts[hit.passage.story])
        theirs = is_quoted(meant.name, words_) if meant.role else is_reported(meant.name, words_)
        if theirs and (topic is None or topic.share(words_) >= desk.limits.topic_share):
            told.append(hit)
    if isinstance(fact, Answer) and told:
        best = told[0].passage
        marks = tuple(m for m in fact.marks if m.story == best.story and best.span.covers(m.span))
        return replace(fact, passages=with_first(told, fact.passages, desk.limits.passages), marks=marks)
    if meant.role or any(_stands_in(text, meant.name) for text in texts.values()):
        return abstaining.not_quoted(desk, meant, asked.topic, fact.passages)
    return abstaining.nobody(desk, meant, asked.topic, fact.passages)


def _stands_in(text: str, name: str) -> bool:
    """Whether a text has a description word for word, its article left out."""
    bare = r"\s+".join(map(re.escape, name.split()[1:]))
    return bool(re.search(rf"(?<!\w){bare}(?!\w)", text, re.IGNORECASE))


def _is_a_thing(name: str) -> bool:
    """Whether a name is rather a description in lower case with an article: "the study", "the suspect's lawyer"."""
    listed = name.split()
    return (
        len(listed) > 1
        and listed[0].lower() in ("the", "a", "an", "his", "her", "their", "its", "one", "some", "this")
        and name[len(listed[0]) :].islower()
    )


def _everyone(desk: Desk, asked: Asked) -> Result:
    """What all of them said, or all of them about a topic."""
    every = [s for s in desk.ordered(desk.statements()) if s.speaker]
    every = every[:2_000]
    people = desk.about_people(every)
    if has_content(asked.topic):
        chosen, nearest = on_topic(desk, asked.topic or "", (), every)
        if not chosen:
            return abstaining.not_in_story(desk, nearest, desk.beside(), asked.topic)
        every, people = list(chosen), desk.about_people(chosen)
    if not every:
        return abstaining.not_in_story(desk, passages=desk.beside(), topic=asked.topic)
    kept, folded = fold(desk, every[: desk.limits.statements])
    return Answer(desk.question, "said", people, tuple(kept), alongside(desk, kept), topic=asked.topic, folded=folded)
