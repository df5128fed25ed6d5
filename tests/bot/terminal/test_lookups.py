"""`onrecord speaker`, `speakers`, `whosaid` and `check` on the seed story."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.terminal.conftest import lines_of

Run = Callable[..., tuple[int, str, str]]


def test_a_speakers_statements_are_found_by_any_part_of_the_name(onrecord: Run, library: str) -> None:
    code, out, _ = onrecord("speaker", "Ryan", "--json", "--library", library)
    (printed,) = lines_of(out)
    assert code == 0
    assert {said["speaker"]["name"] for said in printed["statements"]} == {"Paul Ryan"}


def test_a_topic_narrows_what_a_speaker_said(onrecord: Run, library: str) -> None:
    _, out, _ = onrecord("speaker", "Franken", "--about", "a letter", "--json", "--library", library)
    (printed,) = lines_of(out)
    assert printed["answered"] is True
    assert "letter" in printed["statements"][0]["text"]


def test_those_who_speak_are_listed_with_their_counts(onrecord: Run, library: str) -> None:
    listed = {
        who["name"]: who["statements"] for who in lines_of(onrecord("speakers", "--json", "--library", library)[1])
    }
    assert listed["Paul Ryan"] == 3
    assert "Paul Ryan, House Speaker · 3 statements" in onrecord("speakers", "--library", library)[1]


def test_words_lead_to_whoever_said_them(onrecord: Run, library: str) -> None:
    _, out, _ = onrecord("whosaid", "total confidence", "--json", "--library", library)
    assert lines_of(out)[0]["speakers"][0]["name"] == "Donald Trump"


@pytest.mark.parametrize(
    ("quote", "speaker", "verdict"),
    [
        ("That's not true.", "Franken", "✓ Exact"),
        ("That's not true.", "Pelosi", "✗ Somebody else’s words"),
        ("We will build a wall of cheese.", "Ryan", "✗ Found nowhere"),
        ("Sessions recused himself Thursday", "Ryan", "– The reporter’s words"),
    ],
)
def test_a_quotation_is_held_against_the_stories(
    onrecord: Run, library: str, quote: str, speaker: str, verdict: str
) -> None:
    code, out, _ = onrecord("check", quote, "--speaker", speaker, "--library", library)
    assert code == 0
    assert verdict in out


def test_each_quotation_of_a_text_is_a_line_of_its_own_with_its_verdict(onrecord: Run, library: str) -> None:
    text = "Franken said “That's not true” while Pelosi said “We need it now” and Ryan said “pigs can fly to the moon”."
    _, out, _ = onrecord("check", text, "--json", "--library", library)
    assert [line["verdict"] for line in lines_of(out)] == ["exact", "other-speaker", "none"]
    _, out, _ = onrecord("check", text, "--library", library)
    assert [line for line in out.splitlines() if line.startswith("> ")] == [
        "> That's not true",
        "> We need it now",
        "> pigs can fly to the moon",
    ]


@pytest.mark.parametrize("command", [["speaker", "x"], ["speakers"], ["whosaid", "x"], ["check", "x"]])
def test_an_empty_library_says_how_to_fill_it(onrecord: Run, tmp_path: Path, command: list[str]) -> None:
    code, out, err = onrecord(*command, "--library", str(tmp_path / "empty"))
    assert (code, out) == (1, "")
    assert "onrecord add SOURCE" in err


def test_a_timeline_is_told_printed_as_json_and_as_csv(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for form in ("", "--json", "--csv"):
        assert main(["timeline", "Ryan", "--library", library, *filter(None, [form])]) == 0
        shown[form] = capsys.readouterr().out

    lines = [json.loads(line) for line in shown["--json"].splitlines()]
    rows = list(csv.DictReader(StringIO(shown["--csv"])))
    assert shown[""].startswith("3 statements, 2 March 2017, oldest first:\n")
    assert [line["date"] for line in lines] == ["2017-03-02"] * 3
    assert [row["text"] for row in rows] == [line["text"] for line in lines]
    assert lines[1]["text"] in shown[""]


def test_nobody_of_that_name_is_an_abstention_like_any_other(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["timeline", "Nobody Known", "--library", library, "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["reason"] == "no-such-speaker"


def test_who_is_quoted_is_told_printed_as_json_and_as_csv(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for form in ("", "--json", "--csv"):
        assert main(["quoted", "--library", library, *filter(None, [form])]) == 0
        shown[form] = capsys.readouterr().out

    first = json.loads(shown["--json"].splitlines()[0])
    [row, *_] = csv.DictReader(StringIO(shown["--csv"]))
    assert first["outlets"] == {"KUSI": first["statements"]}
    assert (row["name"], row["outlet"], int(row["statements"])) == (first["name"], "KUSI", first["statements"])
    assert f"{first['name']} · {first['statements']} statements · KUSI {first['statements']}" in shown[""]
