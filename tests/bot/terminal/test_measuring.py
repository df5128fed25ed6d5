"""The benchmark: its material, its figures and what it prints; how fast anything is, no test asserts."""

import json
import re
from collections.abc import Callable
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path

import numpy as np
import pytest

from bot.asking import ask
from bot.questions.exact import exact_forms
from bot.terminal.benchmark.figures import HEAD, Figure, with_tables
from bot.terminal.benchmark.material import (
    MadeVectors,
    numbered_stories,
    questions,
    questions_of_statements,
    real_sentences,
    small_stories,
)
from bot.terminal.benchmark.parts import KINDS, kind_of, searched
from bot.terminal.measuring import PARTS
from index.library.folder import Library
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
    monkeypatch.setattr("bot.terminal.benchmark.parts._STARTS", 1)
    monkeypatch.setattr("bot.terminal.benchmark.parts._COMMANDS", (["speaker", "Ryan"],))
    monkeypatch.setattr("bot.terminal.benchmark.parts._IMPORTED", "import numpy")  # else torch, twice
    plots = ("--plots", str(tmp_path)) if find_spec("matplotlib") else ()
    code, printed, _ = onrecord("bench", "--quick", "--only", "start", "--json", "--library", library, *plots)
    assert code == 0
    lines = [json.loads(line) for line in printed.splitlines()]
    assert {line["part"] for line in lines} == {"cold start", "memory"}
    assert all(line["value"] > 0 and line["limit"] > 0 for line in lines)
    assert [path.name for path in tmp_path.iterdir()] == (["speed.png"] if plots else [])


README = Path(__file__).parents[3] / "README.md"
ROW = re.compile(r"\| (.+) \| ([\d,.]+) ?(\S*) \| ([\d,.]+) ?([^\s,]*), (.+) \| ([\d.]+) \|")


def test_each_row_of_the_readmes_tables_is_as_the_command_writes_it() -> None:
    _, *tables = README.read_text(encoding="utf-8").split(HEAD)
    rows = [row for table in tables for row in takewhile(lambda line: line.startswith("| "), table.splitlines())]
    assert len(rows) > 40
    for row in rows:
        read = ROW.fullmatch(row)
        assert read, row
        what, value, unit, limit, same, beside, times = read.groups()
        figure = Figure(what, float(value.replace(",", "")), unit, float(limit.replace(",", "")), beside)
        assert (unit, figure.row.rpartition(" | ")[0]) == (same, row.rpartition(" | ")[0])
        assert figure.ratio == pytest.approx(float(times), rel=0.02, abs=0.01)


def test_a_run_is_written_into_both_tables_and_nowhere_else() -> None:
    text = README.read_text(encoding="utf-8")
    figures = [
        Figure("asking", 1_234.5, "ms", 2.0, "the encoder", "ask"),
        Figure("adding", 3, "/s", 2, "txtai", "peers"),
    ]
    written = with_tables(text, figures)
    assert with_tables(written, figures) == written
    assert f"{HEAD}| asking | 1,234.50 ms | 2.00 ms, the encoder | 617.25 |\n\n" in written
    assert f"{HEAD}| adding | 3.00 /s | 2.00 /s, txtai | 1.50 |\n\n" in written
    left = [line for line in text.splitlines() if line not in written.splitlines()]
    assert all(ROW.fullmatch(line) for line in left)
    assert with_tables(text, figures[:1]).count("txtai |") == text.count("txtai |")
    with pytest.raises(ValueError, match="two tables"):
        with_tables("no tables", figures)


@pytest.mark.parametrize("given", [("--quick",), ("--only", "start"), ()])
def test_only_a_whole_run_is_written_and_only_into_a_readme(
    onrecord: Run, tmp_path: Path, given: tuple[str, ...]
) -> None:
    other = tmp_path / "other.md"
    other.write_text("no tables", encoding="utf-8")
    code, printed, told = onrecord("bench", "--readme", str(other), *given)
    assert (code, printed) == (2, "")
    assert ("whole run" in told) == bool(given)
    assert other.read_text(encoding="utf-8") == "no tables"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("what did Ryan say?", "answered by statements"),
        ("what did Merkel say?", "refused"),
        ("when did Sessions recuse himself?", "read closely"),
    ],
)
def test_a_question_is_counted_by_what_it_came_to(seed_library: Library, question: str, kind: str) -> None:
    assert kind_of(question, ask(seed_library, question)) == kind
    assert kind in KINDS


def test_questions_that_statements_answer_are_in_forms_that_need_no_model() -> None:
    asked = questions_of_statements()
    assert len(set(asked)) == len(asked) > 50
    assert all(exact_forms(question) for question in asked)


def test_help_names_the_parts(onrecord: Run) -> None:
    _, printed, _ = onrecord("bench", "--help")
    assert all(part in printed for part in PARTS)


@pytest.mark.parametrize("asked", [("--plots", "drawn"), ("--only", "peers"), ("--peers",)])
def test_what_is_not_installed_is_said_before_anything_is_measured(
    onrecord: Run, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    monkeypatch.setattr("bot.terminal.measuring.find_spec", lambda name: name.startswith("bot.") or None)
    monkeypatch.setattr("bot.terminal.benchmark.peers.find_spec", lambda _name: None)
    monkeypatch.setattr("bot.terminal.measuring._measures", lambda *_, **__: pytest.fail("measured"))
    code, printed, told = onrecord("bench", *asked)
    assert (code, printed) == (2, "")
    assert "not installed" in told or "is installed" in told
    assert "pip install 'onrecord[bench]'" in told


def test_where_what_measures_the_peers_is_not_installed_that_is_said(
    onrecord: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.terminal.measuring.find_spec", lambda _name: None)
    code, _, told = onrecord("bench", "--peers")
    assert (code, "in a clone" in told) == (2, True)
