"""What each part of the benchmark measures: starts of whole processes, questions of a warm library, stories added to
libraries that are thrown away, and the vector index at several sizes; each beside the encoder alone or a peer."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from bot.answers import Abstention, Result
from bot.libraries import seed_stories
from bot.terminal.benchmark.figures import Figure, middle_ms, process_mb, process_s, timed, worst_ms
from bot.terminal.benchmark.material import (
    MadeVectors,
    MakingEmbedder,
    numbered_stories,
    questions,
    questions_of_statements,
    small_stories,
)
from bot.terminal.boundary import opened
from index.encoding import Embedder, PackagedEmbedder, SentenceEmbedder, SharedEmbedder, Vectors
from index.library import Library
from index.ranking import EvidenceRanker
from index.search import VectorIndex, passages_of
from index.story import Story

if TYPE_CHECKING:
    from index.library import Attributor

ASKERS = (1, 8, 64)
_AT_A_TIME = 10
_ROUNDS = 3
KINDS = ("answered by statements", "read closely", "refused")
_TORCH, _BARE = "sentence-transformers' encode", "the encoder's forward pass"
_ASKED = 100
_NEAREST = 10
_FOUND = 200  # as many as the library asks for
_CHUNK = 50_000
_STARTS = 3
_IMPORTED = "import sentence_transformers"
_COMMANDS = (["speaker", "Ryan"], ["ask", "what did Ryan say?"], ["ask", "when did Sessions recuse himself?"])
_RUN = """
import sys
from contextlib import suppress
from bot.__main__ import main
sys.argv[1:] = {}
with suppress(SystemExit):
    main()"""
_ADDINGS = 3
_FIRST = 4  # stories, so that each process that finds statements has had one
_PART = "adding"


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
    yield from _beside_the_encoder(what, asked_s, bare_s, "warm question")


def _beside_the_encoder(what: str, seconds: Sequence[float], bare_s: Sequence[float], part: str) -> Iterator[Figure]:
    yield Figure(f"{what}, median", middle_ms(seconds), "ms", middle_ms(bare_s), _BARE, part)
    yield Figure(f"{what}, 99th percentile", worst_ms(seconds), "ms", worst_ms(bare_s), _BARE, part)


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
            yield from _beside_the_encoder(f"a question {kind}", seconds, passes, "questions by kind")


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


def searched(sizes: tuple[int, ...], *, sentences: int) -> Iterator[Figure]:
    """Questions searched for among made vectors, beside the encoder's forward pass and exact search."""
    embedder = PackagedEmbedder()
    made = MadeVectors(embedder, sentences=sentences)
    asked = questions(_ASKED)
    vectors = embedder.embed(asked)
    forward = middle_ms([timed(partial(embedder.embed, [question])) for question in asked])
    for size in sizes:
        yield from _searched(made, size, vectors, forward)


def _searched(made: MadeVectors, size: int, asked: Vectors, forward: float) -> Iterator[Figure]:
    matrix = np.concatenate([made.rows(min(_CHUNK, size - at)) for at in range(0, size, _CHUNK)])
    index = VectorIndex.of(matrix)
    exact, exact_s = _compared(matrix, asked)
    del matrix
    taken = middle_ms([timed(partial(index.nearest, row, _FOUND)) for row in asked])
    found = [index.nearest(row, _NEAREST)[0] for row in asked]
    shared = [len(near & set(rows.tolist())) / _NEAREST for near, rows in zip(exact, found, strict=True)]
    held_mb, vectors_mb = index.held_bytes / 1e6, asked.nbytes / len(asked) * size / 1e6
    part, among = "search", f"among {size:,} made vectors"
    yield Figure(f"search {among}, median", taken, "ms", forward, _BARE, part, size)
    yield Figure(f"search {among}, median", taken, "ms", middle_ms(exact_s), "all compared", part, size)
    yield Figure(f"recall@{_NEAREST} {among}", float(np.mean(shared)), "", 1.0, "exact search", part, size)
    yield Figure(f"index {among}", held_mb, "MB", vectors_mb, "the vectors", part, size)


def _compared(matrix: Vectors, asked: Vectors) -> tuple[list[set[int]], list[float]]:
    """The nearest of all rows to each question, and how many seconds it took to compare them all."""
    nearest: list[set[int]] = []

    def compare(row: Vectors) -> None:
        nearest.append(set(np.argpartition(-(matrix @ row), _NEAREST)[:_NEAREST].tolist()))

    return nearest, [timed(partial(compare, row)) for row in asked]


