"""What the reader reads: a question and a few sentences as wordpieces, each with where it stands in its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language.words import Word, shape_of, stems_of, words_of
from index.story import Span

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

TABLES = {"match": 6, "shape": 6, "rank": 10, "link": 8}
MAX_PIECES = 384
MAX_QUESTION_PIECES = 64
MAX_LABEL_PIECES = 12
_CLASSIFY, _SEPARATE, _GAP = 101, 102, 1529  # "[CLS]", "[SEP]", "…" in the vocabulary of uncased BERT
_OPEN, _CLOSE = 1031, 1033  # "[" and "]"
_RANK_BUCKETS = (0, 1, 2, 3, 5, 8, 12)
_QUESTION_RANK, _HISTORY_RANK = 8, 9


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to read: its words, its place in reading order, and its rank among the candidates, best 0.

    `label` says who speaks in it; `link`, a place in `lines.LINKS`, what the question has to do with them.
    """

    text: str
    place: int
    rank: int
    label: str = ""
    link: int = 2


@dataclass(frozen=True, slots=True)
class Window:
    """The wordpieces of a question and of sentences.

    `features` has a row of table indices (see TABLES) for every piece. `sentence` is the position, among the sentences
    given, of the one that a piece belongs to, or -1; `starts` and `ends` are code points inside that sentence.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    features: tuple[tuple[int, int, int, int], ...]
    sentence: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(slots=True)
class _Pieces:
    ids: list[int]
    kinds: list[int]
    features: list[tuple[int, int, int, int]]
    sentence: list[int]
    starts: list[int]
    ends: list[int]

    def add(self, piece: int, kind: int, features: tuple[int, int, int, int], place: tuple[int, int, int]) -> None:
        self.ids.append(piece)
        self.kinds.append(kind)
        self.features.append(features)
        self.sentence.append(place[0])
        self.starts.append(place[1])
        self.ends.append(place[2])

    def window(self, longest: int) -> Window:
        cut = slice(longest)
        return Window(
            tuple(self.ids[cut]), tuple(self.kinds[cut]), tuple(self.features[cut]), tuple(self.sentence[cut]),
            tuple(self.starts[cut]), tuple(self.ends[cut]),
        )  # fmt: skip


def window_of(
    tokenizer: Tokenizer,
    question: str,
    sentences: Sequence[Sentence],
    *,
    context: str = "",
    named: Sequence[Span] = (),
    longest: int = MAX_PIECES,
) -> Window:
    """The question, the earlier turns, and the best-ranked sentences that fit in `longest` pieces, in reading order.

    Each sentence comes with its label in front; `named` are the words of the question that name a speaker.
    """
    asked = _asked(tokenizer, question, context)
    room = longest - 3 - sum(len(codes) for codes, *_ in asked)
    encoded: dict[int, Encoding] = {}
    labels: dict[int, list[int]] = {}
    for number in sorted(range(len(sentences)), key=lambda number: sentences[number].rank):
        pieces_of_it = tokenizer.encode(sentences[number].text, add_special_tokens=False)
        labels[number] = _label(tokenizer, sentences[number])
        cost = min(len(pieces_of_it.ids), room if not encoded else len(pieces_of_it.ids)) + 1 + len(labels[number])
        if cost > room and encoded:
            break
        encoded[number] = pieces_of_it
        room -= cost
    chosen = list(encoded)
    chosen.sort(key=lambda number: sentences[number].place)
    window_stems = {stem for number in chosen for stem in stems_of(sentences[number].text)}
    question_stems = set(stems_of(question + " " + context))
    pieces = _Pieces([], [], [], [], [], [])
    pieces.add(_CLASSIFY, 0, (0, 5, _QUESTION_RANK, 0), (-1, 0, 0))
    for codes, offsets, text, rank in asked:
        for code, offset, match, shape in _described(codes, offsets, text, window_stems, shift=3):
            names = rank == _QUESTION_RANK and any(span.start < offset[1] and offset[0] < span.end for span in named)
            pieces.add(code, 0, (match, shape, rank, int(names)), (-1, *offset))
    pieces.add(_SEPARATE, 0, (0, 5, _QUESTION_RANK, 0), (-1, 0, 0))
    last = None
    for number in chosen:
        sentence = sentences[number]
        rank = _bucket(sentence.rank)
        if last is not None and sentence.place != last + 1:
            pieces.add(_GAP, 1, (0, 5, rank, sentence.link), (-1, 0, 0))
        last = sentence.place
        for code in labels[number]:
            pieces.add(code, 1, (0, 5, rank, sentence.link), (-1, 0, 0))
        codes, offsets = encoded[number].ids[: longest - 4], encoded[number].offsets
        for code, offset, match, shape in _described(codes, offsets, sentence.text, question_stems, shift=0):
            pieces.add(code, 1, (match, shape, rank, sentence.link), (number, *offset))
    pieces.add(_SEPARATE, 1, (0, 5, _QUESTION_RANK, 2), (-1, 0, 0))
    return pieces.window(longest)


def _label(tokenizer: Tokenizer, sentence: Sentence) -> list[int]:
    """The pieces that say who speaks, as far as the sentence does not say it itself."""
    if not sentence.label:
        return []
    name, _, role = sentence.label.partition(", ")
    own = sentence.text.casefold()
    told = [
        part for part, last in ((name, name.split()[-1:]), (role, [role])) if last and last[0].casefold() not in own
    ]
    ids: list[int] = (
        tokenizer.encode(", ".join(told), add_special_tokens=False).ids[:MAX_LABEL_PIECES] if any(told) else []
    )
    return [_OPEN, *ids, _CLOSE] if ids else []


def _asked(
    tokenizer: Tokenizer, question: str, context: str
) -> list[tuple[list[int], list[tuple[int, int]], str, int]]:
    """The pieces of the earlier turns (their last words) and of the question (its first words)."""
    code = tokenizer.encode(question, add_special_tokens=False)
    asked = [(code.ids[:MAX_QUESTION_PIECES], code.offsets[:MAX_QUESTION_PIECES], question, _QUESTION_RANK)]
    if context:
        before = tokenizer.encode(context, add_special_tokens=False)
        room = MAX_QUESTION_PIECES - len(asked[0][0])
        if room > 0:
            asked.insert(0, (before.ids[-room:], before.offsets[-room:], context, _HISTORY_RANK))
    return asked


def _described(
    codes: Sequence[int], offsets: Sequence[tuple[int, int]], text: str, others: set[str], *, shift: int
) -> list[tuple[int, tuple[int, int], int, int]]:
    """Each piece with its offset, whether its word is among `others`, and its shape."""
    words = words_of(text)
    found, at = [], 0
    for code, offset in zip(codes, offsets, strict=False):
        while at + 1 < len(words) and words[at].end <= offset[0]:
            at += 1
        word: Word | None = words[at] if words else None
        match = 0 if word is None or not word.has_content else 1 + (word.stem in others)
        shape = 5 if word is None else shape_of(text[word.start : word.end], opens=at == 0)
        found.append((code, offset, match + shift, shape))
    return found


def _bucket(rank: int) -> int:
    return next((number for number, bound in enumerate(_RANK_BUCKETS) if rank <= bound), len(_RANK_BUCKETS))
