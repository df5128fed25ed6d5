"""`onrecord chat`: a conversation with follow-ups."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


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
