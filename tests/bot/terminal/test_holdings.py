"""`onrecord add`, `stories`, `show`, `remove` and `statements`; `follow` and `refresh`, as far as they go without a
network."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.terminal.asking import Conversation
from index.library.folder import Library
from index.library.following import follow
from index.story import Story
from tests.bot.terminal.conftest import lines_of
from tests.index.fakes import Failing
from tests.index.reading.test_wholeness import FOREIGN
from tests.seed import SEED

Run = Callable[..., tuple[int, str, str]]
NEWS = "https://news.example.org/feed"
STORY = {"id": "bridge", "title": "A bridge", "source": "The Paper", "date": "2024-05-01"}
TEXT = "The council voted on Monday.\n\n“We will build the bridge,” Mayor Ann Lee told The Paper."


@pytest.fixture
def story_lines(tmp_path: Path) -> Path:
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps(STORY | {"text": TEXT}) + "\nnot a story\n", encoding="utf-8")
    return path


def test_a_story_is_added_listed_shown_and_removed(onrecord: Run, tmp_path: Path, story_lines: Path) -> None:
    place = ("--library", str(tmp_path / "library"))
    code, out, err = onrecord("add", str(story_lines), *place)
    assert (code, out) == (1, "1 story added, 0 changed, 0 already there.\n")
    assert "line 2" in err
    again, wrong = lines_of(onrecord("add", str(story_lines), "--json", *place)[1])
    of = {"source": str(story_lines)}
    assert again == of | {"id": "bridge", "version": 1, "new": False, "statements": 1, "error": None}
    assert wrong == of | {"id": None, "version": None, "new": False, "statements": None, "error": wrong["error"]}
    assert "line 2" in wrong["error"]
    (listed,) = lines_of(onrecord("stories", "--json", *place)[1])
    assert (listed["id"], listed["date"], listed["statements"]) == ("bridge", "2024-05-01", 1)
    assert onrecord("stories", *place)[1] == "A bridge · The Paper, 1 May 2024 · bridge · 1 statement\n"
    assert onrecord("show", "bridge", *place)[1] == TEXT + "\n"
    assert lines_of(onrecord("show", "bridge", "--json", *place)[1])[0]["text"] == TEXT
    assert onrecord("remove", "bridge", *place) == (0, "bridge is removed.\n", "")
    assert onrecord("remove", "bridge", *place)[0] == 1
    code, out, err = onrecord("stories", *place)
    assert (code, out) == (0, "")
    assert "onrecord add SOURCE" in err


def test_a_source_that_is_not_there_is_named_and_the_rest_is_added(
    onrecord: Run, tmp_path: Path, story_lines: Path
) -> None:
    code, out, err = onrecord("add", "nowhere.txt", str(story_lines), "--json", "--library", str(tmp_path / "library"))
    nowhere, bridge, _ = lines_of(out)
    assert code == 1
    assert (nowhere["source"], nowhere["id"]) == ("nowhere.txt", None)
    assert "there is no such file" in nowhere["error"]
    assert (bridge["source"], bridge["id"], bridge["new"]) == (str(story_lines), "bridge", True)
    assert "nowhere.txt" in err


def test_two_files_of_one_name_do_not_overwrite_each_other(onrecord: Run, tmp_path: Path) -> None:
    files = [tmp_path / day / "lead.txt" for day in ("mon", "tue")]
    for path in files:
        path.parent.mkdir()
        path.write_text(f"The lead of {path.parent.name} is about a river.")
    place = ("--library", str(tmp_path / "library"))
    code, out, err = onrecord("add", *map(str, files), *place)
    assert (code, out.splitlines()[0], err) == (0, "2 stories added, 0 changed, 0 already there.", "")
    assert "0 stories added, 0 changed, 2 already there" in onrecord("add", *map(str, reversed(files)), *place)[1]
    told = lines_of(onrecord("add", *map(str, files), "--json", *place)[1])
    assert [one["source"] for one in told] == [str(path) for path in files]
    assert len({one["id"] for one in told}) == 2
    assert "2 stories added" in onrecord("add", str(tmp_path), "--library", str(tmp_path / "both"))[1]


def test_a_story_in_another_language_is_kept_and_said_to_be_so(onrecord: Run, tmp_path: Path) -> None:
    path = tmp_path / "depot.txt"
    path.write_text(FOREIGN["Spanish"], encoding="utf-8")
    (told,) = lines_of(onrecord("add", str(path), "--json", "--library", str(tmp_path / "one"))[1])
    assert (told["id"], told["new"], told["statements"]) == ("depot", True, None)
    assert told["error"] == "The story is in Spanish: it is kept to be read, and no statements are looked for in it."
    code, out, _ = onrecord("add", str(path), "--library", str(tmp_path / "other"))
    assert (code, "the story is in Spanish: it is kept to be read" in out) == (0, True)


def test_a_story_that_cannot_be_read_for_statements_is_kept_and_named(
    onrecord: Run, tmp_path: Path, story_lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = ("--library", str(tmp_path / "library"))
    with Library.open(place[1], attributor=Failing("bridge")) as library:
        library.add([Story("bridge", TEXT)])
    code, out, err = onrecord("add", str(story_lines), "--json", *place)
    told, _ = lines_of(out)
    assert (code, told["id"], told["new"], told["statements"]) == (1, "bridge", False, None)
    assert told["error"].startswith("Who says what in “bridge” could not be found out")
    assert told["error"] in err
    assert "bridge" in onrecord("stories", *place)[1]
    code, out, err = onrecord("refresh", *place)
    assert (code, told["error"] in err) == (1, True)


def test_statements_can_be_left_for_later(onrecord: Run, tmp_path: Path, story_lines: Path) -> None:
    place = ("--library", str(tmp_path / "library"))
    (told, _) = lines_of(onrecord("add", str(story_lines), "--no-statements", "--json", *place)[1])
    assert (told["new"], told["statements"], told["error"]) == (True, None, None)
    assert "1 story yet to be read for statements" in onrecord("add", str(story_lines), "--no-statements", *place)[1]
    assert onrecord("stories", *place)[1].endswith("0 statements\n")
    assert onrecord("refresh", *place)[0] == 0
    assert onrecord("stories", *place)[1].endswith("1 statement\n")


def test_a_damaged_library_is_said_to_be_rebuilt_and_then_answers(
    onrecord: Run, tmp_path: Path, story_lines: Path
) -> None:
    place = ("--library", str(tmp_path / "library"))
    onrecord("add", str(story_lines), *place)
    for vectors in (tmp_path / "library").glob("vectors-*"):
        vectors.write_bytes(vectors.read_bytes()[:-40] + bytes(40))
    code, out, err = onrecord("ask", "when did the council vote?", *place)
    assert code == 0
    assert "The council voted on Monday." in out
    assert err.startswith("Rebuilding this library from its stored texts")
    assert onrecord("ask", "when did the council vote?", *place) == (0, out, "")


def test_statements_are_printed_and_nothing_is_stored(
    onrecord: Run, tmp_path: Path, story_lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_LIBRARY", str(tmp_path / "untouched"))
    code, out, err = onrecord("statements", str(story_lines), "--json")
    (printed,) = lines_of(out)
    assert code == 1
    assert "line 2" in err
    assert printed["id"] == "bridge"
    (quote,) = printed["quotes"]
    assert TEXT[quote["start"] : quote["end"]] == quote["text"]
    assert "We will build the bridge" in quote["text"]
    assert quote["speaker"]["name"] == "Ann Lee"
    assert not (tmp_path / "untouched").exists()


def test_no_control_character_of_a_story_reaches_the_terminal(
    onrecord: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, sequence = ("--library", str(tmp_path / "library")), "\x1b]0;PWNED\x07"
    text = f"The council voted.\n\n“We {sequence}will build the bridge,” Mayor Ann Lee {sequence} told The Paper and"
    evil = {name: f"{value}{sequence}" for name, value in STORY.items() if name != "date"} | {"text": text}
    path = tmp_path / "evil.jsonl"
    path.write_text(json.dumps(evil) + "\n", encoding="utf-8")

    said = onrecord("statements", str(path))[1] + onrecord("add", str(path), *place)[1]
    said += onrecord("stories", *place)[1] + onrecord("speakers", *place)[1]
    with Library.open(place[1]) as library:
        Conversation(library).run(iter(["/stories"]))
    said += capsys.readouterr().out + onrecord("show", f"nothing{sequence}", *place)[2]
    assert said.count("␛]0;PWNED␇") > 5
    assert not {"\x1b", "\x07"} & set(said)


def test_a_pipe_is_given_a_story_as_it_is_stored(onrecord: Run, tmp_path: Path) -> None:
    place, path = ("--library", str(tmp_path / "library")), tmp_path / "odd.jsonl"
    path.write_text(json.dumps(STORY | {"text": "An odd\x1b text.\n"}) + "\n", encoding="utf-8")
    onrecord("add", str(path), *place)
    assert onrecord("show", "bridge", *place)[1] == "An odd\x1b text.\n"


def test_copies_are_looked_for_only_where_they_are_shown(
    onrecord: Run, tmp_path: Path, story_lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = ("--library", str(tmp_path / "library"))
    onrecord("add", str(story_lines), *place)
    monkeypatch.setattr(Library, "copies_of", lambda *_: pytest.fail("looked for"))
    assert onrecord("show", "bridge", *place) == (0, TEXT + "\n", "")


def test_the_seed_story_gives_one_line_of_json(onrecord: Run) -> None:
    code, out, err = onrecord("statements", str(SEED), "--json")
    (printed,) = lines_of(out)
    assert (code, err) == (0, "")
    assert len(printed["quotes"]) > 15


def test_a_default_library_begins_with_the_seed_and_a_named_one_empty(
    onrecord: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_LIBRARY", str(tmp_path / "default"))
    (listed,) = lines_of(onrecord("stories", "--json")[1])
    assert listed["id"] == SEED.stem
    assert onrecord("stories", "--json", "--library", str(tmp_path / "named"))[1] == ""
    onrecord("remove", SEED.stem)
    assert onrecord("stories", "--json")[1] == ""


@pytest.fixture
def place(tmp_path: Path) -> tuple[str, str]:
    return "--library", str(tmp_path / "library")


def test_the_followed_feeds_are_listed_and_given_up(onrecord: Run, place: tuple[str, str]) -> None:
    assert onrecord("follow", "--list", *place)[:2] == (0, "")
    with Library.open(place[1]) as library:
        follow(library, NEWS, timedelta(hours=2), datetime(2026, 5, 4, 12, tzinfo=UTC))
    assert onrecord("follow", "--list", *place)[1] == f"{NEWS} · every 2h · next 2026-05-04 12:00 UTC\n"
    assert lines_of(onrecord("follow", "--list", "--json", *place)[1])[0]["every_s"] == 7200
    assert onrecord("follow", NEWS, "--stop", *place)[1] == "It is not followed any more.\n"
    assert onrecord("follow", NEWS, "--stop", *place)[1] == "It was not followed.\n"
    assert onrecord("refresh", "--all", *place)[1] == "0 stories added, 0 changed.\n"


@pytest.mark.parametrize(
    "wrong", [(), ("--stop",), (NEWS, "--list"), (NEWS, "--every", "often"), (NEWS, "--every", "-1h")]
)
def test_what_makes_no_sense_is_wrong_usage(onrecord: Run, place: tuple[str, str], wrong: tuple[str, ...]) -> None:
    assert onrecord("follow", *wrong, *place)[0] == 2


@pytest.mark.parametrize("every", ["1m", "4m", "31d", "9999d", "9999h"])
def test_an_interval_that_is_not_kept_is_wrong_usage(onrecord: Run, place: tuple[str, str], every: str) -> None:
    code, out, err = onrecord("follow", "http://169.254.169.254/feed", "--every", every, *place)
    assert (code, out) == (2, "")
    assert "from 5m to 30d" in err


def test_an_address_inside_is_refused(onrecord: Run, place: tuple[str, str]) -> None:
    code, out, err = onrecord("follow", "http://169.254.169.254/feed", *place)
    assert (code, out) == (1, "")
    assert "not fetched" in err
