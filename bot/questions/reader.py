"""Reads a question: what is asked for, and which of its words say who, about what, when and where.

A small taught network over the token states of the encoder, which reads the question anyway. What it was taught from
and how well it does stands in `weights/README.md`; `bot.questions.training` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bot.answers import Part, Talk
from index.encoding import best_chain, mapped_tensors, runs_of

if TYPE_CHECKING:
    from index.encoding import Pieces

Kind = Literal[
    "said", "said-about", "who-said", "stance", "whether", "reaction", "fact", "about", "header", "speakers", "stories",
    "summary", "help", "small-talk", "foreign", "statement-detail", "who-else", "more", "check", "other",
]  # fmt: skip
Slot = Literal["who", "about", "words", "when", "where", "to", "story"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TALKS: tuple[Talk, ...] = ("greeting", "thanks", "help", "who", "adding", "watching", "removing", "chat")
"""What can be said to the bot itself, of which `help`, `small-talk` and `other` are each some."""
OF_TALK: Mapping[Talk, Kind] = {
    "greeting": "small-talk", "thanks": "small-talk", "help": "help", "who": "small-talk", "adding": "help",
    "watching": "help", "removing": "help", "chat": "other",
}  # fmt: skip
TO_THE_BOT = 0.6
"""The probability of something being said to the bot from which it is, whatever kind it looks like: of 3,195 chat
questions over stories that nothing was learned from it takes none."""
LEANS_FROM = 0.5
"""The probability from which a question is taken to lean on those before it: right for 88.5 of 100 messages that follow
others in conversations over stories that nothing was learned from (see `weights/README.md`)."""
SLOTS: tuple[Slot, ...] = get_args(Slot)
PARTS: tuple[Part, ...] = get_args(Part)
WEIGHTS = Path(__file__).parent / "weights" / "reader.safetensors"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question asks for: the probability of each kind, and the words of each slot that it fills.

    `talk` is what it says to the bot itself, where it is of a kind that asks nothing of the stories; `part` the one of
    a story's own facts that it asks for, where it asks for one; `leans` says that it can't be understood without what
    was asked before it.
    """

    kinds: Mapping[Kind, float]
    slots: Mapping[Slot, str]
    talk: Talk = "chat"
    part: Part = "title"
    leans: bool = False

    @property
    def kind(self) -> Kind:
        """The likeliest kind."""
        return max(self.kinds, key=self.kinds.__getitem__)


