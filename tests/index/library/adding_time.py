"""How long adding stories takes beside embedding their text alone.

Run it as `python -m tests.index.library.adding_time STORIES [COUNT]`.

Prints what adding them costs without statements, what the encoder alone costs for the same sentences, the ratio, and
that the library answers at once. The clock is the process's own, so that a busy machine changes little.
"""

import sys
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from index.encoding.embedding import PackagedEmbedder
from index.library.folder import Library
from index.reading import read_source
from index.search.passages import passages_of
from index.story import Story

MOST_RATIO = 1.25
AT_ONCE = 4_096


def encoder_seconds(embedder: PackagedEmbedder, stories: list[Story]) -> tuple[int, float]:
    """How many different sentences there are, and the encoder's own time for them."""
    texts = dict.fromkeys(passage.span.of(story.text) for story in stories for passage in passages_of(story))
    sentences = list(texts)
    began = process_time()
    for at in range(0, len(sentences), AT_ONCE):
        embedder.embed(sentences[at : at + AT_ONCE])
    return len(sentences), process_time() - began


def adding_seconds(embedder: PackagedEmbedder, stories: list[Story]) -> float:
    """The time for adding the stories to a new library, without statements; what was added can be asked."""
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "library", embedder=embedder) as library:
        began = process_time()
        added = library.add(stories, statements=False)
        took = process_time() - began
        assert len(added.new) == len(stories)
        assert library.search("What happened?")
    return took


def main() -> int:
    """Measures, and says whether adding is within its limit."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else None
    stories = list(islice(read_source(sys.argv[1]), count))
    embedder = PackagedEmbedder()
    embedder.embed(["It is loaded now."])
    adding = adding_seconds(embedder, stories)
    sentences, alone = encoder_seconds(embedder, stories)
    sys.stdout.write(f"{len(stories)} stories, {sentences} sentences: added in {adding:.1f} s\n")
    sys.stdout.write(f"the encoder alone: {alone:.1f} s ({sentences / alone:.0f} sentences/s)\n")
    sys.stdout.write(f"ratio {adding / alone:.2f} (limit {MOST_RATIO})\n")
    return 0 if adding <= MOST_RATIO * alone else 1


if __name__ == "__main__":
    sys.exit(main())
