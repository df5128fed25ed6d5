"""Discord's own description of its interface, and whether a request fits it and the limits it leaves out.

Where the description is not at hand, as in a fresh clone, the limits are held all the same.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

from tests.bot.discord_side.loopback import Request

DESCRIPTION = Path(__file__).parents[4] / "shared" / "discord" / "openapi.json"
EMBEDS_TOGETHER_MAX = 6_000
ROWS_MAX, BUTTONS_MAX, COMPONENTS_MAX = 5, 5, 40
CHAT_INPUT, BUTTON = 1, 2
NAME = re.compile(r"[-_\w]{1,32}")
WITH_LIMITS = re.compile(r"^/(channels/\d+/messages|webhooks/.*|interactions/.*/callback|applications/\d+/commands)$")


def is_described() -> bool:
    """Whether Discord's document is at hand."""
    return DESCRIPTION.exists()


@cache
def description() -> dict[str, Any]:
    return dict(json.loads(DESCRIPTION.read_text(encoding="utf-8")))


def check_all(requests: list[Request]) -> None:
    """Fails where a request does not fit Discord's document, if that is at hand, or the limits that it leaves out."""
    assert requests, "no request was made"
    problems = [f"{one.method} {one.path}: {problem}" for one in requests for problem in problems_of(one)]
    assert not problems, "\n".join(problems)


def problems_of(one: Request) -> Iterator[str]:
    """What is wrong with one request."""
    if is_described():
        yield from _described_problems(one)
    if one.method in {"POST", "PATCH", "PUT"} and WITH_LIMITS.match(one.path):
        yield from _unsaid_problems(one.body)


def _described_problems(one: Request) -> Iterator[str]:
    template = _template(one.path, one.method.lower())
    if template is None:
        yield "no such request"
        return
    validator = _validator(template, one.method.lower(), one.content_type)
    if validator is not None:
        for error in validator.iter_errors(one.body):
            yield f"{'.'.join(('$', *map(str, error.instance_path)))}: {error.message[:300]}"
    elif one.body:
        yield f"a body of {one.content_type} where none is described"


def _template(path: str, method: str) -> str | None:
    """The path of the description that a request's path is one of."""
    described = (one for one, pattern in _patterns().items() if pattern.fullmatch(path))
    return next((one for one in described if method in description()["paths"][one]), None)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What requests of each path of the description look like."""
    return {one: re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(one))) for one in description()["paths"]}


@cache
def _validator(template: str, method: str, content_type: str) -> Draft202012Validator | None:
    """What a body of a request has to be like, where it may have one of this type."""
    content = description()["paths"][template][method].get("requestBody", {}).get("content", {})
    schema = content.get(content_type, {}).get("schema")
    return Draft202012Validator({**schema, "components": description()["components"]}) if schema else None


def _unsaid_problems(body: Any) -> Iterator[str]:  # noqa: ANN401 - whatever was sent
    """What Discord refuses although its description allows it: in a message, a form, choices or commands."""
    if isinstance(body, list):
        yield from (problem for command in body for problem in _command_problems(command))
        return
    told = body.get("data") or {}
    match body.get("type"):
        case None:
            yield from _message_problems(body)
        case 4 | 7:
            yield from _message_problems(told)
        case 8:
            yield from _choice_problems(told["choices"])
        case 9:
            yield from _component_problems(told["components"])


def _command_problems(command: dict[str, Any]) -> Iterator[str]:
    """Names of slash commands and options, which have to be in lower case and there once; those of menus need not."""
    if command.get("type", CHAT_INPUT) == CHAT_INPUT:
        yield from (
            f"the name {name!r}" for name in _names(command) if not NAME.fullmatch(name) or name != name.lower()
        )
    options = [option["name"] for option in command.get("options", ())]
    yield from (f"option {name} {count} times" for name, count in Counter(options).items() if count > 1)


def _names(command: dict[str, Any]) -> Iterator[str]:
    yield command["name"]
    for option in command.get("options", ()):
        yield from _names(option)


def _choice_problems(choices: list[dict[str, Any]]) -> Iterator[str]:
    shown = Counter(choice["name"] for choice in choices)
    yield from (f"choice {name!r} {count} times" for name, count in shown.items() if count > 1)
    yield from (f"choice {name!r} is blank" for name in shown if not name.strip())


def _message_problems(message: dict[str, Any]) -> Iterator[str]:
    allowed = message.get("allowed_mentions", {})
    if allowed.get("parse") != [] or set(allowed) - {"parse", "replied_user"}:
        yield f"allowed_mentions is {message.get('allowed_mentions')}"
    if allowed.get("replied_user"):
        yield "it pings whom it replies to"
    embeds = message.get("embeds") or []
    if not (message.get("content") or "").strip() and not embeds and not message.get("attachments"):
        yield "an empty message"
    if len(message.get("content") or "") > 2_000:
        yield "content over 2,000"
    if sum(map(_embed_length, embeds)) > EMBEDS_TOGETHER_MAX:
        yield "embeds over 6,000 together"
    yield from _component_problems(message.get("components") or [])


def _component_problems(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Buttons, menus and fields: at most five rows, of five buttons or of one menu, and no id twice."""
    each = [row.get("components", [row.get("component")]) for row in rows]
    if len(rows) > ROWS_MAX or len(rows) + sum(map(len, each)) > COMPONENTS_MAX:
        yield f"{len(rows)} rows with {sum(map(len, each))} components"
    for row in each:
        if len(row) > (BUTTONS_MAX if all(one["type"] == BUTTON for one in row) else 1):
            yield f"a row of {len(row)}"
    ids = Counter(one["custom_id"] for row in each for one in row if "custom_id" in one)
    yield from (f"custom id {name} {count} times" for name, count in ids.items() if count > 1)
    for one in (one for row in each for one in row):
        chosen = Counter(option["value"] for option in one.get("options", ()))
        yield from (f"option {value} {count} times" for value, count in chosen.items() if count > 1)
        if one["type"] == BUTTON and not (one.get("label") or "").strip() and "emoji" not in one:
            yield "a button without a label"


def _embed_length(embed: dict[str, Any]) -> int:
    texts = [
        embed.get("title"),
        embed.get("description"),
        embed.get("footer", {}).get("text"),
        embed.get("author", {}).get("name"),
    ]
    texts += [text for made in embed.get("fields", ()) for text in (made["name"], made["value"])]
    return sum(len(text or "") for text in texts)
