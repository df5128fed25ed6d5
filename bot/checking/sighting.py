"""Where a quotation was found in a story, how it stands there, and in whose mouth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bot.answers import Comparison, Step, Verdict
from bot.checking.altering import Altered, find_altered
from bot.checking.folded import Given, Words, denials_in, keys_of, weight_of
from bot.checking.judging import (
    Wording,
    is_denied_before,
    is_near,
    is_same_name,
    name_beside,
    no_before,
    no_behind,
    says_no_around,
    wording,
)
from bot.checking.spoken import Found, Piece, Spoken, Stream, find_in
from index.story import Span, Statement, Story

_LEAST_TOLD = 3
"""Words of the reporter's that are more than chance."""
_HEAVY_ENOUGH = 1.5
_LEAD = 400
"""Code points before quoted words in which a denial may lead up to them."""
_EXACT_ENOUGH = 32
_MARKS = tuple("“\"‘'„«»")
_RANKS: dict[Verdict, float] = {
    "exact": 7, "trimmed": 6, "denied": 5, "other-speaker": 4, "changed": 3, "reporter": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place in a story where a quotation stands, or nearly. `share` is how much of it does."""

    story: Story
    verdict: Verdict
    span: Span
    statements: tuple[Statement, ...]
    steps: tuple[Step, ...]
    share: float = 1.0
    turned: bool = False

    @property
    def rank(self) -> tuple[float, float, bool, int]:
        """What says most comes first: right words before altered ones, a statement's before nobody's, and of one
        within another the inner one."""
        length = sum(len(statement.span) for statement in self.statements)
        return _RANKS[self.verdict], round(self.share, 3), bool(self.statements), -length

    def compared(self, given: Given, whose: str | None) -> Comparison:
        """The quotation beside the story's words."""
        apart = [step for step in self.steps if not step.same]
        changed = sum(_words_in(step, given.text, self.story.text) for step in apart)
        theirs = _denials(given.text, (step.given for step in apart))
        ours = _denials(self.story.text, (step.stored for step in apart))
        return Comparison(
            given.text, self.story.id, self.story.version, self.steps, whose, changed, self.turned,
            left_out=_only_in(ours, theirs), put_in=_only_in(theirs, ours),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claimed:
    """Whose the words are to be: the ids that the name fits. No name claims nothing."""

    name: str | None = None
    speakers: frozenset[str] = frozenset()

    def is_theirs(self, statement: Statement) -> bool:
        """Whether a statement may be of whoever was named; so may be one that the story leaves open."""
        return self.name is None or statement.speaker is None or statement.speaker in self.speakers


def sightings(story: Story, spoken: Spoken, given: Given, claimed: Claimed) -> Iterator[Sighting]:
    """Every place where the quotation stands in a story word for word, what was left out with a mark aside."""
    is_said = False
    for layer in spoken.layers:
        for found in find_in(layer, given):
            how = wording(story.text, spoken.words, given, found)
            if how is not None:
                is_said = True
                yield _said(story, spoken, given, found, how, claimed)
    if not is_said and len(given.keys) >= _LEAST_TOLD and sum(map(weight_of, given.keys)) >= _HEAVY_ENOUGH:
        for found in find_in(spoken.written, given):
            written = _written(story, spoken, given, found, claimed)
            if written is not None:
                yield written


def altered_sightings(story: Story, spoken: Spoken, given: Given, claimed: Claimed) -> Iterator[Sighting]:
    """The places where nearly these words stand in somebody's mouth."""
    parted = any(gap.joint == "ellipsis" for gap in given.gaps)
    for layer in spoken.layers:
        for near in find_altered(layer, given.keys, parted=parted):
            if is_near(story.text, spoken.words, given, near):
                statements = _statements(layer.pieces[near.first : near.after])
                steps = tuple(_altered_steps(spoken.words, given, near))
                ours = all(claimed.is_theirs(one) for one in statements)
                span = _span(spoken.words, layer, near.first, near.after)
                yield Sighting(
                    story, "changed", span, statements, steps, near.share * near.density * (1 if ours else 0.9)
                )


def _said(story: Story, spoken: Spoken, given: Given, found: Found, how: Wording, claimed: Claimed) -> Sighting:
    statements = _statements(found.pieces)
    verdict: Verdict = how
    if any(_is_denied(story.text, spoken.words, piece) for piece in found.pieces):
        verdict = "denied"
    elif not statements and claimed.name is not None:
        verdict = _by_the_cue(story.text, spoken.words, found.pieces[0], how, claimed)
    elif how in ("exact", "trimmed") and not all(map(claimed.is_theirs, statements)):
        verdict = "other-speaker"
    span, steps = _span(spoken.words, found.stream, found.first, found.after), _steps(spoken.words, given, found)
    cut = _cut_off(story.text, spoken.words, found) if how == "changed" else ([], [])
    return Sighting(story, verdict, span, statements, (*cut[0], *steps, *cut[1]), turned=how == "changed")


def _is_denied(text: str, words: Words, piece: Piece) -> bool:
    """Whether a story has some words as denied or never said: by its statement, or the sentence that leads to them."""
    span = words.span(piece.first, piece.after)
    if piece.denied:
        return piece.statement is None or says_no_around(text, piece.statement.span)
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _LEAD)
    before = text[start : span.start]
    return before.rstrip("[( ")[-1:] in _MARKS and is_denied_before(before)


def _by_the_cue(text: str, words: Words, piece: Piece, how: Wording, claimed: Claimed) -> Verdict:
    """The verdict on quoted words that no statement has, by the name that stands beside them, if there is one."""
    name = name_beside(text, words.span(piece.first, piece.after))
    if name is None:
        return "reporter"
    return how if is_same_name(name, claimed.name or "") else "other-speaker"


def _cut_off(text: str, words: Words, found: Found) -> tuple[list[Step], list[Step]]:
    """The "not" right before the words given, or right behind them, where that is what turns their sense."""
    stream = found.stream
    before, behind = no_before(text, words, stream, found.first), no_behind(text, words, stream, found.after)
    leading = [Step(None, _span(words, stream, before, found.first), same=False)] if before is not None else []
    trailing = [Step(None, _span(words, stream, behind, behind + 1), same=False)] if behind is not None else []
    return leading, trailing


def _words_in(step: Step, given: str, text: str) -> int:
    """How many words a step has: of some set beside others the more of both."""
    return max(
        len(keys_of(step.given.of(given))) if step.given else 0,
        len(keys_of(step.stored.of(text))) if step.stored else 0,
    )


def _denials(text: str, spans: Iterable[Span | None]) -> list[str]:
    """The words of denial in some stretches of a text."""
    return denials_in(key for span in spans if span for key in keys_of(span.of(text)))


def _only_in(some: Sequence[str], others: Sequence[str]) -> str | None:
    """A word of denial that makes some more than the others are, so that the sense is another one."""
    return next((word for word in some if word not in others), some[0]) if len(some) > len(others) else None


def _written(story: Story, spoken: Spoken, given: Given, found: Found, claimed: Claimed) -> Sighting | None:
    """Words as they are written, whoever's: a sentence pasted with its cue is its speaker's, else they are the
    reporter's, with the statement that tells them."""
    first, after = found.stream.numbers[found.first], found.stream.numbers[found.after - 1] + 1
    steps, span = tuple(_steps(spoken.words, given, found)), spoken.words.span(first, after)
    told = spoken.told(first, after)
    cued = _cued(spoken, first, after)
    if told is None and cued:
        ours = all(map(claimed.is_theirs, cued))
        return Sighting(story, "trimmed" if ours else "other-speaker", span, cued, steps)
    statements = (told.statement,) if told and told.statement else ()
    if told is None and len(found.runs) > 1 and any(layer.touching(first, after) for layer in spoken.layers):
        return None  # pieces of several people, or of one and the reporter, are no quotation of either
    return Sighting(story, "denied" if told and told.denied else "reporter", span, statements, steps)


def _cued(spoken: Spoken, first: int, after: int) -> tuple[Statement, ...]:
    """The statements of one speaker that fill most of a stretch which has their cue in it too."""
    inside = [piece for layer in spoken.layers[:1] for piece in layer.touching(first, after) if piece.statement]
    own = sum(first <= number < after for piece in inside for number in piece.numbers)
    said, whole = _statements(inside), spoken.words.span(first, after)
    one = len({statement.speaker for statement in said}) == 1
    cue = any(whole.overlaps(statement.cue.span) for statement in said if statement.cue)
    return said if one and cue and 2 * own >= after - first else ()


def _statements(pieces: Iterable[Piece | None]) -> tuple[Statement, ...]:
    return tuple(dict.fromkeys(piece.statement for piece in pieces if piece and piece.statement))


def _span(words: Words, stream: Stream, first: int, after: int) -> Span:
    numbers = [number for number in stream.numbers[first:after] if number >= 0]
    return words.span(min(numbers), max(numbers) + 1)


def _stretches(words: Words, numbers: Sequence[int]) -> Iterator[tuple[int, Span]]:
    """Words of a story as stretches of the text, one for each that nothing parts there, with how many words it has."""
    own = [number for number in numbers if number >= 0]
    ends = [at for at in range(1, len(own) + 1) if at == len(own) or own[at] != own[at - 1] + 1]
    for start, end in pairwise((0, *ends)):
        yield end - start, words.span(own[start], own[end - 1] + 1)


def _steps(words: Words, given: Given, found: Found) -> Iterator[Step]:
    """The runs as they stand, and between them what was left out of one speaker's words, with a mark or without."""
    for number, (run, (start, end)) in enumerate(zip(given.runs, found.runs, strict=True)):
        if number:
            yield from _left_out(words, given, found, number)
        yield from _same_words(words, run.places, found.stream.numbers[start:end])


def _same_words(words: Words, places: Sequence[Span], numbers: Sequence[int]) -> Iterator[Step]:
    first = 0
    for size, stored in _stretches(words, numbers):
        yield Step(Span(places[first].start, places[first + size - 1].end), stored, same=True)
        first += size


def _left_out(words: Words, given: Given, found: Found, number: int) -> Iterator[Step]:
    gap, end, start = given.gaps[number - 1], found.runs[number - 1][1], found.runs[number][0]
    if gap.joint == "cue" or found.literal[number - 1]:
        return
    put_in = gap.place if gap.joint == "bracket" else None
    swallowed = _first_stretch(words, found.stream.numbers[end:start])
    if put_in or swallowed:
        yield Step(put_in, swallowed, same=False)


def _altered_steps(words: Words, given: Given, near: Altered) -> Iterator[Step]:
    """The blocks that are the same, and between them the words given beside those of the story: before the first and
    behind the last as many of its speaker's as were given others for."""
    places, numbers = given.places, near.stream.numbers
    at, reached = 0, near.first - _own(reversed(numbers[max(near.first - near.blocks[0][0], 0) : near.first]))
    for start, own, size in near.blocks:
        yield from _other_words(words, places[at:start], numbers[reached:own])
        yield from _same_words(words, places[start : start + size], numbers[own : own + size])
        at, reached = start + size, own + size
    after = reached + _own(numbers[reached : reached + len(places) - at])
    yield from _other_words(words, places[at:], numbers[reached:after])


def _own(numbers: Iterable[int]) -> int:
    """How many words come before somebody else's."""
    return sum(1 for _ in takewhile(lambda number: number >= 0, numbers))


def _other_words(words: Words, places: Sequence[Span], numbers: Sequence[int]) -> Iterator[Step]:
    given, stored = Span(places[0].start, places[-1].end) if places else None, _first_stretch(words, numbers)
    if given or stored:
        yield Step(given, stored, same=False)


def _first_stretch(words: Words, numbers: Sequence[int]) -> Span | None:
    return next((span for _, span in _stretches(words, numbers)), None)


def best_of(found: Iterable[Sighting]) -> Sighting | None:
    """The sighting that says most; of several that say the same the first.

    After so many of somebody's exact words no more is looked at: what comes then can only stand in fewer words.
    """
    best: Sighting | None = None
    exact = 0
    for one in found:
        if best is None or one.rank > best.rank:
            best = one
        exact += one.verdict == "exact" and bool(one.statements)
        if exact == _EXACT_ENOUGH:
            break
    return best
