"""Texts that no newspaper would print, made from a seed, and what has to hold whatever is found in them.

`python -m tests.index.statements.generated` runs 10,000 short texts and some of a megabyte through the whole extractor,
twice, and prints what it saw.
"""

# ruff: noqa: T201 (what this prints is what it is for)

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

from index.statements.extraction import Attributor
from index.statements.paragraphs import find_paragraphs
from index.story import Attributed, Story

_WORDS = (
    "said says told asked called on for according to CNN Ryan Mr. Sen. Lee Ann she he they that whether if not never "
    "reporters statement released the following issued a an of in Monday March 2, 2017 U.S. 9/11 then-Senator "
    "@handle (@handle) #tag https://t.co/x pic.twitter.com/x Q: A: HART: LEE: NOTE: denied declined claim urged"
).split()
_MARKS = "\" “ ” ‘ ’ ' '' `` « » „ ‟ ( ) [ ] — – ― -- - : , . ? ! … ;".split()
_ODD = (
    "🙂 👩‍👩‍👧‍👦 🇺🇸 e\u0301 a\u0308\u0323 \u200b \u200d \ufeff \u202e \u2066 \u2069 שלום مرحبا قال 日本語 ﷺ 𝔘 \x00 "
    "\x1b \ud7ff İ ß ﬁ \u0345 <tweet> </tweet> ½ ٣ \U0010ffff"
).split(" ")
_GAPS = [" "] * 12 + ["", "  ", "\u00a0", "\t", "\u2009"]
_BREAKS = ["\n\n", "\n", "\r\n\r\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", " \n \n "]
MEGABYTE = 1_000_000  # code points


def generated_texts(count: int, seed: int) -> Iterator[str]:
    """Short texts of up to some forty words, marks and oddities, about one in three in several paragraphs."""
    for number in range(count):
        yield one_text(Random(seed * 1_000_003 + number))


def one_text(random: Random) -> str:
    """One such text."""
    parts: list[str] = []
    breaking = random.choice((0.0, 0.0, 0.08))
    for _ in range(random.randrange(0, 36)):
        roll = random.random()
        parts.append(random.choice(_WORDS if roll < 0.62 else _MARKS if roll < 0.92 else _ODD))
        parts.append(random.choice(_BREAKS if random.random() < breaking else _GAPS))
    return "".join(parts)


def _oddities(random: Random) -> str:
    return one_text(random) + "\r\n\r\n"


def _oddities_in_one_line(random: Random) -> str:
    return one_text(random).translate(dict.fromkeys(map(ord, "\n\r\x0b\x0c\x85\u2028\u2029"), " ")) + " "


def _news(random: Random) -> str:
    name = random.choice(("Ann Lee", "Omar Diaz", "Mei Tran", "the mayor", "he", "she", "Mr. Diaz", "Lee"))
    return f"“The river rose by {random.randrange(9)} feet,” {name} said. {name} told reporters that it would fall.\n\n"


LONG_TEXTS: dict[str, Callable[[Random], str]] = {
    "oddities, in paragraphs": _oddities,
    "oddities, no paragraph": _oddities_in_one_line,
    "news": _news,
    "one word": lambda random: "x" * 10_000,
    "opening marks": lambda random: "“said " * 1_000,
    "right to left": lambda random: "قالت مريم إن “المطر” سيعود. " * 100,
}
"""Ways to fill a megabyte, a piece at a time."""


def long_text(piece: Callable[[Random], str], size: int = MEGABYTE) -> str:
    """A text of that many code points, from pieces."""
    random = Random(4)
    parts, length = [], 0
    while length < size:
        parts.append(piece(random))
        length += len(parts[-1])
    return "".join(parts)[:size]


def check(story: Story, found: Attributed) -> None:
    """Passes where every offset lies in the text and has words, and every speaker is known; else AssertionError."""
    size, paragraphs = len(story.text), find_paragraphs(story.text)
    known = {speaker.id for speaker in found.speakers}
    for statement in found.statements:
        cue = statement.cue.span if statement.cue else None
        for span in (statement.span, cue, statement.mention):
            assert span is None or 0 <= span.start < span.end <= size
            assert span is None or span.of(story.text).strip()
        assert 0 <= statement.paragraph < len(paragraphs)
        assert paragraphs[statement.paragraph].start <= statement.span.start
        assert statement.speaker is None or statement.speaker in known
        assert 0 <= statement.confidence <= 1
    spans = [statement.span for statement in found.statements]
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))


def run_twice(attributor: Attributor, stories: Sequence[Story]) -> int:
    """How many statements were found, after checking them and finding the same ones again."""
    found = attributor.attribute_all(stories)
    for story, one in zip(stories, found, strict=True):
        check(story, one)
    assert found == attributor.attribute_all(stories), "the second time gave something else"
    return sum(len(one.statements) for one in found)


def main() -> None:
    """Runs the texts and prints how many, how many statements, and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="how many short texts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-long", action="store_true", help="leave out the texts of a megabyte")
    options = parser.parse_args()
    attributor = Attributor.load()
    stories = [Story(str(n), text) for n, text in enumerate(generated_texts(options.count, options.seed))]
    _report(f"{options.count:,} short texts", attributor, stories)
    for name, piece in {} if options.no_long else LONG_TEXTS.items():
        _report(f"a megabyte of {name}", attributor, [Story(name, long_text(piece))])


def _report(what: str, attributor: Attributor, stories: Sequence[Story]) -> None:
    began = time.perf_counter()
    count = run_twice(attributor, stories)
    took, peak = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (1024 if sys.platform == "linux" else 1024**2)
    print(
        f"{what}: every offset reads back, the same twice; {count:,} statements, {took:.0f} s for both, "
        f"peak memory {peak_mb:,.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