def starts(library: str | None) -> Iterator[Figure]:
    """Cold starts on a library that is built, the best of three each; on the seed story's where nothing is held."""
    with opened(library) as shelf:
        held = bool(shelf.stories)
        if held:
            shelf.search("who said what?", limit=1)
    if held:
        yield from _starts(["--library", library] if library else [])
        return
    with TemporaryDirectory() as folder:
        with Library.open(folder) as seed:
            seed.add(seed_stories())
        yield from _starts(["--library", folder])


def _starts(place: list[str]) -> Iterator[Figure]:
    rounds = [
        [process_s("-c", _IMPORTED), *(process_s("-m", "bot", *command, *place) for command in _COMMANDS)]
        for _ in range(_STARTS)
    ]
    imported, *taken = (min(column) for column in zip(*rounds, strict=True))
    for command, seconds in zip(_COMMANDS, taken, strict=True):
        yield Figure(_worded(command), seconds * 1000, "ms", imported * 1000, _IMPORTED, "cold start")
    imported_mb = process_mb(_IMPORTED)
    for command in _COMMANDS:
        held = process_mb(_RUN.format([*command, *place]))
        yield Figure(f"memory of {_worded(command)}", held, "MB", imported_mb, _IMPORTED, "memory")


def _worded(command: list[str]) -> str:
    """A command as it is typed."""
    return " ".join(["onrecord", *(part if " " not in part else f'"{part}"' for part in command)])


def added(count: int) -> Iterator[Figure]:
    """So many numbered copies of the seed story."""
    stories = numbered_stories(count)
    texts = [passage.span.of(story.text) for story in stories for passage in passages_of(story)]
    torch, exact, small = SentenceEmbedder(), PackagedEmbedder(), PackagedEmbedder(int8=True)
    for embedder in (torch, exact, small):
        embedder.embed(texts[:64])
    embed = partial(torch.embed, texts)
    rounds = [(timed(embed), _added_s(exact, stories), _added_s(small, stories)) for _ in range(_ADDINGS)]
    encoded, kept, kept_small = (len(texts) / median(column) for column in zip(*rounds, strict=True))
    yield Figure("passages a second, attribution off", kept, "/s", encoded, _TORCH, _PART)
    yield Figure("passages a second, attribution off, int8", kept_small, "/s", encoded, _TORCH, _PART)
    yield from _attributed(stories)


def _attributed(stories: list[Story]) -> Iterator[Figure]:
    """Stories read in this process, and added as a command adds them: the processes that find statements are warm."""
    import spacy

    from index.statements import Attributor, packaged_pipeline

    attributor = Attributor.load()
    attributor.attribute_all(stories[:1])
    pipeline = spacy.load(packaged_pipeline(), exclude=["lemmatizer"])  # lemmas are what nothing here uses
    parsed = timed(lambda: list(pipeline.pipe([story.text for story in stories], batch_size=1)))
    read = timed(lambda: attributor.attribute_all(stories))
    yield Figure("stories read for statements", len(stories) / read, "/s", len(stories) / parsed, "spaCy alone", _PART)
    with TemporaryDirectory() as folder, Library.open(folder) as whole:
        whole.add(numbered_stories(len(stories) + _FIRST)[-_FIRST:])
        taken = timed(lambda: whole.add(stories))
    yield Figure("stories added, all in all", len(stories) / taken, "/s", len(stories) / parsed, "spaCy alone", _PART)
    yield on_disk(stories[0], attributor)


def on_disk(story: Story, attributor: "Attributor") -> Figure:
    """What a story adds to a library that has next to nothing: copies of one would pack better than stories do."""
    whole, none = (_kept_kb(one, attributor) for one in (story, Story("none", "It rained.")))
    return Figure("on disk, a story", whole - none, "KB", len(story.text.encode()) / 1024, "its text", "size")


def _kept_kb(story: Story, attributor: "Attributor") -> float:
    with TemporaryDirectory() as folder:
        with Library.open(folder, attributor=attributor) as library:
            library.add([story])
        return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1024


def _added_s(embedder: Embedder, stories: list[Story]) -> float:
    with TemporaryDirectory() as folder, Library.open(folder, embedder=embedder, attribution=False) as library:
        return timed(lambda: library.add(stories))
