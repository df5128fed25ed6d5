"""How likely it is that the stories answer a question: what the judge makes of it, what is asked, and whom it names.

Boosted trees over a few signs; `bot.kinds.training` grows them on questions about stories that the judge did not learn
from.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from bot.kinds.judged import Judged
from bot.questions.question import Question
from bot.questions.reader import KINDS
from index.ranking import ALONE_NAMES, ANSWERABLE_NAMES, Link, Trees, links_of, probability
from index.remembering import once

WEIGHTS = Path(__file__).parent / "weights" / "sureness.safetensors"
_VOICES = 10  # from here on it makes no difference how many speak
_OWN = (
    "words for who", "a speaker has the name", "a speaker has the role", "most likely statement", "second statement",
    "statements of whom it names", "a sentence is ahead", "chance", "leans", "sentences", "voices",
    "a speaker is described", "nobody is described", "statements of whom it describes",
)  # fmt: skip
SIGNS: tuple[str, ...] = (*ANSWERABLE_NAMES, *ALONE_NAMES, *_OWN, *(f"kind {kind}" for kind in KINDS))


def signs_of(asked: Question, judged: Judged) -> list[float]:
    """What is known of a question, as SIGNS."""
    evidence = judged.evidence
    who = asked.slots.get("who")
    links = links_of(who, judged.voices.values()) if who else {}
    named = max(links.values(), key=lambda link: link.strength, default=Link())
    own = [one.chance for key, link in links.items() if link.strength >= named.strength for one in judged.of(key)]
    chances = [one.chance for one in judged.scored[:2]] + [0.0, 0.0]
    ahead = judged.hits[0].score - judged.scored[0].score if judged.hits and judged.scored else 3.0
    described = judged.described.chances
    meant = max(described, key=described.__getitem__, default=None)
    theirs = max((one.chance for one in judged.of(meant)), default=0.0) if meant else 0.0
    raw = math.log(max(evidence.answerable, 1e-4) / max(1 - evidence.answerable, 1e-4))
    return [
        *(evidence.signs or (0.0,) * len(ANSWERABLE_NAMES)),
        *(evidence.alone or (0.0,) * len(ALONE_NAMES)),
        float(who is not None), named.name, named.role, chances[0], chances[1], max(own, default=0.0),
        min(max(ahead, -3.0), 3.0), raw, float(bool(asked.context)),
        math.log(max(len(judged.hits), 1)), float(min(len(judged.voices), _VOICES)),
        max(described.values(), default=0.0), judged.described.nobody, theirs,
        *(asked.kinds.get(kind, 0.0) for kind in KINDS),
    ]  # fmt: skip


def sureness(asked: Question, judged: Judged) -> float:
    """The probability (0..1) that the stories answer a question."""
    trees = once(_trees)
    if trees is None or not judged.evidence.answers:
        return judged.evidence.answerable
    (score,) = trees.score(np.array([signs_of(asked, judged)], dtype=np.float32)).tolist()
    return probability(score)


def _trees() -> Trees | None:
    return Trees.load(WEIGHTS) if WEIGHTS.exists() else None
