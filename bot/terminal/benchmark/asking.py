"""Questions asked of a warm library, beside the encoder alone and beside sentence-transformers' encoding of them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.answers import Abstention, Result
from bot.libraries import seed_stories
from bot.terminal.benchmark.figures import Figure, middle_ms, timed, worst_ms
from bot.terminal.benchmark.material import (
    MadeVectors,
    MakingEmbedder,
    questions,
    questions_of_statements,
    small_stories,
)
from index.encoding import Embedder, PackagedEmbedder, SentenceEmbedder, SharedEmbedder
from index.library import Library
from index.ranking import EvidenceRanker

ASKERS = (1, 8, 64)
_AT_A_TIME = 10
_ROUNDS = 3
KINDS = ("answered by statements", "read closely", "refused")
_KINDS_PART = "questions by kind"
_TORCH, _BARE = "sentence-transformers' encode", "the encoder's forward pass"


def asked_of_one_story(count: int) -> Iterator[Figure]:
    """The seed story, asked as the bot asks: latency with and without re-ranking, and what many askers get through."""
    torch, bare = SentenceEmbedder(), PackagedEmbedder()
    with TemporaryDirectory() as folder:
        with Library.open(Path(folder) / "library", embedder=SharedEmbedder(bare)) as library:
            library.add(seed_stories())
            yield from _by_kind(_ask(library), bare, count)
            yield from _latency("a question", _ask(library), bare, torch, count)
        plain = EvidenceRanker.load(reranking=False)
        with Library.open(Path(folder) / "library", embedder=SharedEmbedder(bare), ranker=plain) as library:
            yield from _latency("a question, re-ranking off", _ask(library), bare, torch, count)
            yield from _throughput(_ask(library), 4 * count)
            yield _shared_passes(bare, 4 * count)


def asked_of_many(passages: int, count: int, *, sentences: int) -> Iterator[Figure]:
    """A library of so many passages, whose vectors are made: latency without and with re-ranking."""
    torch, bare = SentenceEmbedder(), PackagedEmbedder()
    made = MakingEmbedder(bare, MadeVectors(bare, sentences=sentences))
    plain, among = EvidenceRanker.load(reranking=False), f"evidence among {passages:,} passages"
    with TemporaryDirectory() as folder:
        with Library.open(folder, embedder=made, attribution=False, ranker=plain) as library:
            library.add(small_stories(passages))
            yield from _latency(f"{among}, re-ranking off", _evidence(library), bare, torch, count)
        with Library.open(folder, embedder=made, attribution=False) as library:
            yield from _latency(among, _evidence(library), bare, torch, count)


def _latency(what: str, ask: Callable[[str], object], bare: Embedder, torch: Embedder, count: int) -> Iterator[Figure]:
    """A few questions are asked, then embedded, then encoded by torch, and so on, so that all three meet the same load.

    Of each few, the first does not count: it finds the cores and their caches as another model left them.
    """
    ways = (ask, lambda question: bare.embed([question]), lambda question: torch.embed([question]))
    taken: tuple[list[float], ...] = ([], [], [])
    chosen = questions(count + _AT_A_TIME)
    for at in range(0, len(chosen), _AT_A_TIME):
        for way, seconds in zip(ways, taken, strict=True):
            each = [timed(partial(way, question)) for question in chosen[at : at + _AT_A_TIME]]
            seconds.extend(each[1:] if at else [])  # the first few load what is needed
    asked_s, bare_s, torch_s = taken
    yield Figure(f"{what}, median", middle_ms(asked_s), "ms", middle_ms(torch_s), _TORCH, "warm question")
    yield Figure(f"{what}, median", middle_ms(asked_s), "ms", middle_ms(bare_s), _BARE, "warm question")
    yield Figure(f"{what}, 99th percentile", worst_ms(asked_s), "ms", worst_ms(bare_s), _BARE, "warm question")


def _by_kind(ask: Callable[[str], Result], bare: Embedder, count: int) -> Iterator[Figure]:
    """Latency by what a question comes to; a median over a mix of these tells of the mix."""
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    passes: list[float] = []
    for question in [*questions_of_statements(), *questions(3 * count, seed=2)]:
        told: list[Result] = []
        took = timed(lambda: told.append(ask(question)))  # noqa: B023 - called at once
        taken[kind_of(question, told[0])].append(took)
        passes.append(timed(partial(bare.embed, [question])))
    for kind, seconds in taken.items():
        if len(seconds) > 1:
            yield Figure(f"a question {kind}, median", middle_ms(seconds), "ms", middle_ms(passes), _BARE, _KINDS_PART)
            yield Figure(
                f"a question {kind}, 99th percentile", worst_ms(seconds), "ms", worst_ms(passes), _BARE, _KINDS_PART
            )


def kind_of(question: str, told: Result) -> str:
    """What a question came to: one of KINDS."""
    if isinstance(told, Abstention):
        return "refused"
    return "answered by statements" if question in questions_of_statements() else "read closely"


def _throughput(ask: Callable[[str], object], count: int) -> Iterator[Figure]:
    """Questions a second by so many askers at once, beside one asker; no question is asked twice."""
    asked = iter(questions(count * len(ASKERS) * _ROUNDS, seed=1))
    rounds = [[_together_s(ask, list(islice(asked, count)), askers) for askers in ASKERS] for _ in range(_ROUNDS)]
    alone, *_ = middle = [count / median(column) for column in zip(*rounds, strict=True)]
    for askers, taken in zip(ASKERS, middle, strict=True):
        what = f"{askers} asker{'s' if askers > 1 else ''}"
        yield Figure(what, taken, "/s", alone, "one after another", "questions a second", askers)


def _shared_passes(bare: Embedder, count: int) -> Figure:
    """What the encoder alone gets through with as many questions in a pass as there are askers, beside one in a pass.

    More than this, sharing passes cannot bring the askers.
    """
    shared, asked = ASKERS[-1], questions(count)
    together = timed(lambda: [bare.embed(asked[at : at + shared]) for at in range(0, count, shared)])
    single = timed(lambda: [bare.embed([question]) for question in asked])
    what = f"the encoder alone, {shared} questions in a pass"
    return Figure(what, count / together, "/s", count / single, "one in a pass", "questions a second")


def _together_s(ask: Callable[[str], object], asked: Sequence[str], askers: int) -> float:
    """How many seconds so many askers took for all of these questions."""
    with ThreadPoolExecutor(askers) as pool:
        return timed(lambda: list(pool.map(ask, asked)))


def _ask(library: Library) -> Callable[[str], Result]:
    from bot.asking import FOR_PEOPLE, ask

    return lambda question: ask(library, question, limits=FOR_PEOPLE)


def _evidence(library: Library) -> Callable[[str], Sequence[object]]:
    return lambda question: library.evidence(question).hits
