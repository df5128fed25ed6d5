"""The words of a segment's passages, and BM25 over them: the lexical half of searching.

An index is a handful of flat arrays, so that it is stored, loaded and merged without building anything anew.
Method: Okapi BM25 (Robertson & Zaragoza, 2009), with idf = ln(1 + (N - n + 0.5) / (n + 0.5)).

Copies, as when several outlets print what one agency sent, are told by their words too: half of the shorter one's runs
of four words stand in the other (the containment of Broder, 1997).
"""

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.remembering import Remembered

Ints = NDArray[np.int32]
Scores = NDArray[np.float32]
Places = NDArray[np.int64]

K1 = 1.2
B = 0.6
MANY_ROWS = 20_000  # from so many rows on, words that nearly all have are passed over: they cost most and tell least
COMMON = 0.2  # the share of rows from which a word counts as one of those
TERMS_KEPT = 4096
"""Terms whose place is kept: most of a question are words of every question."""
RUN = 4
FEWEST_RUNS = 20
LEAST_SHARED = 0.5
_WORD = re.compile(r"\d[\d,.]*\d|\w+(?:['’]\w+)?")
_ENDINGS = (
    ("'s", ""), ("’s", ""), ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Postings by term: those of `terms[t]` are `rows[starts[t]:starts[t+1]]` with their `counts`; terms are sorted.

    `lengths` has the number of words of each row.
    """

    terms: tuple[str, ...]
    starts: Ints
    rows: Ints
    counts: Ints
    lengths: Ints

    @classmethod
    def of(cls, texts: Iterable[str]) -> "WordIndex":
        """The index of these passages; a row is a passage's position."""
        postings: dict[str, list[tuple[int, int]]] = {}
        lengths = []
        for row, text in enumerate(texts):
            words = find_words(text)
            lengths.append(len(words))
            for term, count in Counter(words).items():
                postings.setdefault(term, []).append((row, count))
        terms = sorted(postings)
        pairs = [pair for term in terms for pair in postings[term]]
        return cls(
            tuple(terms),
            np.cumsum([0, *(len(postings[term]) for term in terms)], dtype=np.int32),
            np.array([row for row, _ in pairs], dtype=np.int32),
            np.array([count for _, count in pairs], dtype=np.int32),
            np.array(lengths, dtype=np.int32),
        )

    @classmethod
    def joined(cls, parts: Sequence[tuple["WordIndex", NDArray[np.int64]]]) -> "WordIndex":
        """One index over the kept rows of several, in the order given; `kept` has each part's rows, ascending."""
        terms = sorted(set().union(*(part.terms for part, _ in parts)))
        number = {term: at for at, term in enumerate(terms)}
        columns: list[tuple[Ints, Ints, Ints]] = []
        offset = 0
        for part, kept in parts:
            place = np.full(len(part.lengths), -1, dtype=np.int32)
            place[kept] = np.arange(offset, offset + len(kept), dtype=np.int32)
            numbers = np.repeat(np.array([number[term] for term in part.terms], np.int32), np.diff(part.starts))
            rows = place[part.rows]
            live = rows >= 0
            columns.append((numbers[live], rows[live], part.counts[live]))
            offset += len(kept)
        numbers, rows, counts = (np.concatenate([column[i] for column in columns]) for i in range(3))
        order = np.lexsort((rows, numbers))
        sizes = np.bincount(numbers, minlength=len(terms))
        used = np.flatnonzero(sizes)
        return cls(
            tuple(terms[at] for at in used),
            np.cumsum([0, *sizes[used].tolist()], dtype=np.int32),
            rows[order],
            counts[order],
            np.concatenate([part.lengths[kept] for part, kept in parts]),
        )

    @classmethod
    def from_bytes(cls, payload: bytes) -> "WordIndex":
        """The index that `to_bytes` gave. Raises ValueError where the bytes are something else."""
        head, _, rest = payload.partition(b"\n")
        sizes = json.loads(head)
        if not isinstance(sizes, dict) or sizes.keys() != {"words", "arrays"}:
            raise ValueError("not an index of words")
        words = rest[: sizes["words"]].decode("utf-8")
        numbers = np.frombuffer(rest, dtype="<i4", offset=sizes["words"]).astype(np.int32, copy=False)
        edges = np.cumsum(sizes["arrays"])
        if len(numbers) != edges[-1]:
            raise ValueError("not an index of words")
        starts, rows, counts, lengths = np.split(numbers, edges[:-1])
        return cls(tuple(words.split("\n")) if words else (), starts, rows, counts, lengths)

    def to_bytes(self) -> bytes:
        """A line of sizes, the terms a line each, and the arrays as little-endian 32-bit numbers."""
        words = "\n".join(self.terms).encode("utf-8")
        arrays = (self.starts, self.rows, self.counts, self.lengths)
        head = json.dumps({"words": len(words), "arrays": [len(array) for array in arrays]}).encode("ascii")
        return b"".join([head, b"\n", words, *(array.astype("<i4").tobytes() for array in arrays)])

    def postings(self, term: str) -> tuple[Ints, Ints]:
        """The rows that hold a term, and how often; both empty where none does."""
        found = self.place(term)
        return self.rows[found], self.counts[found]

    def place(self, term: str) -> slice:
        """Where the postings of a term are."""
        at = bisect_left(self.terms, term)
        if at == len(self.terms) or self.terms[at] != term:
            return slice(0, 0)
        return slice(self.starts[at], self.starts[at + 1])


class LiveWords:
    """Several indexes as one row of places; what does not change with the question is kept.

    Each index comes with the place of each of its rows, -1 for one that is left out and counts for nothing.
    """

    def __init__(self, parts: Sequence[tuple[WordIndex, Places]]) -> None:
        self._indexes = [part for part, _ in parts]
        self._whole = [bool((places >= 0).all()) for _, places in parts]
        self._rows = sum(int(np.count_nonzero(places >= 0)) for _, places in parts)
        words = sum(int(part.lengths[places >= 0].sum()) for part, places in parts)
        mean_length = max(words / self._rows if self._rows else 1.0, 1.0)
        self._weights = [_weighed(part, mean_length) for part in self._indexes]
        self._of_postings = [places[part.rows].astype(np.int32) for part, places in parts]
        self._met: Remembered[str, tuple[np.float32, tuple[tuple[int, slice], ...]]] = Remembered(TERMS_KEPT)

    def scores(self, question: str) -> Scores:
        """BM25 of a question against every place."""
        scores = np.zeros(self._rows, dtype=np.float32)
        for term in dict.fromkeys(find_words(question)):
            idf, found = self._met.get(term, partial(self._meet, term))
            for number, at in found:
                places, weights = self._postings(number, at)
                scores[places] += idf * weights
        return scores

    def _meet(self, term: str) -> tuple[np.float32, tuple[tuple[int, slice], ...]]:
        """How rare a term is, and where its postings are in which index: nowhere, if too many rows have it."""
        found = tuple((number, at) for number, part in enumerate(self._indexes) if (at := part.place(term)).stop)
        having = sum(len(self._postings(number, at)[0]) for number, at in found)
        if not having or (having > COMMON * self._rows and self._rows > MANY_ROWS):
            return np.float32(0), ()
        return np.float32(np.log(1 + (self._rows - having + 0.5) / (having + 0.5))), found

    def _postings(self, number: int, at: slice) -> tuple[Ints, Scores]:
        """The places that hold a term, by where its postings are in one index, with what it adds there."""
        places, weights = self._of_postings[number][at], self._weights[number][at]
        if self._whole[number]:
            return places, weights
        live = places >= 0
        return places[live], weights[live]


def _weighed(part: WordIndex, mean_length: float) -> Scores:
    """What each posting adds to its row's score, but for how rare its word is."""
    norm = (K1 * (1 - B + B * part.lengths / mean_length)).astype(np.float32)
    counts = part.counts.astype(np.float32)
    weights: Scores = counts * np.float32(K1 + 1) / (counts + norm[part.rows])
    return weights


def find_words(text: str) -> list[str]:
    """The words of a text in order, in lower case and without the commonest endings."""
    return [_stem(word) for word in _WORD.findall(text.casefold())]


def _stem(word: str) -> str:
    """What the forms of a word share, near enough: "killed" and "kills" meet, "bus" stays."""
    if not word[-1].isalpha():
        return word
    for ending, kept in _ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + kept
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiousl":
        return word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """The different runs of four words in a text."""
    words = find_words(text)
    return frozenset(zip(*(words[at:] for at in range(RUN)), strict=False))


def are_copies(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether two texts with these runs of words are copies; never of a text of a sentence or two."""
    shorter = min(len(one), len(other))
    return shorter >= FEWEST_RUNS and len(one & other) >= LEAST_SHARED * shorter
