"""How likely it is that the stories answer a question: what the judge makes of it, what is asked, and whom it names.

A logistic regression over a few signs; `bot.kinds.training` fits it on chat questions about stories that the judge did
not learn from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

from bot.kinds.judged import Judged
from bot.questions.question import Question
from bot.questions.reader import KINDS
from index.ranking import ALONE_NAMES, ANSWERABLE_NAMES, Link, links_of
from index.remembering import once

WEIGHTS = Path(__file__).parent / "weights" / "sureness.json"
_OWN = (
    "words for who", "a speaker has the name", "a speaker has the role", "most likely statement", "second statement",
    "statements of whom it names", "a sentence is ahead", "chance", "leans",
)  # fmt: skip
SIGNS: tuple[str, ...] = (
    *ANSWERABLE_NAMES, *ALONE_NAMES, *_OWN,
    *(f"kind {kind}" for kind in KINDS), *(f"chance of {kind}" for kind in KINDS),
)  # fmt: skip


def signs_of(asked: Question, judged: Judged) -> list[float]:
    """What is known of a question, as SIGNS."""
    evidence = judged.evidence
    who = asked.slots.get("who")
    links = links_of(who, judged.voices.values()) if who else {}
    named = max(links.values(), key=lambda link: link.strength, default=Link())
    own = [one.chance for key, link in links.items() if link.strength >= named.strength for one in judged.of(key)]
    chances = [one.chance for one in judged.scored[:2]] + [0.0, 0.0]
    ahead = judged.hits[0].score - judged.scored[0].score if judged.hits and judged.scored else 3.0
    raw = math.log(max(evidence.answerable, 1e-4) / max(1 - evidence.answerable, 1e-4))
    kinds = [asked.kinds.get(kind, 0.0) for kind in KINDS]
    return [
        *(evidence.signs or (0.0,) * len(ANSWERABLE_NAMES)),
        *(evidence.alone or (0.0,) * len(ALONE_NAMES)),
        float(who is not None), named.name, named.role, chances[0], chances[1], max(own, default=0.0),
        min(max(ahead, -3.0), 3.0), raw, float(bool(asked.context)),
        *kinds, *(raw * kind for kind in kinds),
    ]  # fmt: skip


def sureness(asked: Question, judged: Judged) -> float:
    """The probability (0..1) that the stories answer a question."""
    weights = once(_weights)
    if weights is None or not judged.evidence.answers:
        return judged.evidence.answerable
    score = sum(weight * sign for weight, sign in zip(weights, (*signs_of(asked, judged), 1.0), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def save_weights(weights: Sequence[float], path: Path = WEIGHTS) -> None:
    """Writes the weights by name, the constant last."""
    path.parent.mkdir(parents=True, exist_ok=True)
    named = {name: round(weight, 4) for name, weight in zip((*SIGNS, "constant"), weights, strict=True)}
    path.write_text(json.dumps(named, indent=1) + "\n", encoding="utf-8")


def _weights() -> tuple[float, ...] | None:
    if not WEIGHTS.exists():
        return None
    stored: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return tuple(stored.get(name, 0.0) for name in (*SIGNS, "constant"))
