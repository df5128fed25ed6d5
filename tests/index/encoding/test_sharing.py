"""Many askers in front of one embedder: who waits goes along with the next batch, and everybody gets their own."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from index.encoding.embedding import PackagedEmbedder, Vectors
from index.encoding.sentences import Pieces
from index.encoding.sharing import FEW_TEXTS, REMEMBERED, SharedEmbedder
from tests.index.fakes import FakeEmbedder


class SlowEmbedder(FakeEmbedder):
    """Holds its first batch until told to go on; keeps every batch that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[str]] = []
        self.begun, self.go_on = Event(), Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        self.begun.set()
        assert self.go_on.wait(30)
        return super().embed(texts)


class ReadingEmbedder(SlowEmbedder):
    """Shows one piece for each word; what it has read counts as a batch."""

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        rows = self.embed(texts)
        return [Pieces(((0, len(text)),), row[None]) for text, row in zip(texts, rows, strict=True)]


def waiting(shared: SharedEmbedder) -> int:
    """How many texts wait for the next batch."""
    return len(shared._waiting)


def test_who_waits_while_a_batch_runs_shares_the_next_one() -> None:
    slow = SlowEmbedder()
    shared = SharedEmbedder(slow, batches=1)
    questions = [f"question {number}" for number in range(64)]
    with ThreadPoolExecutor(65) as pool:
        first = pool.submit(shared.embed, ["the first"])
        assert slow.begun.wait(30)
        others = [pool.submit(shared.embed, [question]) for question in questions]
        while waiting(shared) < len(questions):
            pass
        slow.go_on.set()
        rows = np.concatenate([other.result(30) for other in others])
        assert np.array_equal(first.result(30), FakeEmbedder().embed(["the first"]))
    assert [len(batch) for batch in slow.batches] == [1, 64]
    assert rows == pytest.approx(FakeEmbedder().embed(questions))


def test_questions_that_are_read_piece_by_piece_share_a_pass_and_their_vectors_are_remembered() -> None:
    slow = ReadingEmbedder()
    shared = SharedEmbedder(slow)
    questions = [f"question {number}" for number in range(64)]
    with ThreadPoolExecutor(66) as pool:
        first = pool.submit(shared.pieces, ["the first"])
        assert slow.begun.wait(30)
        others = [pool.submit(shared.pieces, [question]) for question in questions]
        embedded = pool.submit(shared.embed, ["a topic"])
        while waiting(shared) < len(questions) + 1:
            pass
        slow.go_on.set()
        read = [other.result(30)[0] for other in others]
        assert len(first.result(30)) == 1
    assert sorted(map(len, slow.batches)) == [1, 65]
    assert np.array_equal(embedded.result(30), FakeEmbedder().embed(["a topic"]))
    for question, pieces in zip(questions, read, strict=True):
        assert pieces.offsets == ((0, len(question)),)
        assert np.array_equal(pieces.states, FakeEmbedder().embed([question]))
    assert shared.embed(questions[:2]) == pytest.approx(FakeEmbedder().embed(questions[:2]))
    assert len(slow.batches) == 2


def test_the_pieces_of_texts_that_share_a_row_are_those_that_each_has_alone() -> None:
    encoder = PackagedEmbedder()
    texts = ["who spoke?", "", "what did the mayor of the harbour town say about it? " * 20, "no", "why “so”?"]
    for together, text in zip(encoder.pieces(texts), texts, strict=True):
        (alone,) = encoder.pieces([text])
        assert together.offsets == alone.offsets
        assert together.states == pytest.approx(alone.states, abs=1e-4)
        assert together.states.base is None


def test_a_second_core_takes_the_next_question_without_waiting_for_the_first() -> None:
    slow = SlowEmbedder()
    shared = SharedEmbedder(slow, batches=2)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(shared.embed, ["the first"])
        assert slow.begun.wait(30)
        again, second = pool.submit(shared.embed, ["the first"]), pool.submit(shared.embed, ["the second"])
        while len(slow.batches) < 2:
            pass
        slow.go_on.set()
        rows = [found.result(30) for found in (first, again, second)]
    assert np.array_equal(rows[0], rows[1])
    assert not np.array_equal(rows[0], rows[2])


def test_the_same_question_is_embedded_once_while_it_is_remembered() -> None:
    embedder = FakeEmbedder()
    shared = SharedEmbedder(embedder)
    once, again = shared.embed(["who?", "who?"]), shared.embed(["who?"])
    assert np.array_equal(once[0], again[0])
    assert embedder.embedded == ["who?"]
    for number in range(REMEMBERED):
        shared.embed([f"other {number}"])
    shared.embed(["who?"])
    assert embedder.embedded.count("who?") == 2


def test_who_waits_is_served_though_the_question_is_no_longer_remembered() -> None:
    shared = SharedEmbedder(FakeEmbedder())
    first = shared._awaited("who?")
    shared._known.clear()
    assert np.array_equal(shared.embed(["who?"])[0], first.result(30))


def test_stories_go_straight_through() -> None:
    embedder = FakeEmbedder()
    texts = [f"passage {number}" for number in range(FEW_TEXTS + 1)]
    shared = SharedEmbedder(embedder)
    assert np.array_equal(shared.embed(texts), embedder.embed(texts))
    assert shared.embed([]).shape == (0, embedder.dim)
    assert (shared.name, shared.dim) == (embedder.name, embedder.dim)


def test_whoever_is_served_does_not_wait_for_the_batch_after() -> None:
    gates = [Event() for _ in range(3)]

    class Gated(FakeEmbedder):
        batches = 0

        def embed(self, texts: Sequence[str]) -> Vectors:
            gate = gates[self.batches]
            self.batches += 1
            assert gate.wait(30)
            return super().embed(texts)

    gated = Gated()
    shared = SharedEmbedder(gated)
    with ThreadPoolExecutor(5) as pool:
        served = [pool.submit(shared.embed, ["the first"])]
        for batch, questions in enumerate((["second", "third", "fourth"], ["the last"]), start=1):
            while gated.batches < batch:
                pass
            asked = [pool.submit(shared.embed, [question]) for question in questions]
            while waiting(shared) < len(questions):
                pass
            gates[batch - 1].set()
            assert all(len(one.result(30)) == 1 for one in served)
            served = asked
        gates[2].set()
        assert len(served[0].result(30)) == 1
    assert gated.batches == 3


def test_an_error_reaches_whoever_waits_and_the_next_question_is_asked_anew() -> None:
    class Failing(ReadingEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if "bad" in texts:
                raise ValueError("no")
            return FakeEmbedder.embed(self, texts)

    shared = SharedEmbedder(Failing())
    for ask in (shared.embed, shared.pieces):
        with pytest.raises(ValueError, match="no"):
            ask(["bad"])
        assert len(ask(["good"])) == 1
