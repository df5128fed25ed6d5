"""Quotations of every kind against stories as they are read, each with the verdicts that are right.

Those of `checks.json` were written, with what is expected, before the checking was; `held_out` stories were looked at
once. Those of ../shared/cases are somebody else's.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bot.asking import check_all
from bot.rendering.contract import verdict_of
from bot.shelf import Shelf
from tests.bot.checking.conftest import Reading

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared"
CASES = SHARED / "cases" / "checks.json"
SEED = next((HERE.parents[2] / "seeds").glob("*.txt"))
LEAST_RIGHT = 0.95
EVAL_STORIES = 20


@dataclass(frozen=True)
class Check:
    """One quotation, whose it is to be, and the verdicts that are right."""

    kind: str
    quote: str
    speaker: str | None
    right: tuple[str, ...]


@cache
def written() -> dict[str, tuple[str, tuple[Check, ...]]]:
    """Each story of `checks.json` with its text and checks."""
    rows = json.loads((HERE / "checks.json").read_text(encoding="utf-8"))
    return {row["story"]: (row["text"], checks_of(row["checks"])) for row in rows}


def checks_of(rows: list[dict[str, object]]) -> tuple[Check, ...]:
    return tuple(
        Check(str(row["kind"]), str(row["quote"]), str(row["speaker"]) if "speaker" in row else None, _right(row))
        for row in rows
    )


def _right(row: dict[str, object]) -> tuple[str, ...]:
    right = row["verdict"]
    assert isinstance(right, list)
    return tuple(map(str, right))


def verdicts(shelf: Shelf, quote: str, speaker: str | None = None) -> tuple[str | None, ...]:
    return tuple(verdict_of(one.result) for one in check_all(shelf, quote, speaker=speaker))


def wrong_ones(shelf: Shelf, checks: tuple[Check, ...]) -> list[str]:
    got = ((check, verdicts(shelf, check.quote, check.speaker)) for check in checks)
    return [f"{check.kind}: {check.quote}: {found}" for check, found in got if not {*found} <= {*check.right}]


def test_a_hundred_quotations_and_more_of_every_kind_get_their_verdicts(read: Reading) -> None:
    stories = written().values()
    wrong = [line for text, checks in stories for line in wrong_ones(read(text), checks)]
    total = sum(len(checks) for _, checks in stories)
    assert total >= 150
    assert len(wrong) <= (1 - LEAST_RIGHT) * total, wrong


@pytest.mark.skipif(not CASES.exists(), reason="../shared/cases is not here")
def test_the_shared_cases_get_their_verdicts(read: Reading) -> None:
    given = json.loads(CASES.read_text(encoding="utf-8"))
    checks = checks_of(given["checks"])
    assert len(wrong_ones(read(given["story"]), checks)) <= (1 - LEAST_RIGHT) * len(checks)


def invented() -> list[str]:
    return (HERE / "invented.txt").read_text(encoding="utf-8").splitlines()


def test_what_nobody_said_in_the_seed_story_stands_nowhere(read: Reading) -> None:
    shelf = read(SEED.read_text(encoding="utf-8"))
    assert len(invented()) >= 200
    assert {line: verdicts(shelf, line) for line in invented() if verdicts(shelf, line) != ("none",)} == {}
    assert {line for line in invented() if verdicts(shelf, line, "Jeff Sessions") != ("none",)} == set()


def test_what_nobody_said_in_any_story_written_here_stands_nowhere(read: Reading) -> None:
    shelf = read(*(text for text, _ in written().values()))
    assert {line: verdicts(shelf, line) for line in invented() if verdicts(shelf, line) != ("none",)} == {}


@pytest.mark.skipif(not (SHARED / "eval" / "asks").exists(), reason="../shared/eval is not here")
def test_what_nobody_said_in_twenty_other_stories_stands_nowhere(read_by_rules: Reading) -> None:
    import gzip

    with gzip.open(SHARED / "eval" / "asks" / "dev-stories.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(EVAL_STORIES), strict=False)]
    shelf = read_by_rules(*texts)
    assert {line: verdicts(shelf, line) for line in invented() if verdicts(shelf, line) != ("none",)} == {}
