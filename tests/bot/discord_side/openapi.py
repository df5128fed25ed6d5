"""Discord's own description of its interface, and whether a request fits it and the limits it leaves out."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.bot.discord_side.loopback import Request

DESCRIPTION = Path(__file__).parents[4] / "shared" / "discord" / "openapi.json"
EMBEDS_TOGETHER_MAX = 6_000
MESSAGES = re.compile(r"^/(channels/\d+/messages|webhooks/.*|interactions/.*/callback)$")


@cache
def description() -> dict[str, Any]:
    if not DESCRIPTION.exists():
        pytest.skip(f"Discord's OpenAPI document is not at {DESCRIPTION}")
    return dict(json.loads(DESCRIPTION.read_text(encoding="utf-8")))


def check_all(requests: list[Request]) -> None:
    """Fails where a request does not fit; skips where Discord's document is not at hand."""
    description()
    assert requests, "no request was made"
    problems = [f"{one.method} {one.path}: {problem}" for one in requests for problem in problems_of(one)]
    assert not problems, "\n".join(problems)


def problems_of(one: Request) -> Iterator[str]:
    """What is wrong with one request."""
    operation = _operation(one)
    if operation is None:
        yield "no such request"
        return
    schema = operation.get("requestBody", {}).get("content", {}).get(one.content_type, {}).get("schema")
    if schema is not None:
        for error in _validator(json.dumps(schema)).iter_errors(one.body):
            yield f"{error.json_path}: {error.message[:300]}"
    elif one.body:
        yield f"a body of {one.content_type} where none is described"
    if one.method in {"POST", "PATCH"} and MESSAGES.match(one.path) and isinstance(one.body, dict):
        yield from _message_problems(_message_in(one.body))


def _operation(one: Request) -> dict[str, Any] | None:
    for template, operations in description()["paths"].items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, one.path) and one.method.lower() in operations:
            return dict(operations[one.method.lower()])
    return None


@cache
def _validator(schema: str) -> Draft202012Validator:
    whole = Resource.from_contents(description(), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("discord", whole)
    return Draft202012Validator(json.loads(schema.replace('"#/', '"discord#/')), registry=registry)


def _message_in(body: dict[str, Any]) -> dict[str, Any] | None:
    """The message that a body holds; None for an acknowledgement, or choices."""
    if "type" in body and "data" in body and body["type"] in {4, 7}:
        return dict(body["data"])
    return None if "type" in body else body


def _message_problems(message: dict[str, Any] | None) -> Iterator[str]:
    if message is None:
        return
    if message.get("allowed_mentions", {}).get("parse") != [] or set(message["allowed_mentions"]) - {
        "parse",
        "replied_user",
    }:
        yield f"allowed_mentions is {message.get('allowed_mentions')}"
    if message.get("allowed_mentions", {}).get("replied_user"):
        yield "it pings whom it replies to"
    embeds = message.get("embeds") or []
    if not (message.get("content") or "").strip() and not embeds:
        yield "an empty message"
    if len(message.get("content") or "") > 2_000:
        yield "content over 2,000"
    if sum(map(_embed_length, embeds)) > EMBEDS_TOGETHER_MAX:
        yield "embeds over 6,000 together"
    rows = message.get("components") or []
    ids = Counter(button["custom_id"] for row in rows for button in row["components"])
    yield from (f"custom id {name} {count} times" for name, count in ids.items() if count > 1)


def _embed_length(embed: dict[str, Any]) -> int:
    texts = [
        embed.get("title"),
        embed.get("description"),
        embed.get("footer", {}).get("text"),
        embed.get("author", {}).get("name"),
    ]
    texts += [text for made in embed.get("fields", ()) for text in (made["name"], made["value"])]
    return sum(len(text or "") for text in texts)
