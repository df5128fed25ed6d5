"""Evidence: which sentences answer a question, in which order, and how likely they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.words import shape_of, stem_of, stems_of, words_of
from index.ranking.evidence import Candidates, Evidence, EvidenceRanker
from index.ranking.features import NAMES, Asked, features_of, kinds_asked
from index.ranking.weighing import ANSWERABLE_NAMES, READ_NAMES, Weights
from index.story import Passage, Span

FIRE = (
    "Police in Leeds said two men had been arrested after a fire.",
    "The fire began in a bakery on Mill Street at about four in the morning, said Chief Inspector Ann Holt.",
    "Nobody was hurt.",
    "The owner, Peter Graves, plans to open again in March.",
)


@dataclass(frozen=True)
class Row:
    """One candidate."""

    passage: Passage
    text: str
    dense: float
    score: float
    words: float = 0.0


def candidates_of(
    texts: Sequence[str], story: str = "fire", dense: Sequence[float] = (), score: float = 0.0
) -> list[Row]:
    found, start = [], 0
    for at, text in enumerate(texts):
        cosine = dense[at] if dense else 0.3
        passage = Passage(story, 1, Span(start, start + len(text)), at)
        found.append(Row(passage, text, cosine, score))
        start += len(text) + 1
    return found


def ranked_of(question: str, found: Sequence[Row], *, context: Sequence[str] = (), limit: int = 10) -> Evidence:
    """The evidence among these rows, without the reader."""
    stories = list(dict.fromkeys(one.passage.story for one in found))
    cosines = np.array([one.dense for one in found], dtype=np.float32)
    candidates = Candidates(
        stories=np.array([stories.index(one.passage.story) for one in found], dtype=np.int64),
        places=np.array([one.passage.paragraph for one in found], dtype=np.int64),
        dense=cosines,
        dense_in_context=cosines,
        words=np.array([one.words for one in found], dtype=np.float32),
        story_scores=np.array([one.score for one in found], dtype=np.float32),
        look_up=lambda at: (found[at].passage, found[at].text),
    )
    return EvidenceRanker.load(reader=False).rank(Asked.after(context, question), candidates, limit=limit)


def first_text(question: str, texts: Sequence[str] = FIRE, context: Sequence[str] = ()) -> str:
    found = candidates_of(texts)
    best = ranked_of(question, found, context=context).hits[0].passage
    return next(one.text for one in found if one.passage == best)


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("Where is the bakery?", "The fire began"),
        ("Who is the owner?", "The owner"),
        ("Who was arrested after the fire?", "Police in Leeds"),
    ],
)
def test_the_sentence_that_shares_the_rare_words_comes_first(question: str, beginning: str) -> None:
    assert first_text(question).startswith(beginning)


def test_nearer_meaning_decides_where_no_word_is_shared() -> None:
    found = candidates_of(FIRE, dense=[0.1, 0.1, 0.1, 0.6])
    ranked = ranked_of("Which shopkeeper hopes for spring?", found)
    assert ranked.hits[0].passage == found[3].passage


def test_an_earlier_turn_gives_a_bare_follow_up_its_subject() -> None:
    texts = ("The mayor left early on Monday.", "The owner, Peter Graves, left early on Friday.", "It rained all week.")
    assert first_text("When?", texts, ["Did the owner leave early? yes"]).startswith("The owner")


def test_evidence_never_exceeds_the_limit_and_falls_in_score() -> None:
    hits = ranked_of("What began?", candidates_of(FIRE), limit=2).hits
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


@pytest.mark.parametrize("question", ["", "  \n", "\t"])
def test_no_question_has_no_evidence(question: str) -> None:
    assert ranked_of(question, candidates_of(FIRE)).hits == ()


def test_no_candidates_have_no_evidence() -> None:
    assert ranked_of("Who?", []).answerable == 0.0


def test_a_question_whose_words_the_story_has_is_likelier_to_be_answered() -> None:
    here = ranked_of("Where did the fire begin?", candidates_of(FIRE, dense=[0.4, 0.7, 0.2, 0.2]))
    there = ranked_of("Who won the Davis Cup in Madrid?", candidates_of(FIRE, dense=[0.0] * 4))
    assert 0 <= there.answerable < here.answerable <= 1


def test_the_stored_weights_have_a_number_for_every_column() -> None:
    weights = Weights.load()
    assert len(weights.base) == len(NAMES)
    assert len(weights.read) == len(READ_NAMES)
    assert len(weights.sure) == len(weights.sure_unread) == len(ANSWERABLE_NAMES) + 1
    assert np.abs(weights.base).sum() > 1


def test_without_stored_weights_meaning_and_words_count_alike(tmp_path: Path) -> None:
    weights = Weights.load(tmp_path / "none.json")
    assert weights.base[NAMES.index("dense")] == weights.base[NAMES.index("words")] == 1.0


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    Weights.load().save(path)
    assert np.allclose(Weights.load(path).base, Weights.load().base, atol=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=6))
def test_any_words_at_all_have_finite_features(question: str, texts: list[str]) -> None:
    dense = np.linspace(0, 1, len(texts), dtype=np.float32)
    features = features_of(Asked(question, ("before",)), texts, dense, dense)
    assert features.shape == (len(texts), len(NAMES))
    assert np.isfinite(features).all()


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who said so?", 0),
        ("In what year did it end?", 1),
        ("Which city was hit?", 2),
        ("How many people came?", 3),
        ("What caused it?", 4),
    ],
)
def test_a_question_tells_what_it_asks_for(question: str, asks: int) -> None:
    assert kinds_asked(question)[asks]


@pytest.mark.parametrize(("one", "other"), [("killed", "killing"), ("city", "cities"), ("stopped", "stops")])
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


def test_words_know_where_they_stand() -> None:
    text = "It cost $4,500.50, said O’Neil's."
    assert [text[word.start : word.end] for word in words_of(text)] == [
        "It", "cost", "$4,500.50", ",", "said", "O’Neil's", ".",
    ]  # fmt: skip
    assert stems_of("the of and") == ()


def test_looks_of_words_are_told_apart() -> None:
    looks = [
        shape_of("rain", opens=False), shape_of("Leeds", opens=False), shape_of("Rain", opens=True),
        shape_of("NATO", opens=False), shape_of("4th", opens=False), shape_of("?", opens=False),
    ]  # fmt: skip
    assert looks == [0, 1, 2, 3, 4, 5]
