"""Many askers, one model: texts that wait while it is at work go through it together, as the next batch.

Nobody waits for a batch to fill: whoever comes first goes at once, and takes along all who have come by then.
"""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from threading import Condition

import numpy as np

from index.encoding.embedding import Embedder, Piecewise, Vectors
from index.encoding.sentences import Pieces
from index.errors import EmbedderUnusable

FEW_TEXTS = 4  # up to so many are a question; more are stories, whose batches are full already
MOST_EXPECTED = 16  # texts that wait for a batch when one more is announced
REMEMBERED = 256  # questions: a button asks the same one again, and one answer asks it of several libraries


class SharedEmbedder:
    """An embedder for any number of threads; the vectors are those of the embedder it stands before."""

    def __init__(self, embedder: Embedder, *, batches: int = 1) -> None:
        """`batches` may be in the model at once: one, where each takes all the cores as it is."""
        self._embedder = embedder
        self._turn = Condition()  # guards what follows; told whenever a batch has come out of the model
        self._free = batches
        self._waiting: list[tuple[str, Future[Vectors]]] = []
        self._known: OrderedDict[str, Future[Vectors]] = OrderedDict()  # vectors remembered, and vectors to come

    @property
    def name(self) -> str:
        """The model."""
        return self._embedder.name

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._embedder.dim

    @property
    def inner(self) -> Embedder:
        """The embedder it stands before."""
        return self._embedder

    def expect(self, text: str) -> None:
        """Says that a text will be embedded soon: it goes along with the next batch, which does not wait for it.

        Where many wait already nothing is noted, since nobody need ever come for it.
        """
        with self._turn:
            if len(self._waiting) < MOST_EXPECTED:
                self._awaited(text)

    def pieces(self, text: str) -> "Pieces":
        """The states of the wordpieces of one text; its vector, which is their mean, is remembered along with them."""
        if not isinstance(self._embedder, Piecewise):
            raise EmbedderUnusable(self.name, "it does not show what it makes of each wordpiece")
        pieces = self._embedder.pieces(text)
        with self._turn:
            if text not in self._known:
                self._known[text] = Future()
                self._known[text].set_result(pieces.vector)
        return pieces

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, float32 (n, dim), in the order of the texts."""
        if not texts or len(texts) > FEW_TEXTS:
            return self._embedder.embed(texts)
        with self._turn:
            awaited = [self._awaited(text) for text in texts]
            self._turn.wait_for(lambda: all(map(Future.done, awaited)) or (self._free and any(map(_waits, awaited))))
            taken = [] if all(map(Future.done, awaited)) else self._begun()
        if taken:
            self._run(taken)
        return np.stack([future.result() for future in awaited])

    def _awaited(self, text: str) -> "Future[Vectors]":
        """The vector of one text: remembered, on its way, or to come with the next batch."""
        if text in self._known:
            self._known.move_to_end(text)
        else:
            self._known[text] = Future()
            self._waiting.append((text, self._known[text]))
        return self._known[text]

    def _begun(self) -> list[tuple[str, "Future[Vectors]"]]:
        """Everything that waits, as a batch that nobody else begins."""
        taken, self._waiting = self._waiting, []
        self._free -= 1
        for _, future in taken:
            future.set_running_or_notify_cancel()
        return taken

    def _run(self, taken: Sequence[tuple[str, "Future[Vectors]"]]) -> None:
        """One batch through the model; an error goes to all whose texts were in it."""
        texts = list(dict.fromkeys(text for text, _ in taken))
        try:
            vectors = dict(zip(texts, self._embedder.embed(texts), strict=True))
            failed = None
        except BaseException as error:  # noqa: BLE001 - it is handed on to each of those who wait
            vectors, failed = {}, error
        with self._turn:
            for text, future in taken:
                if failed is None:
                    future.set_result(vectors[text])
                else:
                    self._known.pop(text, None)
                    future.set_exception(failed)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            self._free += 1
            self._turn.notify_all()


def _waits(future: "Future[Vectors]") -> bool:
    """Whether a vector is yet to be begun."""
    return not future.running() and not future.done()
