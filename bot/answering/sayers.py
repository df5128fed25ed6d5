"""Who said something, in other words than theirs: the speakers, likeliest first, each with the words that show it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.answering import abstaining
from bot.answering.acts import HARD_ACTS, STANCES, done_in_cue, done_in_stance, done_in_words, is_not_said
from bot.answering.asked import Asked
from bot.answering.desk import Desk, alongside
from bot.answering.facts import find_fact
from bot.answering.folding import fold
from bot.answering.matching import Fit, Wording, fits, has_content, is_negated
from bot.answering.names import core
from bot.answering.text import stem, stems, words
from bot.answering.verbs import families
from bot.answers import Answer, Result
from index.statements.cues import find_verb
from index.statements.overlaps import Overlaps
from index.story import Statement

_ACT_BONUS = 0.2  # for a cue or words that show the act asked about ("called on", "should")
_NAMED_PENALTY = 0.2  # for a speaker whom the words themselves speak of ("who said Clinton should …")
_FOUND_PENALTY = 0.05  # for what a study found, which is said only in a manner of speaking
_PLAINLY = 0.6  # the share of the words asked from which the best statement says it outright, and
_SAID_AS_MUCH = 0.4  # the part of that share that others must then have too
_MOST_LOOKED_AT = 2_000  # statements that are gone through for everybody who denied anything
_ANYTHING = frozenset(stems("comment anybody anyone somebody answer question reporters"))
_SEARCHED = 12  # stories looked into where the question is put to a whole library


def answer_who_said(desk: Desk, asked: Asked, without: Collection[str] = ()) -> Result:
    """Everybody who said it, or a refusal with whoever came nearest; `without` are ids of speakers to leave out."""
    if asked.act in STANCES and not (has_content(asked.words) and set(stems(asked.words or "")) - _ANYTHING):
        return _all_who_did(desk, asked)
    if not has_content(asked.words):
        return find_fact(desk, asked.text)
    found = ranked_fits(desk, asked)
    chosen = _whole_utterances(desk, [s for s in _said_it(desk, asked, found) if s.speaker not in without])
    if not chosen:
        nearest = [fit.statement for _, fit in found if fit.statement.speaker not in without]
        denied = bool(nearest) and is_not_said(nearest[0])
        return _not_said(desk, asked, nearest, confident=bool(without) or denied)
    kept, folded = fold(desk, chosen[: desk.limits.statements])
    people = desk.about_people(kept)
    return Answer(
        desk.question,
        "who-said",
        people,
        tuple(kept),
        alongside(desk, kept, lead=False),
        topic=asked.words,
        folded=folded,
        confidence=kept[0].confidence,
    )


def _said_it(desk: Desk, asked: Asked, found: list[tuple[float, Fit]]) -> list[Statement]:
    """The statements that come near enough to the words, and to the best of them."""
    ranked = _shown_to_act(desk, asked, found)
    margin = desk.limits.who_margin
    if ranked and ranked[0] != found[0] and is_not_said(found[0][1].statement):
        ranked = [row for row in ranked if row[0] >= margin * found[0][0]]
    if not ranked:
        return []
    threshold, best = max(desk.limits.who_score, margin * ranked[0][0]), ranked[0][1].within
    said_as_much = _SAID_AS_MUCH * best if best >= _PLAINLY else 0.0
    return [fit.statement for score, fit in ranked if score >= threshold and fit.within >= said_as_much]


def _not_said(desk: Desk, asked: Asked, nearest: Sequence[Statement], *, confident: bool) -> Result:
    """Nobody is known to have said it: a fact, if the stories tell it in their own words, or a refusal."""
    fact = find_fact(desk, asked.text)
    if isinstance(fact, Answer) and not confident:
        return replace(fact, marks=()) if asked.act in HARD_ACTS else fact  # no words may stand for whoever did it
    return abstaining.not_in_story(desk, nearest, fact.passages, topic=asked.words)


def ranked_fits(desk: Desk, asked: Asked) -> list[tuple[float, Fit]]:
    """The statements within scope by how well they fit the words, best first."""
    statements = _candidates(desk, asked.words or "")
    negated = True if asked.act == "denies" else None
    wording = Wording(asked.words or "", desk.texts(statements), negated=negated)
    named = set(core(asked.words or ""))
    people = {speaker.id: speaker for speaker in desk.about_people(statements)}
    about = {i for i, speaker in people.items() if core(speaker.name) and core(speaker.name)[-1] in named}
    rows = []
    for fit in _without_relayed(fits(desk.shelf, wording, statements)):
        score = fit.score - (_NAMED_PENALTY if fit.statement.speaker in about else 0.0)
        score -= _FOUND_PENALTY if _is_finding(fit.statement, wording) else 0.0
        rows.append((score + _act_bonus(asked, fit, wording), fit))
    rows.sort(key=lambda row: (-row[0], row[1].statement.span.start))
    return rows


def _is_finding(statement: Statement, wording: Wording) -> bool:
    """Whether the words are told as something found out: "the study found"."""
    cue = statement.cue.span.of(wording.texts[statement.story]) if statement.cue else ""
    verb = find_verb(cue)
    return verb is not None and verb.use == "find"


def _act_bonus(asked: Asked, fit: Fit, wording: Wording) -> float:
    """More for a statement whose cue or words show the act, where the question names one and the topic fits too."""
    if not asked.act or fit.around < 0.3:
        return 0.0
    text = wording.texts[fit.statement.story]
    cue = fit.statement.cue
    if cue and asked.act == "denies" and cue.stance == "denies":
        return 2 * _ACT_BONUS
    heard = (cue.span.of(text) if cue else "") + " " + fit.statement.span.of(text)
    shown = families()[asked.act] & {stem(word.text) for word in words(heard)}
    return _ACT_BONUS if shown else 0.0


def _shown_to_act(desk: Desk, asked: Asked, ranked: list[tuple[float, Fit]]) -> list[tuple[float, Fit]]:
    """Only statements that show the act where it is one that must be shown, and no words that were not said.

    Where the words asked are no more than a name ("who supports Sessions?"), the cue itself has to show it.
    """
    if asked.act != "denies":
        negated = is_negated(asked.words or "") or asked.act == "declines"
        ranked = [(score, fit) for score, fit in ranked if negated or not is_not_said(fit.statement)]
    names = {token for speaker in desk.speakers(asked.words) for token in core(speaker.name)}
    is_name = not set(core(asked.words or "")) - names
    if not asked.act or not (is_name or asked.act in HARD_ACTS):
        return ranked
    statements = [fit.statement for _, fit in ranked]
    shown = set((done_in_cue if is_name else done_in_words)(asked.act, statements, desk.texts(statements)))
    return [(score, fit) for score, fit in ranked if fit.statement in shown]


def _all_who_did(desk: Desk, asked: Asked) -> Result:
    """Everybody who denied or declined anything, where nothing in particular was asked about."""
    every = desk.ordered(desk.statements())[:_MOST_LOOKED_AT]
    shown = [s for s in done_in_stance(asked.act, every) if s.speaker]
    if not shown:
        return find_fact(desk, asked.text)
    kept, folded = fold(desk, shown[: desk.limits.statements])
    return Answer(desk.question, "who-said", desk.about_people(kept), tuple(kept), alongside(desk, kept, lead=False),
                  folded=folded)  # fmt: skip


def _whole_utterances(desk: Desk, chosen: Sequence[Statement]) -> list[Statement]:
    """The statements, each with the other pieces of its utterance behind it."""
    pieces: dict[tuple[str, int, str | None], list[Statement]] = {}
    for story in dict.fromkeys(one.story for one in chosen):
        for said in desk.shelf.statements(story):
            pieces.setdefault((story, said.attribution, said.speaker), []).append(said)
    kept: dict[Statement, None] = {}
    for one in chosen:
        kept[one] = None
        kept |= dict.fromkeys(pieces.pop((one.story, one.attribution, one.speaker), ()))
    return list(kept)


def _without_relayed(found: Sequence[Fit]) -> list[Fit]:
    """The fits without those that only pass on what somebody else says inside them ("CNN reports that Franken …")."""
    in_story: dict[str, list[Fit]] = {}
    for one in found:
        in_story.setdefault(one.statement.story, []).append(one)
    near = {story: Overlaps(fits, lambda fit: fit.statement.span) for story, fits in in_story.items()}
    return [
        one
        for one in found
        if one.within == 0
        or not any(
            other.statement.speaker != one.statement.speaker
            and other.statement.span != one.statement.span
            and one.statement.span.covers(other.statement.span)
            and other.within >= 0.9 * one.within
            for other in near[one.statement.story].of(one.statement.span)
        )
    ]


def _candidates(desk: Desk, asked: str) -> tuple[Statement, ...]:
    """All statements of the chosen story, or those of the stories that a search for the words finds."""
    if desk.story is not None:
        return desk.statements()
    stories = desk.stories()
    if len(stories) > _SEARCHED:
        ids = dict.fromkeys(hit.passage.story for hit in desk.searching(asked, limit=40))
    else:
        ids = dict.fromkeys(story.id for story in stories)
    return tuple(s for story in list(ids)[:_SEARCHED] for s in desk.shelf.statements(story))


def without_relayers(statements: Sequence[Statement]) -> list[Statement]:
    """The statements without those that only pass on another one of them ("CNN reports that Franken asked …")."""
    return [
        one
        for one in statements
        if not any(
            other.speaker != one.speaker
            and other.story == one.story
            and one.span.covers(other.span)
            and one.span != other.span
            and (len(other.span) > 0.3 * len(one.span))
            for other in statements
        )
    ]
