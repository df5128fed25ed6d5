"""Many askers in front of one embedder: who waits goes along with the next batch, and everybody gets their own."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from index.encoding.embedding import Vectors
from index.encoding.sharing import FEW_TEXTS, MOST_EXPECTED, REMEMBERED, SharedEmbedder
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


def test_what_is_expected_goes_along_with_the_next_batch() -> None:
    embedder = SlowEmbedder()
    embedder.go_on.set()
    shared = SharedEmbedder(embedder)
    shared.expect("the question")
    assert embedder.batches == []
    shared.embed(["the topic"])
    assert embedder.batches == [["the question", "the topic"]]
    assert np.array_equal(shared.embed(["the question"]), FakeEmbedder().embed(["the question"]))
    assert len(embedder.batches) == 1


def test_what_nobody_comes_for_does_not_pile_up() -> None:
    shared = SharedEmbedder(FakeEmbedder())
    for number in range(10 * MOST_EXPECTED):
        shared.expect(f"question {number}")
    assert waiting(shared) == MOST_EXPECTED


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
    class Failing(FakeEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if "bad" in texts:
                raise ValueError("no")
            return super().embed(texts)

    shared = SharedEmbedder(Failing())
    with pytest.raises(ValueError, match="no"):
        shared.embed(["bad"])
    assert len(shared.embed(["good"])) == 1
