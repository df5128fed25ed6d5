"""The benchmark: its material, its figures and what it prints; how fast anything is, no test asserts."""

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from bot.terminal.benchmark.figures import Figure
from bot.terminal.benchmark.material import MadeVectors, numbered_stories, questions, real_sentences, small_stories
from bot.terminal.benchmark.sizes import searched
from bot.terminal.measuring import PARTS
from index.search.passages import passages_of
from tests.index.fakes import FakeEmbedder

Run = Callable[..., tuple[int, str, str]]


def test_no_question_is_asked_twice() -> None:
    asked = questions(1_000)
    assert len(set(asked)) == len(asked) == 1_000
    assert questions(1_000, seed=1) != asked


def test_no_passage_of_the_added_stories_repeats() -> None:
    texts = [passage.span.of(story.text) for story in numbered_stories(3) for passage in passages_of(story)]
    assert len(set(texts)) == len(texts)
    small = list(small_stories(200))
    assert len({story.id for story in small}) == len(small) == 10


def test_made_vectors_are_unit_vectors_near_real_ones() -> None:
    made = MadeVectors(FakeEmbedder(dim=32), sentences=50)
    rows = made.rows(500)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(500), abs=1e-5)
    assert (rows @ made.real.T).max(axis=1).mean() > 0.6
    assert len(set(real_sentences(50))) == 50


def test_a_figure_says_how_many_times_its_limit_it_is() -> None:
    told = Figure("searching", 3.0, "ms", 6.0, "the encoder", "search").as_json()
    assert (told["value"], told["limit"], told["ratio"]) == (3.0, 6.0, 0.5)
    assert Figure("memory", 3.0, "MB").ratio is None


def test_exact_search_finds_all_and_its_figures_stand_beside_the_encoder() -> None:
    figures = list(searched((400,), sentences=40))
    (recall,) = (figure for figure in figures if figure.what.startswith("recall"))
    assert recall.value == 1.0
    assert {figure.limit_is for figure in figures} >= {"the encoder's forward pass", "all compared", "exact search"}


def test_each_line_for_a_program_is_a_figure(
    onrecord: Run, library: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.terminal.benchmark.starting._ROUNDS", 1)
    plots = ("--plots", str(tmp_path)) if find_spec("matplotlib") else ()
    code, printed, _ = onrecord("bench", "--quick", "--only", "start", "--json", "--library", library, *plots)
    assert code == 0
    lines = [json.loads(line) for line in printed.splitlines()]
    assert {line["part"] for line in lines} == {"cold start", "memory"}
    assert all(line["value"] > 0 and line["limit"] > 0 for line in lines)
    assert [path.name for path in tmp_path.iterdir()] == (["speed.png"] if plots else [])


def test_help_names_the_parts(onrecord: Run) -> None:
    _, printed, _ = onrecord("bench", "--help")
    assert all(part in printed for part in PARTS)


@pytest.mark.parametrize("asked", [("--plots", "drawn"), ("--only", "peers"), ("--peers",)])
def test_what_is_not_installed_is_said_before_anything_is_measured(
    onrecord: Run, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    monkeypatch.setattr("bot.terminal.measuring.find_spec", lambda _name: None)
    monkeypatch.setattr("bot.terminal.benchmark.peers.find_spec", lambda _name: None)
    monkeypatch.setattr("bot.terminal.measuring._measures", lambda *_, **__: pytest.fail("measured"))
    code, printed, told = onrecord("bench", *asked)
    assert (code, printed) == (2, "")
    assert "not installed" in told or "is installed" in told
    assert "pip install 'onrecord[bench]'" in told
