"""`onrecord api`: the verbs over HTTP, each under its own path, and batches that are answered line by line."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.errors import BotError, Incident, Stopping, TooBusy, TooSlow, WrongInput
from bot.programs.door import Door
from bot.programs.given import read_json
from bot.programs.guard import Guard
from bot.programs.openapi import NDJSON, document
from bot.programs.verbs import VERBS, Verb
from bot.rendering.contract import JsonObject
from index.errors import LibraryBusy, NoSuchStory, StoriesError, StoryUnreadable

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

_STATUS: dict[type[Exception], int] = {
    WrongInput: 400,
    StoryUnreadable: 400,
    NoSuchStory: 404,
    Incident: 500,
    TooBusy: 503,
    Stopping: 503,
    LibraryBusy: 503,
    TooSlow: 504,
}
NO_ADDING = "Stories can be added with a token only: set ONRECORD_API_TOKEN, and send it along."


def application(door: Door, *, token: str | None) -> "ASGIApp":
    """The whole interface, guarded. Without a token everybody on this machine may read, and nobody may add."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await door.close()

    routes = [
        *(Route(f"/v1/{verb.name}", _verb(door, verb, may_add=token is not None), methods=["POST"]) for verb in VERBS),
        Route("/v1/batch", _batch(door), methods=["POST"]),
        Route("/healthz", _given({"ok": True}), methods=["GET"]),
        Route("/openapi.json", _given(document(guarded=token is not None)), methods=["GET"]),
    ]
    refusals = {HTTPException: _http_refusal, BotError: _refusal, StoriesError: _refusal}
    return Guard(
        Starlette(routes=routes, exception_handlers=refusals, lifespan=lifespan), token=token, limits=door.limits
    )


def _verb(door: Door, verb: Verb, *, may_add: bool) -> "Callable[[Request], Awaitable[Response]]":
    async def endpoint(request: "Request") -> Response:
        _require(request, "application/json")
        if verb.changes and not may_add:
            raise HTTPException(403, NO_ADDING)
        return JSONResponse(await door.do(verb, read_json(await request.body())))

    return endpoint


def _batch(door: Door) -> "Callable[[Request], Awaitable[Response]]":
    async def endpoint(request: "Request") -> Response:
        _require(request, NDJSON)
        lines = (await request.body()).splitlines()
        if len(lines) > door.limits.batch_lines:
            raise WrongInput(f"a batch has {door.limits.batch_lines:,} lines at most")
        return StreamingResponse(_answers(door, lines), media_type=NDJSON)

    return endpoint


async def _answers(door: Door, lines: list[bytes]) -> AsyncIterator[str]:
    """The answer to each line, one after another; nothing goes on once nobody reads any more."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield json.dumps(await door.answer_line(number, line), ensure_ascii=False) + "\n"


def _given(body: JsonObject) -> "Callable[[Request], Awaitable[Response]]":
    async def endpoint(_: "Request") -> Response:
        return JSONResponse(body)

    return endpoint


def _require(request: "Request", kind: str) -> None:
    """Passes a request of this content type: one that a foreign page cannot send without asking first."""
    sent = request.headers.get("content-type", "").split(";")[0].strip().casefold()
    if sent != kind:
        raise HTTPException(415, f"The request has to be of the content type {kind}.")


async def _refusal(_: "Request", error: Exception) -> Response:
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
    return _error(status, str(error))


async def _http_refusal(_: "Request", error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(error.status_code, error.detail, error.headers)


def _error(status: int, why: str, headers: "Mapping[str, str] | None" = None) -> Response:
    return JSONResponse({"error": why}, status, headers=headers)
