"""What the judge learns from: our own stories with their questions, and claims among other things that were said."""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import index.ranking.training as training

pytest.importorskip("torch")

from bot.questions.question import TURNS as ASKED_WITH
from index.encoding.packaged import packaged_tokenizer
from index.ranking.features import NAMES
from index.ranking.training.examples import TURNS, example_of, load_claims, narrowed, read_lines

TEACHING = Path(training.__file__).parents[1] / "teaching"
PUBLIC = sorted(path.name for path in TEACHING.glob("news*.jsonl"))
CLAIMS = [
    {"said": f"“We will build {thing},” said {who}.", "who": who, "q": f"is {who} for {thing}", "verdict": verdict}
    for thing, who, verdict in (
        ("a bridge", "Ana Bell", "yes"), ("no road", "Cy Dane", "no"), ("a school", "Ed Frey", "neither"),
        ("a mill", "Gil Hart", "yes"), ("a wharf", "Ines Jo", "yes"), ("a fort", "Kim Lee", "no"),
        ("a barn", "Mia Noll", "yes"),
    )
]  # fmt: skip


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(claim) + "\n" for claim in CLAIMS), encoding="utf-8")
    return path


def test_a_claim_stands_among_what_others_said_and_only_its_own_line_answers(claims: Path) -> None:
    for claim, question in zip(CLAIMS, load_claims(claims, random.Random(1)), strict=True):
        answering = [text for text, right in zip(question.texts, question.right, strict=True) if right]
        assert len(question.texts) >= 5
        assert claim["said"] in question.texts
        assert answering == ([] if claim["verdict"] == "neither" else [claim["said"]])
        assert question.verdict == {"yes": True, "no": False, "neither": None}[claim["verdict"]]


def test_a_claim_that_is_left_open_teaches_that_nothing_answers(claims: Path) -> None:
    chance = random.Random(1)
    questions = load_claims(claims, chance)
    by_verdict = {
        claim["verdict"]: example_of(one, one.features[:, 0], packaged_tokenizer(), chance, 256)
        for claim, one in zip(CLAIMS, questions, strict=True)
        if claim["q"].endswith(("a school", "a bridge"))
    }
    assert by_verdict["neither"].sentences == ()
    assert by_verdict["neither"].verdict is None
    assert len(by_verdict["yes"].sentences) == 1
    assert by_verdict["yes"].verdict is True


def test_a_claim_can_stand_alone(claims: Path) -> None:
    alone = load_claims(claims, random.Random(1), beside=(0,))
    assert [question.texts for question in alone] == [(claim["said"],) for claim in CLAIMS]


def test_for_a_yes_or_no_alone_a_question_keeps_what_answers_or_what_is_likeliest(claims: Path) -> None:
    chance = random.Random(2)
    for question in load_claims(claims, chance):
        features = np.zeros((len(question.texts), len(NAMES)), dtype=np.float32)
        features[:, NAMES.index("cosine")] = np.arange(len(features))[::-1]
        narrow = narrowed(replace(question, features=features), chance)
        if question.answerable:
            assert narrow.right.all()
            assert set(narrow.texts) <= {
                text for text, right in zip(question.texts, question.right, strict=True) if right
            }
        else:
            assert set(narrow.texts) <= set(question.texts[:2])
        assert len(narrow.texts) == len(narrow.lines) == len(narrow.spans) == len(narrow.features) > 0


def test_what_answers_one_of_our_own_questions_stands_in_its_story_word_for_word() -> None:
    texts = {line["id"]: line["text"] for line in read_lines(TEACHING / "stories.jsonl")}
    questions = read_lines(TEACHING / "questions.jsonl")
    assert {question["story"] for question in questions} == set(texts)
    for question in questions:
        text = texts[question["story"]]
        assert question["answerable"] == bool(question["evidence"])
        assert all(text[one["start"] : one["end"]] == one["text"] for one in question["evidence"])
        assert all(words in question["question"] for words in question["slots"].values())


@pytest.mark.parametrize("name", PUBLIC)
def test_questions_about_public_stories_hold_places_in_them_and_none_of_their_words(name: str) -> None:
    for line in read_lines(TEACHING / name):
        assert line["answerable"] == bool(line["evidence"]) == ("reason" not in line)
        assert all(set(one) == {"start", "end"} and one["start"] < one["end"] for one in line["evidence"])
        assert all(words in line["question"] for words in line["slots"].values())
        answer = line.get("answer")
        assert answer is None or any(
            one["start"] <= answer["start"] and answer["end"] <= one["end"] for one in line["evidence"]
        )


@pytest.mark.parametrize("name", ["questions.jsonl", *PUBLIC])
def test_no_question_of_ours_stands_twice_in_a_story_or_among_the_claims(name: str) -> None:
    asked = [(line["story"], line["question"], json.dumps(line.get("history"))) for line in read_lines(TEACHING / name)]
    claimed = [line["q"] for line in read_lines(TEACHING / "claims.jsonl")]
    assert len(asked) == len(set(asked))
    assert len(claimed) == len(set(claimed))


def test_a_question_is_taught_with_as_many_earlier_turns_as_it_is_asked_with() -> None:
    assert TURNS == ASKED_WITH
