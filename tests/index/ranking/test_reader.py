"""The reader: a question and the likeliest sentences, read closely."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoding.packaged import packaged_tokenizer
from index.ranking.entailment import entailed
from index.ranking.evidence import CLOSEST, Candidates, Evidence, EvidenceRanker
from index.ranking.features import NAMES, Asked
from index.ranking.reader import READ_PIECES, READER, Read, Reader
from index.ranking.weighing import READ_ALONE, Weights, reader_features, to_read_alone
from index.ranking.windows import MAX_PIECES, Sentence, window_of
from index.story import Passage, Span
from tests.sizes import tried

TEXTS = (
    "Police in Leeds said two men had been arrested after a fire.",
    "The fire began in a bakery on Mill Street at about four in the morning, said Chief Inspector Ann Holt.",
    "The owner, Peter Graves, plans to open again in March.",
)
WORDS = st.text(max_size=120)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def sentences(texts: tuple[str, ...] = TEXTS) -> list[Sentence]:
    return [Sentence(text, at, at) for at, text in enumerate(texts)]


def test_a_window_holds_sentences_in_reading_order_whatever_their_rank() -> None:
    shuffled = [Sentence(text, at, len(TEXTS) - at) for at, text in enumerate(TEXTS)]
    window = window_of(packaged_tokenizer(), "Who?", shuffled)
    told = [number for number in window.sentence if number >= 0]
    assert told == sorted(told)
    assert set(told) == {0, 1, 2}


def test_a_window_keeps_the_best_ranked_sentences_within_its_length() -> None:
    many = [Sentence(f"This is sentence number {at} of a long story.", at, 99 - at) for at in range(100)]
    window = window_of(packaged_tokenizer(), "Which number?", many, longest=64)
    assert len(window.ids) <= 64
    assert min(number for number in window.sentence if number >= 0) > 90


def test_a_window_is_never_longer_than_the_network_can_read() -> None:
    endless = [Sentence("word " * 2000, 0, 0)]
    window = window_of(packaged_tokenizer(), "question " * 500, endless, context="before " * 500)
    assert len(window.ids) <= MAX_PIECES
    assert window.ids[0] == 101


def test_pieces_point_at_their_words() -> None:
    window = window_of(packaged_tokenizer(), "Who owns it?", sentences())
    places = zip(window.sentence, window.starts, window.ends, strict=True)
    words = {TEXTS[number][start:end] for number, start, end in places if number >= 0}
    assert {"Graves", "Leeds", "March"} <= words


def test_words_of_the_question_are_marked_in_the_sentences() -> None:
    window = window_of(packaged_tokenizer(), "When did the fire begin?", sentences())
    places = zip(window.sentence, window.starts, window.ends, window.features, strict=True)
    matches = {TEXTS[number][start:end]: row[0] for number, start, end, row in places if number >= 0}
    assert matches["fire"] == 2
    assert matches["bakery"] == 1
    assert matches["the"] == 0


@pytest.mark.parametrize(
    ("question", "answer"), [("When did the fire begin?", "four in the morning"), ("Who is the owner?", "Peter Graves")]
)
def test_the_words_that_answer_are_found(reader: Reader, question: str, answer: str) -> None:
    read = reader.read(question, sentences())
    assert read.words is not None
    number, start, end = read.words
    assert answer in TEXTS[number][start:end] or TEXTS[number][start:end] in answer


def test_a_question_about_something_else_is_told_from_one_that_is_answered(reader: Reader) -> None:
    here = reader.read("When did the fire begin?", sentences())
    there = reader.read("How much did the president of Chile pay for the horse?", sentences())
    assert there.nothing > here.nothing
    assert there.answerable < here.answerable


def test_what_was_not_read_is_ruled_out_but_finite(reader: Reader) -> None:
    many = tuple(f"Sentence {at} is about nothing at all, at some length." for at in range(200))
    features = reader_features(reader.read("What is it about?", sentences(many)))
    assert features.shape == (200, 4)
    assert np.isfinite(features).all()
    assert features[199, 2] == 1
    assert features[0, 2] == 0


class Doubtful(Reader):
    """A reader that finds words in the second text, about as likely as it is told."""

    def __init__(self, likely: float) -> None:
        self._likely = likely
        self.texts: list[list[str]] = []

    def read(
        self,
        question: str,
        sentences: Sequence[Sentence],
        *,
        context: str = "",
        named: Sequence[Span] = (),
        longest: int = READ_PIECES,
    ) -> Read:
        self.texts.append([sentence.text for sentence in sentences])
        spans = np.array([-9.0, self._likely, -9.0])
        told = np.array([-3.0, -0.1, -3.0])
        return Read(told, spans, -4.0, -6.0, 1.0, (1, 30, 41), told, 0.0 if len(sentences) > 1 else 2.0)


def evidence_by(reader: Reader) -> Evidence:
    alike, numbers = np.full(3, 0.3, dtype=np.float32), np.arange(3)
    passages = [Passage("fire", 1, Span(200 * at, 200 * at + len(text)), at) for at, text in enumerate(TEXTS)]
    candidates = Candidates(
        stories=0 * numbers,
        places=numbers,
        dense=alike,
        dense_in_context=alike,
        words=alike,
        story_scores=0 * alike,
        look_up=lambda at: (passages[at], TEXTS[at]),
    )
    return EvidenceRanker(Weights.load(), reader).rank(Asked("Where did the fire begin?"), candidates)


@pytest.mark.parametrize(("likely", "marked"), [(-1.0, True), (-4.0, False), (-7.0, False)])
def test_words_that_are_not_likely_are_not_given_as_the_answer(likely: float, marked: bool) -> None:
    assert evidence_by(Doubtful(likely)).mark == (("fire", Span(230, 241)) if marked else None)


def test_the_likeliest_sentences_are_read_once_more_each_alone() -> None:
    reader = Doubtful(-1.0)
    found = evidence_by(reader)
    assert reader.texts[0] == list(TEXTS)
    assert reader.texts[1] == [TEXTS[1]]
    assert [len(texts) for texts in reader.texts[1:]] == [1] * READ_ALONE
    assert found.alone == pytest.approx((-3.0, -4.0, 1.0, -3.0, -9.0, -6.0, 2.0, 1.0))
    shown = [TEXTS[hit.passage.paragraph] for hit in found.hits]
    assert [one.text for one in found.closest] == shown[:CLOSEST]


def test_no_more_sentences_are_read_alone_than_are_worth_it() -> None:
    scores = np.arange(20, dtype=np.float32)
    assert to_read_alone(scores) == [19, 18, 17, 16, 15][:READ_ALONE]


def test_what_was_read_alone_moves_the_order() -> None:
    weights, features = Weights.load(), np.zeros((3, len(NAMES)), dtype=np.float32)
    base = np.zeros(3, dtype=np.float32)
    told = np.full(3, -1.0)
    read = Read(told, told, -4.0, -6.0, 1.0, None, told, 0.0)

    def alone(answers: float) -> Read:
        one = np.array([answers])
        return Read(one, one, -4.0 - answers, -6.0, answers, None, one, 0.0)

    liked = replace(read, alone={0: alone(-6.0), 1: alone(3.0), 2: alone(-6.0)})
    before, after = (weights.read_scores(base, one, features) for one in (read, liked))
    assert after[1] - after[0] > before[1] - before[0]


PIER = "“We will never sell the pier to anybody,” said Mayor Ana Lund."
STRIKE = "Train drivers will walk out on Friday unless the company raises its offer, union leader Joe Marsh warned."
PLAN = "Councillor Per Holm called the bypass a waste of money and said he would vote against it in May."


def _only(said: str) -> Evidence:
    return Evidence(closest=(Sentence(said, 1, 3),))


@pytest.mark.parametrize(
    ("said", "yes", "no"),
    [
        (PIER, "does lund want to keep the pier?", "is lund going to sell the pier?"),
        (STRIKE, "might the drivers strike on friday?", "has the strike been called off?"),
        (PLAN, "is holm against the bypass?", "does holm back the bypass?"),
        (PLAN, "does holm think the bypass is money thrown away?", "does holm think the bypass is worth it?"),
    ],
)
def test_a_yes_or_a_no_is_read_out_of_the_best_sentence(said: str, yes: str, no: str) -> None:
    likely, unlikely = (entailed(one, (), _only(said)) for one in (yes, no))
    assert likely is not None
    assert unlikely is not None
    assert likely.yes > unlikely.yes


def test_words_settle_what_they_tell_rather_than_what_they_leave_open() -> None:
    told = (PIER, "does lund want to keep the pier?"), (PLAN, "is holm against the bypass?")
    left_open = (PIER, "did lund ever fish off the pier?"), (PLAN, "did holm grow up near the bypass?")
    settled = [
        [
            found.settled
            for said, one in asked
            if (found := entailed(one, (), Evidence(closest=(Sentence(said, 1, 3),))))
        ]
        for asked in (told, left_open)
    ]
    assert len(settled[0]) == len(settled[1]) == 2
    assert min(settled[0]) > 0.5 > max(settled[1])


def test_the_judge_has_a_say_in_whether_it_is_a_yes() -> None:
    doubted, backed = (entailed("is holm against it?", (), replace(_only(PLAN), verdict=odds)) for odds in (-4.0, 4.0))
    assert doubted is not None
    assert backed is not None
    assert doubted.yes < backed.yes
    assert doubted.settled == backed.settled


def test_what_stands_beside_the_best_sentence_is_heard_too() -> None:
    one = "will the pier be sold?"
    against = Sentence("“We will sell the pier in May,” said Mayor Ana Lund.", 2, 0)
    alone, beside = (entailed(one, (), replace(_only(PIER), closest=them)) for them in
                     ((Sentence(PIER, 1, 0),), (Sentence(PIER, 1, 0), against)))  # fmt: skip
    assert alone is not None
    assert beside is not None
    assert alone.yes < beside.yes


def test_where_nothing_was_read_closely_there_is_no_yes_and_no_no() -> None:
    assert entailed("is holm against the bypass?", (), Evidence()) is None


@settings(max_examples=tried(500, 60))
@given(WORDS, WORDS, st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_any_words_at_all_are_read(reader: Reader, question: str, before: str, told: list[tuple[str, str]]) -> None:
    read = reader.read(
        question, [Sentence(text, at, at, label) for at, (text, label) in enumerate(told)], context=before
    )
    assert np.isfinite([read.nothing, read.no_words, read.answerable, read.verdict]).all()
    assert not np.isnan([read.relevance, read.spans, read.answers]).any()
    if read.words is not None:
        number, start, end = read.words
        assert 0 <= start < end <= len(told[number][0])


def test_reading_gives_the_same_twice(reader: Reader) -> None:
    first, second = (reader.read("Who is the owner?", sentences()) for _ in range(2))
    assert first.words == second.words
    assert np.array_equal(first.relevance, second.relevance)


def test_the_stored_weights_are_small() -> None:
    assert READER.stat().st_size < 12_000_000