class QuestionReader:
    """The taught network; it changes nothing, so threads may share it."""

    def __init__(self, tensors: Mapping[str, NDArray[np.generic]]) -> None:
        self._tensors = {name: _as_multiplied(tensor) for name, tensor in tensors.items()}

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> QuestionReader:
        """The stored reader. Raises OSError where it is missing, ValueError where it is damaged."""
        return cls(mapped_tensors(path))

    def read(self, text: str, pieces: Pieces, *, follows: bool) -> Reading:
        """The reading of a question, given the states of its pieces; `follows` says that something was asked before."""
        whole, placed = self._states(pieces, follows=follows)
        kinds = dict(zip(KINDS, _softmax(self._linear("kind", whole)).tolist(), strict=True))
        *talks, nothing = _softmax(self._linear("talk", whole)).tolist()
        talk = TALKS[int(np.argmax(talks))]
        if nothing < 1 - TO_THE_BOT and Reading(kinds, {}).kind not in OF_TALK.values():
            kinds = {one: nothing * share for one, share in kinds.items()}
            kinds[OF_TALK[talk]] += 1 - nothing
        tags = best_chain(self._linear("tag", placed), self._tensors["moves"].T)
        part = PARTS[int(np.argmax(self._linear("part", whole)))]
        slots = slots_of(text, pieces.offsets, tags)
        return Reading(_agreeing(kinds, text, slots), slots, talk, part, follows and self._leans(whole) >= LEANS_FROM)

    def leans(self, pieces: Pieces) -> float:
        """How likely a question, given the states of its pieces, can't be understood without those before it."""
        return self._leans(self._states(pieces, follows=True)[0])

    def _leans(self, whole: Floats) -> float:
        [score] = self._linear("leans", _relu(self._linear("leans_in", whole)))
        return _chance(score)

    def second(self, pieces: Pieces, places: Sequence[int]) -> list[float]:
        """How likely a second question begins at each of some places of the text that the pieces are of."""
        _, placed = self._states(pieces, follows=False)
        found = []
        for place in places:
            at = piece_from(pieces, place)
            both = np.concatenate([placed[at], placed[at - 1], pieces.states[at], pieces.states[at - 1]])
            [score] = self._linear("second", _relu(self._linear("second_in", both)))
            found.append(_chance(score) if at else 0.0)
        return found

    def _states(self, pieces: Pieces, *, follows: bool) -> tuple[Floats, Floats]:
        """What kinds are told from, and for each piece what tags are told from."""
        states = pieces.states
        hidden = _relu(self._linear("inp", states))
        flag = np.full((len(hidden), 1), float(follows), dtype=np.float32)
        hidden = _relu(self._conv("conv", np.concatenate([hidden, flag], axis=1)))
        hidden = _relu(self._conv("conv2", hidden)) + hidden
        weights = _softmax(self._linear("att", hidden)[:, 0])
        whole = np.concatenate([weights @ hidden, hidden.max(axis=0), states.mean(axis=0), [float(follows)]])
        return whole, _relu(hidden + self._linear("around", whole))

    def _linear(self, name: str, values: Floats) -> Floats:
        found: Floats = values @ self._tensors[f"{name}.weight"] + self._tensors[f"{name}.bias"]
        return found

    def _conv(self, name: str, values: Floats) -> Floats:
        """A convolution over pieces; weights (width, in, out), an odd width, zeros beyond the ends."""
        weights: Floats = self._tensors[f"{name}.weight"]
        edge = np.zeros((len(weights) // 2, values.shape[1]), dtype=np.float32)
        padded = np.concatenate([edge, values, edge])
        found: Floats = np.tile(self._tensors[f"{name}.bias"], (len(values), 1))
        for at, weight in enumerate(weights):
            found += padded[at : at + len(values)] @ weight
        return found


def _agreeing(kinds: Mapping[Kind, float], text: str, slots: Mapping[Slot, str]) -> Mapping[Kind, float]:
    """The probabilities, in keeping with what else is known of a question: one that asks for somebody's words and has
    something that they are about is no question for all their words (of 35 held-out ones 19 ask for those on it and 9
    for all), and what has neither letter nor digit is no other language (no figure: one row of the seed's table)."""
    if not any(map(str.isalnum, text)):
        return {kind: float(kind == "small-talk") for kind in KINDS}
    if "about" in slots and kinds["said"] > kinds["said-about"]:
        return {**kinds, "said": kinds["said-about"], "said-about": kinds["said"]}
    return kinds


def _as_multiplied(tensor: NDArray[np.generic]) -> Floats:
    """A tensor with its dimensions turned round, and so laid out: from what goes in to what comes out."""
    return np.ascontiguousarray(tensor.astype(np.float32).T)


def slots_of(text: str, offsets: Sequence[tuple[int, int]], tags: Sequence[int]) -> dict[Slot, str]:
    """The words of each slot: tag 0 is none, 1 + 2n begins slot n, 2 + 2n goes on with it. The longest run counts."""
    found: dict[Slot, str] = {}
    for first, last in runs_of(tags):
        places = [(start, end) for start, end in offsets[first:last] if end > start]  # the marks at the ends have none
        slot, words = SLOTS[(tags[first] - 1) // 2], _whole(text, places[0][0], places[-1][1]) if places else ""
        if len(words) > len(found.get(slot, "")):
            found[slot] = words
    return found


def _whole(text: str, start: int, end: int) -> str:
    """The words from `start` to `end`, cut nowhere inside a word."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return text[start:end].strip()


def piece_from(pieces: Pieces, place: int) -> int:
    """The number of the first piece that begins at a place of the text or behind it; 0, which is the mark at its
    beginning, where there is none."""
    return next((at for at, (start, end) in enumerate(pieces.offsets) if end > start >= place), 0)


def _chance(score: float) -> float:
    return float(1 / (1 + np.exp(-score)))


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0)


def _softmax(values: Floats) -> Floats:
    found = np.exp(values - values.max())
    return np.asarray(found / found.sum(), dtype=np.float32)
