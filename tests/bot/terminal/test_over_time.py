"""`onrecord timeline` and `quoted`, for people, programs and spreadsheets."""

import csv
import json
from io import StringIO

import pytest

from bot.__main__ import main


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
