"""The check of every request notices what Discord refuses although its own description allows it."""

from typing import Any

import pytest

from tests.bot.discord_side.loopback import Request
from tests.bot.discord_side.openapi import problems_of

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
