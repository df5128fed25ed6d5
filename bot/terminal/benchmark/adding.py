"""Stories added to libraries that are thrown away: beside the bare encoders, and beside spaCy alone."""

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.terminal.benchmark.figures import Figure, timed
from bot.terminal.benchmark.material import numbered_stories
from index.encoding import Embedder, PackagedEmbedder, SentenceEmbedder
from index.library import Library
from index.search import passages_of
from index.story import Story

if TYPE_CHECKING:
    from index.library import Attributor

_ROUNDS = 3
_FIRST = 4  # stories, so that each process that finds statements has had one
_PART = "adding"


def added(count: int) -> Iterator[Figure]:
    """So many numbered copies of the seed story."""
    stories = numbered_stories(count)
    texts = [passage.span.of(story.text) for story in stories for passage in passages_of(story)]
    torch, exact, small = SentenceEmbedder(), PackagedEmbedder(), PackagedEmbedder(int8=True)
    for embedder in (torch, exact, small):
        embedder.embed(texts[:64])
    rounds = [(_encoded_s(torch, texts), _added_s(exact, stories), _added_s(small, stories)) for _ in range(_ROUNDS)]
    encoded, kept, kept_small = (len(texts) / statistics.median(column) for column in zip(*rounds, strict=True))
    beside = "sentence-transformers' encode"
    yield Figure("passages a second, attribution off", kept, "/s", encoded, beside, _PART)
    yield Figure("passages a second, attribution off, int8", kept_small, "/s", encoded, beside, _PART)
    yield from _attributed(stories)


def _attributed(stories: list[Story]) -> Iterator[Figure]:
    """Stories read in this process, and added as a command adds them: the processes that find statements are warm."""
    from index.statements import Attributor

    attributor, spacy_alone = Attributor.load(), _spacy_alone()
    attributor.attribute_all(stories[:1])
    parsed = timed(lambda: spacy_alone([story.text for story in stories]))
    read = timed(lambda: attributor.attribute_all(stories))
    yield Figure("stories read for statements", len(stories) / read, "/s", len(stories) / parsed, "spaCy alone", _PART)
    with TemporaryDirectory() as folder, Library.open(folder) as whole:
        whole.add(numbered_stories(len(stories) + _FIRST)[-_FIRST:])
        taken = timed(lambda: whole.add(stories))
    yield Figure("stories added, all in all", len(stories) / taken, "/s", len(stories) / parsed, "spaCy alone", _PART)
    yield on_disk(stories[0], attributor)


def _spacy_alone() -> Callable[[list[str]], object]:
    """spaCy's pipeline as its package has it, but for the lemmas, which nothing here uses."""
    import spacy

    from index.statements import packaged_pipeline

    pipeline = spacy.load(packaged_pipeline(), exclude=["lemmatizer"])
    return lambda texts: list(pipeline.pipe(texts, batch_size=1))


def on_disk(story: Story, attributor: "Attributor") -> Figure:
    """What a story adds to a library that has next to nothing: copies of one would pack better than stories do."""
    whole, none = (_kept_kb(one, attributor) for one in (story, Story("none", "It rained.")))
    return Figure("on disk, a story", whole - none, "KB", len(story.text.encode()) / 1024, "its text", "size")


def _kept_kb(story: Story, attributor: "Attributor") -> float:
    with TemporaryDirectory() as folder:
        with Library.open(folder, attributor=attributor) as library:
            library.add([story])
        return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1024


def _encoded_s(embedder: Embedder, texts: list[str]) -> float:
    return timed(lambda: embedder.embed(texts))


def _added_s(embedder: Embedder, stories: list[Story]) -> float:
    with TemporaryDirectory() as folder, Library.open(folder, embedder=embedder, attribution=False) as library:
        return timed(lambda: library.add(stories))
