"""`onrecord follow` and `refresh`, as far as they go without a network."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.library.folder import Library
from index.library.following import follow
from tests.bot.terminal.conftest import lines_of

Run = Callable[..., tuple[int, str, str]]
NEWS = "https://news.example.org/feed"


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
