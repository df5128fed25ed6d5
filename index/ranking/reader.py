"""Reads a question beside the likeliest sentences, and says which of them answers it, with which words, or none.

Imports ONNX Runtime; nothing imports this module before a question is to be read closely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.encoding.packaged import packaged_tokenizer
from index.ranking.inference import ReaderInference, Reading
from index.ranking.windows import Sentence, Window, window_of
from index.remembering import once
from index.story import Span

READER = Path(__file__).parent / "weights" / "reader.safetensors"
ENTAILMENT = READER.with_name("entailment.safetensors")
"""The same network, taught to tell a yes from a no by one sentence alone."""
MAX_ANSWER_PIECES = 24
READ_PIECES = 384
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """What reading found, in logarithms of probabilities.

    `relevance` and `spans` have a number for each sentence given, -inf for those that did not fit: that this sentence
    answers, and that its likeliest words do. `nothing` and `no_words` are the same for there being no answer;
    `answerable` is the raw score of a third opinion. `words` is (sentence, start, end) of the likeliest words.
    `answers` has the raw score of each sentence for being one of those that answer, -inf for those not read, and
    `verdict` the logarithm of the odds that the answer is a yes. `alone` has what reading some of the sentences once
    more told, each without the others, by their numbers.
    """

    relevance: Numbers
    spans: Numbers
    nothing: float
    no_words: float
    answerable: float
    words: tuple[int, int, int] | None
    answers: Numbers
    verdict: float
    alone: Mapping[int, Read] = field(default_factory=dict)


class Reader:
    """A taught network with its tokenizer; safe to share between threads, since reading changes nothing."""

    def __init__(self, network: ReaderInference, tokenizer: Tokenizer) -> None:
        self._network = network
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, path: Path = READER) -> Reader:
        """The reader stored at `path`. Raises OSError where it is missing, ValueError where it is another file."""
        return cls(ReaderInference.load(path), once(packaged_tokenizer))

    def read(
        self,
        question: str,
        sentences: Sequence[Sentence],
        *,
        context: str = "",
        named: Sequence[Span] = (),
        longest: int = READ_PIECES,
    ) -> Read:
        """What the best-ranked sentences, as many as fit in `longest` wordpieces, say to the question."""
        window = window_of(self._tokenizer, question, sentences, context=context, named=named, longest=longest)
        return read_of(self._network.read(window), window, len(sentences))

    def with_alone(
        self,
        read: Read,
        question: str,
        sentences: Sequence[Sentence],
        chosen: Sequence[int],
        *,
        context: str = "",
        named: Sequence[Span] = (),
    ) -> Read:
        """What was read, with what the `chosen` of its sentences tell each without the others."""
        each = {
            at: self.read(question, [replace(sentences[at], rank=0)], context=context, named=named) for at in chosen
        }
        return replace(read, alone={**read.alone, **each})


def read_of(reading: Reading, window: Window, count: int) -> Read:
    """The network's scores by sentence, of which there are `count`."""
    start, end, told = (part.astype(np.float64) for part in (reading.start, reading.end, reading.sentences))
    member = np.array(window.sentence)
    relevance, spans, answers = (np.full(count, -np.inf) for _ in range(3))
    words, best = None, -np.inf
    for number in sorted(set(window.sentence) - {-1}):
        pieces = np.flatnonzero(member == number)
        first, last, score = _best_span(start[pieces], end[pieces])
        relevance[number], spans[number], answers[number] = told[number], score, reading.answers[number]
        if score > best:
            words, best = (number, window.starts[pieces[first]], window.ends[pieces[last]]), score
    return Read(
        relevance, spans, float(told[-1]), float(start[0] + end[0]), reading.answerable, words, answers, reading.verdict
    )


def _best_span(start: Numbers, end: Numbers) -> tuple[int, int, float]:
    """The likeliest words in one sentence: first and last piece, and their score."""
    together = start[:, None] + end[None, :]
    apart = np.arange(len(end))[None, :] - np.arange(len(start))[:, None]
    together[(apart < 0) | (apart >= MAX_ANSWER_PIECES)] = -np.inf
    first, last = np.unravel_index(int(np.argmax(together)), together.shape)
    return int(first), int(last), float(together[first, last])
