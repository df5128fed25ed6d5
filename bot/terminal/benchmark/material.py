"""What is measured with: the seed story many times over, questions none of which is asked twice, and made vectors.

Real sentences are the seed's and those of Python's own documentation, which every installation holds. Made vectors are
embeddings of these: two of them mixed, and noise added, so that they lie in groups as the vectors of real stories do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from bot.libraries import seed_stories
from index.encoding import Embedder, Vectors
from index.language import sentence_spans
from index.search import passages_of
from index.story import Span, Story

NOISE = 0.35
PASSAGES_A_STORY = 20
_FORMS = (
    "what did {} say?", "what did {} say about {}?", "who called on {} to resign?", "did {} deny {}?",
    "why did {} speak of {}?", "what does {} think of {}?", "who said that {} knew of {}?", "when did {} mention {}?",
)  # fmt: skip
_OF_STATEMENTS = ("what did {} say?", "what has {} said?", "quotes from {}", "everything {} said", "any quotes by {}")
_NAMES = "Ryan Pelosi Sessions Warren Franken Harris Vargas Peters Davis Trump Kislyak Schumer Merkel Bolton".split()
_TOPICS = (
    "the oath", "the investigation", "the ambassador", "the campaign", "the recusal", "the hearing", "Russia",
    "the Senate", "the letter", "the law", "the budget", "the committee", "the vote", "the meeting", "the truth",
    "the bridge", "the schools", "the flood", "the strike", "the tax", "the border", "the election", "the report",
    "the treaty", "the police", "the hospital", "the airport", "the harvest", "the river", "the trial", "the debate",
    "the drought", "the railway", "the stadium", "the museum", "the inquiry", "the deadline", "the protest",
    "the ceasefire", "the merger", "the pipeline", "the vaccine", "the storm", "the sanctions", "the summit",
)  # fmt: skip


def questions(count: int, *, seed: int = 0) -> list[str]:
    """So many different questions, in an order that the seed decides."""
    all_of_them = list(
        dict.fromkeys(form.format(name, topic) for form in _FORMS for name in _NAMES for topic in _TOPICS)
    )
    order = np.random.default_rng(seed).permutation(len(all_of_them))
    return [all_of_them[at] for at in order[:count]]


def questions_of_statements() -> list[str]:
    """Questions, none of them twice, in forms that the statements of the one named answer, where there are any."""
    return [form.format(name) for form in _OF_STATEMENTS for name in _NAMES]


def numbered_stories(count: int) -> list[Story]:
    """The seed story so many times, each passage numbered so that none repeats."""
    (story, *_) = seed_stories()
    return [_numbered(story, number) for number in range(count)]


def small_stories(passages: int) -> Iterator[Story]:
    """Stories of 20 short sentences, with so many in all."""
    sentences = real_sentences(2_000)
    for number in range(passages // PASSAGES_A_STORY):
        at = number * 7
        lines = [
            f"{sentences[(at + line * 13) % len(sentences)]} ({number}.{line})" for line in range(PASSAGES_A_STORY)
        ]
        yield Story(f"story-{number}", "\n\n".join(lines), title=lines[0][:60])


def real_sentences(count: int) -> list[str]:
    """At most so many sentences that people wrote, of between 40 and 300 characters."""
    from pydoc_data.topics import topics

    texts = [story.text for story in seed_stories()] + [text for _, text in sorted(topics.items())]
    found = (
        sentence
        for text in texts
        for paragraph in text.split("\n\n")
        for line in (" ".join(paragraph.split()),)
        for sentence in (span.of(line) for span in sentence_spans(line, Span(0, len(line))))
        if 40 < len(sentence) < 300 and sentence[0].isalpha()
    )
    return list(islice(dict.fromkeys(found), count))


class MadeVectors:
    """Unit vectors like those of real sentences, as many as are wanted, the same for the same seed."""

    def __init__(self, embedder: Embedder, *, sentences: int, seed: int = 1) -> None:
        self.real = embedder.embed(real_sentences(sentences))
        self._random = np.random.default_rng(seed)

    def rows(self, count: int) -> Vectors:
        """So many rows."""
        first, second = (self.real[self._random.integers(0, len(self.real), count)] for _ in range(2))
        share = self._random.uniform(0, 0.5, (count, 1)).astype(np.float32)
        mixed = _unit((1 - share) * first + share * second)
        noise = self._random.standard_normal(mixed.shape, dtype=np.float32) / np.float32(mixed.shape[1] ** 0.5)
        return _unit(mixed + np.float32(NOISE) * noise)


class MakingEmbedder:
    """An embedder that embeds questions, and makes up the vectors of stories."""

    def __init__(self, embedder: Embedder, made: MadeVectors) -> None:
        self._embedder = embedder
        self._made = made

    @property
    def name(self) -> str:
        """The model, and that it is not only the model."""
        return f"{self._embedder.name}:made"

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._embedder.dim

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, one for each text."""
        return self._embedder.embed(texts) if len(texts) <= 2 else self._made.rows(len(texts))


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _numbered(story: Story, number: int) -> Story:
    text = story.text
    for at, passage in reversed(list(enumerate(passages_of(story)))):
        start = passage.span.start
        text = f"{text[:start]}{number}.{at} {text[start:]}"
    return replace(story, id=f"{story.id}-{number}", text=text)
