"""`onrecord ask`, one question and a batch of them, and `onrecord chat`, on the seed story."""

import gzip
import io
import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answers import Result
from bot.rendering.plain import plain
from bot.rendering.seen import Seen
from tests.bot.terminal.conftest import lines_of
from tests.seed import SEED

Run = Callable[..., tuple[int, str, str]]
ASKED = "what did Ryan say?"


@pytest.fixture
def no_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach another machine fails the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was attempted")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_connections")
def test_the_main_job_is_done_without_a_connection(
    onrecord: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_LIBRARY", str(tmp_path / "first use"))
    code, out, _ = onrecord("ask", ASKED)
    assert code == 0
    assert '"If he, himself, is the subject of an investigation, of course he would,"' in out
    assert "Paul Ryan, House Speaker · told reporters Thursday · KUSI, 2 March 2017" in out
    assert "Pelosi" not in out
    assert [entry.name for entry in tmp_path.iterdir()] == ["first use"]


def test_an_answer_in_json_has_words_that_read_back_from_the_story(onrecord: Run, library: str) -> None:
    code, out, _ = onrecord("ask", ASKED, "--json", "--library", library)
    (printed,) = lines_of(out)
    text = SEED.read_text(encoding="utf-8")
    assert code == 0
    assert printed["answered"] is True
    assert len(printed["statements"]) == 3
    assert all(text[said["start"] : said["end"]] == said["text"] for said in printed["statements"])


def test_a_result_in_json_is_put_into_words_once(onrecord: Run, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    worded: list[str] = []

    def wording(result: Result, seen: Seen) -> str:
        worded.append(result.question)
        return plain(result, seen)

    for room in ("bot.rendering.contract", "bot.terminal.boundary"):
        monkeypatch.setattr(f"{room}.plain", wording)
    (printed,) = lines_of(onrecord("ask", ASKED, "--json", "--library", library)[1])
    assert worded == [ASKED]
    assert "Paul Ryan" in printed["text"]


def test_a_question_needs_no_quotation_marks(onrecord: Run, library: str) -> None:
    assert onrecord("ask", *ASKED.split(), "--library", library) == onrecord("ask", ASKED, "--library", library)


def test_an_abstention_is_a_result_and_not_a_failure(onrecord: Run, library: str) -> None:
    code, out, _ = onrecord("ask", "what did Angela Merkel say?", "--json", "--library", library)
    (printed,) = lines_of(out)
    assert code == 0
    assert printed["answered"] is False
    assert printed["reason"] == "no-such-speaker"


def test_a_batch_answers_in_order_and_an_unreadable_line_costs_only_itself(
    onrecord: Run, library: str, tmp_path: Path
) -> None:
    questions = tmp_path / "questions.jsonl"
    good = [{"id": n, "question": ASKED} for n in range(2)]
    follow_up = {"id": "f", "question": "and Pelosi?", "history": [{"q": ASKED, "a": None}]}
    bad = [
        "{",
        "[]",
        "{}",
        '{"question": 3}',
        '{"question": "x", "history": 1}',
        '{"question": "x", "story": 5}',
        '{"question": "\\ud800"}',
    ]
    lines = [json.dumps(good[0]), *bad, "", json.dumps(good[1]), json.dumps(follow_up)]
    questions.write_bytes(
        "\n".join(lines).encode() + b"\n\xff\xfe\n" + b'{"id": "z", "question": "x", "story": "gone"}'
    )
    code, out, err = onrecord("ask", "--batch", str(questions), "--json", "--library", library)
    printed = lines_of(out)
    assert code == 1
    assert [line.get("id") for line in printed if "answered" in line] == [0, 1, "f"]
    assert [line["line"] for line in printed if "error" in line] == [2, 3, 4, 5, 6, 7, 8, 12, 13]
    assert printed[9]["speakers"][0]["name"] == "Nancy Pelosi"
    assert printed[-1]["id"] == "z"
    assert "9 of the lines" in err


def test_a_batch_may_be_packed_or_come_from_standard_input(
    onrecord: Run, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = json.dumps({"question": ASKED}).encode()
    packed = tmp_path / "questions.jsonl.gz"
    packed.write_bytes(gzip.compress(line))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line)))
    from_file = onrecord("ask", "--batch", str(packed), "--json", "--library", library)
    assert from_file == onrecord("ask", "--batch", "-", "--json", "--library", library)
    assert from_file[0] == 0


