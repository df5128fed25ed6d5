"""The check of every request notices what Discord refuses although its own description allows it."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.discord_side import openapi
from tests.bot.discord_side.loopback import Request
from tests.bot.discord_side.openapi import DESCRIPTION, is_described, problems_of

NOBODY: dict[str, Any] = {"parse": []}
BUTTON = {"type": 2, "style": 2, "label": "More", "custom_id": "a"}
OPTION = {"label": "x", "value": "x"}
MENU = {"type": 3, "custom_id": "a", "options": [OPTION]}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def option(name: str) -> dict[str, Any]:
    return {"name": name, "type": 3, "description": "x"}


def problems(body: object, path: str = "/channels/3001/messages", method: str = "POST") -> list[str]:
    return list(problems_of(Request(method, path, {}, body, "application/json")))


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ({"content": "x"}, "allowed_mentions is None"),
        ({"content": "x", "allowed_mentions": {"parse": ["users"]}}, "allowed_mentions is"),
        ({"content": "x", "allowed_mentions": {"parse": [], "replied_user": True}}, "it pings whom it replies to"),
        ({"content": "  ", "allowed_mentions": NOBODY}, "an empty message"),
        ({"embeds": [{"description": "x" * 3_100}] * 2, "allowed_mentions": NOBODY}, "embeds over 6,000 together"),
        ({"content": "x", "components": [row(BUTTON, BUTTON)], "allowed_mentions": NOBODY}, "custom id a 2 times"),
        (
            {"content": "x", "components": [row(BUTTON), row(MENU)], "allowed_mentions": NOBODY},
            "custom id a 2 times",
        ),
        (
            {"content": "x", "components": [row(MENU | {"options": [OPTION, OPTION]})], "allowed_mentions": NOBODY},
            "option x 2 times",
        ),
        (
            {
                "content": "x",
                "components": [row(*(BUTTON | {"custom_id": str(at)} for at in range(6)))],
                "allowed_mentions": NOBODY,
            },
            "a row of 6",
        ),
        (
            {
                "content": "x",
                "components": [row(BUTTON | {"custom_id": str(at)}) for at in range(6)],
                "allowed_mentions": NOBODY,
            },
            "6 rows with 6 components",
        ),
    ],
)
def test_a_message_that_discord_would_refuse_is_noticed(message: dict[str, Any], problem: str) -> None:
    assert any(one.startswith(problem) for one in problems(message))


def test_a_message_that_discord_takes_passes() -> None:
    assert problems({"content": "x", "components": [row(BUTTON)], "allowed_mentions": NOBODY}) == []


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ({"name": "Ask", "description": "x"}, "the name 'Ask'"),
        (
            {"name": "ask", "description": "x", "options": [{"name": "Q", "type": 3, "description": "x"}]},
            "the name 'Q'",
        ),
        (
            {"name": "ask", "description": "x", "options": [{"name": "q", "type": 3, "description": "x"}] * 2},
            "option q 2 times",
        ),
    ],
)
def test_a_command_that_discord_would_refuse_is_noticed(command: dict[str, Any], problem: str) -> None:
    assert problem in problems([command | {"type": 1}], "/applications/1001/commands", "PUT")


def test_a_menu_may_have_capitals() -> None:
    assert problems([{"name": "Ask about this", "type": 3}], "/applications/1001/commands", "PUT") == []


def test_a_choice_that_is_offered_twice_is_noticed() -> None:
    choices = [{"name": "Ann", "value": "1"}, {"name": "Ann", "value": "2"}]

    assert "choice 'Ann' 2 times" in problems(
        {"type": 8, "data": {"choices": choices}}, "/interactions/1/token/callback"
    )


@pytest.mark.skipif(not is_described(), reason=f"Discord's OpenAPI document is not at {DESCRIPTION}")
@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("/no/such/request", {}, "no such request"),
        ("/channels/3001/messages", {"content": "x" * 4_001, "allowed_mentions": NOBODY}, "$.content"),
        ("/channels/3001/typing", {"content": "x"}, "a body of application/json where none is described"),
    ],
)
def test_what_discord_does_not_describe_is_noticed(path: str, body: dict[str, Any], problem: str) -> None:
    assert any(one.startswith(problem) for one in problems(body, path))


def test_without_discords_document_the_limits_that_it_leaves_out_are_held_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(openapi, "DESCRIPTION", tmp_path / "missing.json")

    assert problems({"content": "x", "allowed_mentions": NOBODY}) == []
    assert problems({"content": "x"}) == ["allowed_mentions is None"]
