"""Whether a statement shows the act that a question names: that somebody denied it, backed it, warned of it."""

from collections.abc import Mapping, Sequence

from bot.answering.text import stem, words
from bot.answering.verbs import Act, families
from index.story import Stance, Statement

HARD_ACTS: frozenset[Act] = frozenset(
    {"denies", "asks", "promises", "warns", "admits", "accuses", "apologises", "predicts", "supports", "opposes"}
)
"""Acts that nobody may be said to have done whose words do not show it."""
_NOT_SAID: frozenset[Stance] = frozenset({"denies", "unsaid", "declines"})
STANCES: Mapping[Act, Stance] = {"denies": "denies", "asks": "asks", "declines": "declines"}


def is_not_said(statement: Statement) -> bool:
    """Whether these are words that the speaker denied, did not say or declined to say."""
    return statement.cue is not None and statement.cue.stance in _NOT_SAID


def done_in_stance(act: Act | None, statements: Sequence[Statement]) -> list[Statement]:
    """The statements that are known as such an act: denials, questions, refusals to say."""
    return [s for s in statements if s.cue and s.cue.stance == STANCES.get(act or "")]


def done_in_cue(act: Act | None, statements: Sequence[Statement], texts: Mapping[str, str]) -> list[Statement]:
    """The statements whose cue or stance shows the act."""
    return [s for s in statements if s.cue and _shows(act, s, s.cue.span.of(texts[s.story]))]


def done_in_words(act: Act | None, statements: Sequence[Statement], texts: Mapping[str, str]) -> list[Statement]:
    """The statements whose cue, stance or words show the act."""
    return [s for s in statements if _shows(act, s, f"{_cue(s, texts)} {s.span.of(texts[s.story])}")]


def _cue(statement: Statement, texts: Mapping[str, str]) -> str:
    return statement.cue.span.of(texts[statement.story]) if statement.cue else ""


def _shows(act: Act | None, statement: Statement, heard: str) -> bool:
    if statement.cue and statement.cue.stance == STANCES.get(act or ""):
        return True
    return bool(families().get(act or "", frozenset()) & {stem(word.text) for word in words(heard)})
