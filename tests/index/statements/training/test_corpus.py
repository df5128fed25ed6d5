"""Stories with marks: what is read out of them, which are held out, and that the corpus's reader takes them."""

from pathlib import Path
from random import Random

import pytest
import torch

from index.encoding.packaged import packaged_tokenizer
from index.statements.features import Vocabulary, read_pieces
from index.statements.training.corpus import TEACHING, read_file, read_marked
from index.statements.training.examples import read_gold
from index.statements.training.network import Network
from index.statements.training.teaching import Plan, between, lessons_of

STORY = """##### quarry-{n} | inquest report | Hexworth Mercury
⟪1 Quarry boss⟫ ‹1 denies› ⟦1 ignoring warnings⟧

⟪2 The manager⟫ ‹2 told› an inquest that ⟦2 nobody had warned him⟧.

⟦3 “We walked it every morning,”⟧ ‹3 said› ⟪3,4 Piotr Halloran⟫, 51. ⟦3 “Every one.”⟧

⟦4 “I slept badly.”⟧ ⟪5 Investigators⟫ ‹5 believe› ⟦~5 the rain loosened it⟧.
##### who
1 Piotr Halloran
2 Piotr Halloran
3 Piotr Halloran
4 Piotr Halloran
5 -
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("1", "7"):
        (tmp_path / f"{name}.txt").write_text("".join(STORY.replace("{n}", str(n)) for n in range(7)), encoding="utf-8")
    return tmp_path


def test_marks_are_taken_out_and_what_they_mark_stands_where_it_stood(folder: Path) -> None:
    row = next(read_file(folder / "1.txt"))
    assert (row["id"], row["form"], row["source"]) == ("1/quarry-0", "inquest report", "Hexworth Mercury")
    assert not set("⟦⟧⟪⟫‹›#") & set(row["text"])
    for quote in row["quotes"]:
        for part in filter(None, (quote, quote["speaker"], quote["cue"])):
            assert row["text"][part["start"] : part["end"]] == part["text"]


def test_pieces_have_their_number_mention_cue_and_name(folder: Path) -> None:
    quotes = next(read_file(folder / "1.txt"))["quotes"]
    words = [[part and part["text"] for part in (q["speaker"], q["cue"])] for q in quotes]
    told = [(q["rel"], q["kind"], q["speech"], *said, q["name"]) for q, said in zip(quotes, words, strict=True)]
    assert told == [
        ("R1", "indirect", True, "Quarry boss", "denies", "Piotr Halloran"),
        ("R2", "indirect", True, "The manager", "told", "Piotr Halloran"),
        ("R3", "direct", True, "Piotr Halloran", "said", "Piotr Halloran"),
        ("R3", "direct", True, "Piotr Halloran", "said", "Piotr Halloran"),
        ("R4", "direct", True, "Piotr Halloran", None, "Piotr Halloran"),
        ("R5", "indirect", False, "Investigators", "believe", None),
    ]


def test_that_before_the_words_is_counted_among_them_as_in_the_corpus(folder: Path) -> None:
    assert next(read_file(folder / "1.txt"))["quotes"][1]["text"] == "that nobody had warned him"


def test_every_sixth_story_and_all_by_some_writers_are_held_out(folder: Path) -> None:
    taught, kept = (read_marked(folder, held_out=held_out) for held_out in (False, True))
    assert [row["id"] for row in taught] == [f"1/quarry-{n}" for n in (0, 1, 2, 3, 4, 6)]
    assert [row["id"] for row in kept] == ["1/quarry-5", *(f"7/quarry-{n}" for n in range(7))]


def test_they_become_targets_as_the_corpus_does(folder: Path) -> None:
    row = next(read_file(folder / "1.txt"))
    pieces = read_pieces(row["text"], None, packaged_tokenizer(), Vocabulary((), (), ()))
    gold = read_gold(row, pieces)
    assert (gold.content == 1).sum() == 5
    assert (gold.content == 3).sum() == 1
    assert (gold.source == 1).sum() == 4


def test_an_epoch_of_the_second_part_has_every_story_and_some_of_the_corpus(folder: Path) -> None:
    rows = list(read_file(folder / "1.txt"))
    read = [read_pieces(row["text"], None, packaged_tokenizer(), Vocabulary((), (), ())) for row in rows]
    stories = [(pieces, read_gold(row, pieces)) for row, pieces in zip(rows, read, strict=True)]
    first, second = lessons_of(Plan(rehearsed=2), stories[:4], stories[4:])
    assert [len(lesson.examples(Random(1))) for lesson in (first, second)] == [4, 5]
    assert second.rate < first.rate


def test_what_two_parts_have_learned_is_averaged_by_share() -> None:
    first, second = Network({"shape": 3}), Network({"shape": 3})
    for share, wanted in ((0.0, first), (1.0, second)):
        assert torch.allclose(between(first, second, share).trunk.weight, wanted.trunk.weight)
    half = between(first, second, 0.5).trunk.weight
    assert torch.allclose(half, (first.trunk.weight + second.trunk.weight) / 2)


def test_no_story_that_is_held_out_is_taught_with() -> None:
    taught, kept = ({row["text"] for row in read_marked(TEACHING, held_out=held_out)} for held_out in (False, True))
    assert taught
    assert kept
    assert not taught & kept