def test_a_batch_for_a_person_shows_each_question_above_its_answer(onrecord: Run, library: str, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(f'{{"question": "{ASKED}"}}\nnonsense\n', encoding="utf-8")
    code, out, _ = onrecord("ask", "--batch", str(questions), "--library", library)
    assert code == 1
    assert out.startswith(f"> {ASKED}\n")
    assert "line 2: Line 2 is not a question: it is not JSON in UTF-8." in out


@pytest.mark.parametrize(
    ("name", "content"), [("gone.jsonl", None), ("cut.jsonl.gz", b"\x1f\x8b\x08broken"), ("plain.gz", b"{}")]
)
def test_a_batch_that_cannot_be_opened_or_unpacked_is_named(
    onrecord: Run, library: str, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, out, err = onrecord("ask", "--batch", str(tmp_path / name), "--json", "--library", library)
    assert (code, out) == (1, "")
    assert name in err
    assert err.count("\n") == 1


def test_a_story_that_is_not_held_is_named(onrecord: Run, library: str) -> None:
    code, out, err = onrecord("ask", ASKED, "--story", "nowhere", "--library", library)
    assert (code, out) == (1, "")
    assert err == "onrecord: This library does not hold a story “nowhere”.\n"


@pytest.mark.parametrize("arguments", [[], ["", " "], [ASKED, "--batch", "x.jsonl"]])
def test_neither_a_question_nor_a_batch_or_both_is_wrong_usage(onrecord: Run, arguments: list[str]) -> None:
    code, out, err = onrecord("ask", *arguments)
    assert (code, out) == (2, "")
    assert "either a question or --batch" in err


def test_an_empty_library_says_how_to_fill_it(onrecord: Run, tmp_path: Path) -> None:
    code, out, err = onrecord("ask", ASKED, "--library", str(tmp_path / "empty"))
    assert (code, out) == (1, "")
    assert "onrecord add SOURCE" in err
    (printed,) = lines_of(onrecord("ask", ASKED, "--json", "--library", str(tmp_path / "empty"))[1])
    assert printed["answered"] is False


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def test_a_follow_up_means_what_it_means_between_people(
    onrecord: Run, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "what did Ryan say?", "", "and Pelosi?", "/quit", "what did Warren say?")
    code, out, _ = onrecord("chat", "--library", library)
    assert code == 0
    assert "Paul Ryan, House Speaker" in out
    assert "Nancy Pelosi, House Minority Leader" in out
    assert "Warren · " not in out


def test_after_new_a_follow_up_has_nothing_to_follow(
    onrecord: Run, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "what did Ryan say about the investigation?", "/new", "what did he say?")
    _, out, _ = onrecord("chat", "--json", "--library", library)
    assert '"answered": true' in out.splitlines()[0]
    assert '"answered": false' in out.splitlines()[1]


def test_commands_choose_a_story_and_explain_themselves(
    onrecord: Run, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "/help", "/stories", "/story nowhere", "what did Ryan say?")
    code, out, err = onrecord("chat", "--library", library)
    assert code == 0
    assert "/quit" in out
    assert "000_9e93925cc4b41a6c" in out
    assert "does not hold a story “nowhere”" in err
    assert "Paul Ryan" in out


def test_an_empty_library_has_nothing_to_chat_about(onrecord: Run, tmp_path: Path) -> None:
    code, out, err = onrecord("chat", "--library", str(tmp_path / "empty"))
    assert (code, out) == (1, "")
    assert "holds no stories yet" in err
