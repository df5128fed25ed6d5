"""Many askers, one model: texts that wait while it is at work go through it together, as the next batch.

Nobody waits for a batch to fill: whoever comes first goes at once, and takes along all who have come by then.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import chain
from threading import Condition
from typing import Any, TypeVar

import numpy as np

from index.encoding.embedding import Embedder, Piecewise, Vectors
from index.encoding.sentences import Pieces
from index.errors import EmbedderUnusable
from index.remembering import hold_texts

Found = TypeVar("Found")
FEW_TEXTS = 4  # up to so many are a question; more are stories, whose batches are full already
REMEMBERED = 256  # questions: a button asks the same one again, and one answer asks it of several libraries


class SharedEmbedder:
    """An embedder for any number of threads; the vectors are those of the embedder it stands before."""

    def __init__(self, embedder: Embedder, *, batches: int = 1) -> None:
        """`batches` may be in the model at once: one, where each takes all the cores as it is."""
        self._embedder = embedder
        self._turn = Condition()  # guards what follows; told whenever a batch has come out of the model
        self._free = batches
        self._waiting: list[tuple[str, Future[Vectors]]] = []
        self._to_read: dict[str, Future[Pieces]] = {}
        self._known: OrderedDict[str, Future[Vectors]] = OrderedDict()  # vectors remembered, and vectors to come
        hold_texts(self)

    @property
    def name(self) -> str:
        """The model."""
        return self._embedder.name

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._embedder.dim

    def let_go(self) -> None:
        """Forgets the texts that it remembers; whoever waits for one gets it all the same."""
        with self._turn:
            self._known.clear()

    @property
    def inner(self) -> Embedder:
        """The embedder it stands before."""
        return self._embedder

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The states of each text's wordpieces; its vector, which is their mean, is remembered along with them."""
        if not isinstance(self._embedder, Piecewise):
            raise EmbedderUnusable(self.name, "it does not show what it makes of each wordpiece")
        return self._together(texts, self._awaited_pieces)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, float32 (n, dim), in the order of the texts."""
        if not texts or len(texts) > FEW_TEXTS:
            return self._embedder.embed(texts)
        rows = self._together(texts, self._awaited)
        return np.stack(rows)

    def _together(self, texts: Sequence[str], await_one: "Callable[[str], Future[Found]]") -> list[Found]:
        """What is awaited of each text: with a batch that begins now, or out of one that is under way."""
        with self._turn:
            awaited = [await_one(text) for text in texts]
            self._turn.wait_for(lambda: all(map(Future.done, awaited)) or (self._free and any(map(_waits, awaited))))
            taken = None if all(map(Future.done, awaited)) else self._begun()
        if taken is not None:
            self._run(taken)
        return [future.result() for future in awaited]

    def _awaited(self, text: str) -> "Future[Vectors]":
        """The vector of one text: remembered, on its way, or to come with the next batch."""
        if text in self._known:
            self._known.move_to_end(text)
        else:
            self._known[text] = Future()
            self._waiting.append((text, self._known[text]))
        return self._known[text]

    def _awaited_pieces(self, text: str) -> "Future[Pieces]":
        """The pieces of one text, to come with the next batch, and its vector along with them."""
        self._awaited(text)
        return self._to_read.setdefault(text, Future())

    def _begun(self) -> "_Batch":
        """Everything that waits, as a batch that nobody else begins."""
        taken = _Batch(self._waiting, self._to_read)
        self._waiting, self._to_read = [], {}
        self._free -= 1
        for future in taken.futures():
            future.set_running_or_notify_cancel()
        return taken

    def _run(self, taken: "_Batch") -> None:
        """One batch through the model; an error goes to all whose texts were in it."""
        try:
            taken.go_through(self._embedder)
            failed = None
        except BaseException as error:  # noqa: BLE001 - it is handed on to each of those who wait
            failed = error
        with self._turn:
            if failed is None:
                taken.hand_out()
            else:
                for text, _ in taken.waiting:
                    self._known.pop(text, None)
                for future in taken.futures():
                    future.set_exception(failed)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            self._free += 1
            self._turn.notify_all()


@dataclass(slots=True)
class _Batch:
    """Texts that go through the model together: those whose vector is awaited, and those whose pieces are."""

    waiting: "list[tuple[str, Future[Vectors]]]"
    to_read: "dict[str, Future[Pieces]]"
    vectors: dict[str, Vectors] = field(default_factory=dict)
    pieces: dict[str, Pieces] = field(default_factory=dict)

    def futures(self) -> "Iterator[Future[Any]]":
        """Whatever somebody may wait for."""
        return chain((future for _, future in self.waiting), self.to_read.values())

    def go_through(self, embedder: Embedder) -> None:
        """Has the model make all that is awaited."""
        texts = list(dict.fromkeys([*(text for text, _ in self.waiting), *self.to_read]))
        if self.to_read and isinstance(embedder, Piecewise):
            self.pieces = dict(zip(texts, embedder.pieces(texts), strict=True))
            self.vectors = {text: found.vector for text, found in self.pieces.items()}
        else:
            self.vectors = dict(zip(texts, embedder.embed(texts), strict=True))

    def hand_out(self) -> None:
        """Gives everybody their own."""
        for text, future in self.waiting:
            future.set_result(self.vectors[text])
        for text, read in self.to_read.items():
            read.set_result(self.pieces[text])


def _waits(future: "Future[Any]") -> bool:
    """Whether something is yet to be begun."""
    return not future.running() and not future.done()
