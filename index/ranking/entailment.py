"""Whether the likeliest sentences say yes or no to a question: a copy of the judge that was taught to tell it, and what
it says weighed beside what the judge said when it read all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.ranking.weighing import probability
from index.remembering import once

if TYPE_CHECKING:
    from index.ranking.evidence import Evidence
    from index.ranking.reader import Read, Reader

OPINIONS = ("first alone", "together", "judge")
"""Whose logarithms of the odds of a yes are added up: of the copy over the best sentence and over the best few
together, and of the judge over all that it read."""
FACT = "opinions"
"""Under which name the copy's file has what each of them counts, with the constant last."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """What the best sentences say to a yes/no question, in probabilities (0..1): that the first settles it; and that,
    if so, they say yes."""

    settled: float
    yes: float


class Opinions:
    """The copy as it is stored, with what its opinions count. Threads may share it."""

    def __init__(self, reader: Reader, weights: Sequence[float]) -> None:
        self._reader = reader
        self._weights = weights

    @classmethod
    def load(cls) -> Opinions | None:
        """As it is stored; None without the file."""
        from index.encoding.packaged import stored_facts
        from index.ranking.reader import ENTAILMENT, Reader

        if not ENTAILMENT.exists():
            return None
        return cls(Reader.load(ENTAILMENT), json.loads(stored_facts(ENTAILMENT)[FACT]))

    def told(self, question: str, context: Sequence[str], evidence: Evidence) -> Entailment:
        """What the `closest` sentences of some evidence say to a question after the turns of `context`."""
        first, opinions = opinions_on(self._reader, question, context, evidence)
        odds = self._weights[-1] + sum(a * b for a, b in zip(self._weights[:-1], opinions, strict=True))
        return Entailment(probability(first.answerable), probability(odds))


def entailed(question: str, context: Sequence[str], evidence: Evidence) -> Entailment | None:
    """What the best sentences say to a yes/no question after some turns; None where nothing was read closely."""
    opinions = once(Opinions.load) if evidence.closest else None
    return opinions.told(question, context, evidence) if opinions else None


def opinions_on(
    reader: Reader, question: str, context: Sequence[str], evidence: Evidence
) -> tuple[Read, tuple[float, ...]]:
    """How the copy reads the best sentence alone, and the odds of a yes, as OPINIONS."""
    turns = " ".join(turn for turn in context if turn.strip())
    ranked = [replace(one, rank=rank) for rank, one in enumerate(evidence.closest)]
    first = reader.read(question, ranked[:1], context=turns, named=evidence.named)
    together = reader.read(question, ranked, context=turns, named=evidence.named) if len(ranked) > 1 else first
    return first, (first.verdict, together.verdict, evidence.verdict)
