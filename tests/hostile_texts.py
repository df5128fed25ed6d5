"""Texts made to be slow to read, given to everything that reads what strangers write: `python -m tests.hostile_texts`.

It prints what takes more than a text's length is worth: four times as long a text, far more than four times the time.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from inspect import unwrap
from itertools import product

from bot.questions.exact import exact_forms
from bot.questions.languages import language_of
from bot.questions.parting import joints
from bot.questions.scope import split_when
from index.language.words import traits_of
from index.ranking.linking import words_named
from index.reading.header import read_header
from index.reading.pages.structured import read_facts
from index.reading.transcripts import turns_told_apart
from index.reading.wholeness import find_cut
from index.search.passages import passages_of
from index.search.words import find_words
from index.statements.paragraphs import find_paragraphs
from index.statements.posts import find_posts
from index.statements.quotation_marks import find_quoted
from index.statements.transcripts import find_turns
from index.story import Story
from tests.sizes import tried

Reader = Callable[[str], object]
READERS: Mapping[str, tuple[Reader, int]] = {
    "passages": (lambda text: passages_of(Story("s", text)), 8_000),
    "header": (read_header, 8_000),
    "exported transcripts": (turns_told_apart, 8_000),
    "quotation marks": (find_quoted, 8_000),
    "posts": (lambda text: list(find_posts(text, find_paragraphs(text))), 8_000),
    "turns": (lambda text: list(find_turns("ANN: Yes.\nBO: No.\nANN: " + text, find_paragraphs(text))), 8_000),
    "structured data": (read_facts, 100_000),
    "words that name somebody": (unwrap(words_named), 8_000),
    "the words of the index": (find_words, 8_000),
    "the words of the ranking": (traits_of, 8_000),
    "the end of a story": (find_cut, 6_000),
    "the form of a question": (exact_forms, 1_000),
    "where two questions may be joined": (joints, 4_000),
    "when a question means": (lambda text: split_when(text, None), 4_000),
    "the language of a question": (language_of, 4_000),
}
"""Each reader with the longest text that is tried on it: what it is given in life where that is bounded."""
OPENINGS = (
    "", "# a", "By A B", "date", "press release", "Contents ", "“", '"', "‘", "(", "A", "1", "(A", "what did a say ",
    "latest ", "how did ", "did a ", "all ", "tell me ",
)  # fmt: skip
UNITS = (
    " ", "\t", "\n", ".", "…", "?", '"', '"a ', "“a ", "‘a ", "'a ", "’", "''", "(", "( )", "[", "- ", " -", "a", "A",
    "A.", "a.Aa.A", "a-", "a’", "A A AND ", " AND A A", "1,", "1.", "@a ", "@a@", "http://a", "http://a ", "t.co/a ",
    "<a>", "</a", "<script application/ld+json>", "— A (@a) ", "— A ", "a: ", "A: ", "# ", "all the ", "the ",
    "really ", "to ", " pls", "so ", ". ", ' . "', "said, ", "_", ", ", "A, ",
)  # fmt: skip
ENDINGS = ("", "b", " — Ann Lee (@annlee) March 2, 2017")
PART = tried(1, 5)
"""Of so many kinds one is tried: all, or a fifth, of each opening and each unit."""
WORTH_A_LOOK_S = 0.15
HALF_AS_LONG = 16
"""How much less of that half the text may take: as much as where the time goes with the fourth power."""
MOST_TIMES = 9.0
"""A time in proportion would be 4, one that goes with the square 16."""


def slow_readings() -> Iterator[str]:
    """Each reader, with what it takes too long over."""
    for name, (read, longest) in READERS.items():
        for opening, unit, ending in _kinds():
            if _seconds(read, opening, unit, ending, longest // 2) < WORTH_A_LOOK_S / HALF_AS_LONG:
                continue
            if _seconds(read, opening, unit, ending, longest) < WORTH_A_LOOK_S:
                continue
            short, long = (
                min(_seconds(read, opening, unit, ending, length) for _ in range(3))
                for length in (longest // 4, longest)
            )
            if long > MOST_TIMES * short:
                yield f"{name}: {opening!r}, {unit!r} over and over, {ending!r}"
                break


def _kinds() -> Iterator[tuple[str, str, str]]:
    """Each opening with each unit over and over, behind which, in a part of them, the endings take turns."""
    kinds = product(enumerate(OPENINGS), enumerate(UNITS), enumerate(ENDINGS))
    return (
        (opening, unit, ending)
        for (first, opening), (second, unit), (third, ending) in kinds
        if (first + second + third) % PART == 0
    )


def _seconds(read: Reader, opening: str, unit: str, ending: str, length: int) -> float:
    """How much of the processor's time a text of about this length takes."""
    text = opening + unit * (length // len(unit)) + ending
    start = time.process_time()
    read(text)
    return time.process_time() - start


if __name__ == "__main__":
    for line in slow_readings():
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
