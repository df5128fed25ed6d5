"""The lexical index: BM25 by flat arrays."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.words import K1, B, LiveWords, Places, WordIndex, find_words

TEXTS = ("The river rose at night.", "Rivers rise, and the town slept.", "A town of 3,000 voted.", "")
SENTENCES = st.lists(st.sampled_from(["river", "town", "vote", "the", "ä", "7"]), max_size=6).map(" ".join)
WRITTEN = st.lists(SENTENCES, max_size=8)


def placed(index: WordIndex, first: int = 0) -> Places:
    return np.arange(first, first + len(index.lengths))


def test_forms_of_a_word_meet() -> None:
    same = ("river Rivers river's", "kill killed KILLS killing", "stopped stops", "city cities", "fire fires fired")
    for forms in same:
        assert len(set(find_words(forms))) == 1, forms
    assert find_words("bus") == ["bus"]
    assert find_words("The mayor's 3,000") == ["the", "mayor", "3,000"]


def test_scores_are_those_of_the_formula() -> None:
    index = WordIndex.of(TEXTS)
    scores = LiveWords([(index, placed(index))]).scores("town")
    mean = np.mean([len(find_words(text)) for text in TEXTS])
    idf = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    norm = K1 * (1 - B + B * len(find_words(TEXTS[1])) / mean)
    assert scores[1] == pytest.approx(idf * (K1 + 1) / (1 + norm))
    assert scores[0] == scores[3] == 0


def test_dead_rows_score_nothing_and_count_for_nothing() -> None:
    whole = WordIndex.of([*TEXTS, "town town town"])
    places = placed(whole)
    places[4] = -1
    with_dead = LiveWords([(whole, places)]).scores("river town")
    alone = WordIndex.of(TEXTS)
    without = LiveWords([(alone, placed(alone))]).scores("river town")
    assert with_dead.tolist() == without.tolist()


def test_parts_score_as_one_index_would() -> None:
    one, first, second = WordIndex.of(TEXTS), WordIndex.of(TEXTS[:1]), WordIndex.of(TEXTS[1:])
    whole = LiveWords([(one, placed(one))]).scores("river town")
    parts = LiveWords([(first, placed(first)), (second, placed(second, 1))]).scores("river town")
    assert parts.tolist() == whole.tolist()


@given(WRITTEN, WRITTEN, st.data())
def test_joining_is_building_anew(first: list[str], second: list[str], data: st.DataObject) -> None:
    parts = []
    texts: list[str] = []
    for given_texts in (first, second):
        kept = data.draw(st.lists(st.booleans(), min_size=len(given_texts), max_size=len(given_texts)))
        parts.append((WordIndex.of(given_texts), np.flatnonzero(np.array(kept, dtype=bool))))
        texts += [text for text, keep in zip(given_texts, kept, strict=True) if keep]
    assert WordIndex.joined(parts).to_bytes() == WordIndex.of(texts).to_bytes()


@given(WRITTEN)
def test_an_index_reads_back_as_it_was_written(texts: list[str]) -> None:
    index = WordIndex.of(texts)
    again = WordIndex.from_bytes(index.to_bytes())
    assert again.to_bytes() == index.to_bytes()
    assert again.terms == index.terms


@pytest.mark.parametrize("payload", [b"", b"x", b"{}\n", b'{"words": 5, "arrays": [1, 1, 1, 1]}\nab'])
def test_other_bytes_are_no_index(payload: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        WordIndex.from_bytes(payload)
