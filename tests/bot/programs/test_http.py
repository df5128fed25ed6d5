"""The HTTP interface: the same JSON as the terminal's, for whoever is let in, whatever is sent."""

import asyncio
import json
import socket
from collections.abc import Callable, Iterator, MutableMapping
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient

from bot.programs.given import KINDS, LIMITS, SAYS, Limits
from bot.programs.guard import Guard
from bot.programs.http import NDJSON, application
from bot.programs.verbs import VERBS, Door
from bot.rendering.contract import JsonObject
from index.library.folder import Library
from index.reading.bounds import BOUNDS
from tests.bot.programs.processes import TOKEN, listening
from tests.bot.terminal.conftest import lines_of

HERE = "http://127.0.0.1:8461"
JSON = {"Content-Type": "application/json"}
LET_IN = b"\r\n".join(
    [
        b"POST /v1/ask HTTP/1.1",
        b"Host: localhost",
        b"Content-Type: application/json",
        b"Authorization: Bearer " + TOKEN.encode(),
        b"",
    ]
)
END = b"\r\n0\r\n\r\n"
QUESTIONS = ("what did Ryan say?", "what did Kislyak say?", "who spoke?")


@pytest.fixture
def client(seed_library: Library) -> Iterator[TestClient]:
    with TestClient(application(Door(seed_library), token=None), base_url=HERE) as client:
        yield client


def printed(onrecord: Callable[..., tuple[int, str, str]], folder: Path, *arguments: str) -> list[dict[str, Any]]:
    code, out, _ = onrecord(*arguments, "--json", "--library", str(folder))
    assert code == 0
    return lines_of(out)


@pytest.mark.parametrize(
    ("verb", "given", "arguments"),
    [
        *(("ask", {"question": asked}, ("ask", asked)) for asked in QUESTIONS),
        ("what_said", {"name": "Warren"}, ("speaker", "Warren")),
        ("who_said", {"words": "no one is above the law"}, ("whosaid", "no one is above the law")),
    ],
)
def test_each_verb_gives_what_the_terminal_prints(
    client: TestClient,
    onrecord: Callable[..., tuple[int, str, str]],
    seed_folder: Path,
    verb: str,
    given: dict[str, str],
    arguments: tuple[str, ...],
) -> None:
    assert client.post(f"/v1/{verb}", json=given).json() == printed(onrecord, seed_folder, *arguments)[0]


def test_checks_speakers_and_stories_are_what_the_terminal_prints(
    client: TestClient, onrecord: Callable[..., tuple[int, str, str]], seed_folder: Path
) -> None:
    text = "He said “no one is above the law” and “pigs fly in May”."
    story = client.post("/v1/list_stories", json={}).json()["stories"][0]
    assert client.post("/v1/check_quote", json={"quote": text}).json() == {
        "checks": printed(onrecord, seed_folder, "check", text)
    }
    assert client.post("/v1/list_speakers", json={}).json()["speakers"] == printed(onrecord, seed_folder, "speakers")
    assert [story] == printed(onrecord, seed_folder, "stories")
    whole = client.post("/v1/get_story", json={"story": story["id"]}).json()
    assert whole == printed(onrecord, seed_folder, "show", story["id"])[0]
    place = {"story": story["id"], "start": 10, "end": 60}
    passage = client.post("/v1/get_passage", json=place).json()
    assert passage == {**place, "version": 1, "text": whole["text"][10:60]}


def test_every_result_is_as_the_document_says(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    story = client.post("/v1/list_stories", json={}).json()["stories"][0]["id"]
    given: dict[str, dict[str, Any]] = {
        "ask": {"question": "and Pelosi?", "history": [{"q": "what did Ryan say?"}]},
        "what_said": {"name": "Ryan", "about": "the probe", "story": story},
        "who_said": {"words": "above the law"},
        "check_quote": {"quote": "no one is above the law"},
        "list_speakers": {"name": "ryan", "limit": 1},
        "list_stories": {"after": 1},
        "get_story": {"story": story},
        "get_passage": {"story": story, "start": 0, "end": 5.0, "version": 1},
    }
    assert set(given) == {verb.name for verb in VERBS if not verb.changes}
    for verb, sent in given.items():
        answer = client.post(f"/v1/{verb}", json=sent)
        described = document["paths"][f"/v1/{verb}"]["post"]["responses"]["200"]
        assert answer.status_code == 200
        jsonschema.validate(answer.json(), described["content"]["application/json"]["schema"])


def test_a_batch_is_answered_line_by_line_as_the_terminal_does(
    client: TestClient, onrecord: Callable[..., tuple[int, str, str]], seed_folder: Path, tmp_path: Path
) -> None:
    lines = [
        json.dumps({"id": 1, "question": "what did Ryan say?"}),
        "nonsense",
        json.dumps({"question": "who spoke?"}),
    ]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(lines), encoding="utf-8")
    answered = client.post("/v1/batch", content=batch.read_bytes(), headers={"Content-Type": NDJSON})
    assert answered.headers["content-type"] == NDJSON
    code, out, _ = onrecord("ask", "--batch", str(batch), "--json", "--library", str(seed_folder))
    assert code == 1
    assert lines_of(answered.text) == lines_of(out)


def test_each_line_of_a_batch_is_sent_before_the_next_is_asked_and_none_once_nobody_reads(
    seed_library: Library,
) -> None:
    events: list[str] = []

    class Telling(Door):
        async def answer_line(self, number: int, line: bytes) -> JsonObject:
            events.append(f"asked {number}")
            return {}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"{}\n{}\n{}"}

    async def send(message: MutableMapping[str, Any]) -> None:
        events.append(message.get("body", b"begins").decode())
        if len(events) > 4:
            raise OSError

    headers = [(b"host", b"127.0.0.1"), (b"content-type", NDJSON.encode())]
    scope = {"type": "http", "method": "POST", "path": "/v1/batch", "headers": headers, "asgi": {"spec_version": "2.4"}}

    async def served() -> None:
        await application(Telling(seed_library), token=None)(scope, receive, send)

    with pytest.raises(ClientDisconnect):
        asyncio.run(served())
    assert events == ["begins", "asked 1", "{}\n", "asked 2", "{}\n"]


@pytest.mark.parametrize(
    ("verb", "sent", "why"),
    [
        ("ask", b"{", "it is not JSON in UTF-8"),
        ("ask", b'{"question": NaN}', "it is not JSON in UTF-8"),
        ("ask", b"[" * 100_000, "it is not JSON in UTF-8"),
        ("ask", b"\xff", "it is not JSON in UTF-8"),
        ("ask", b'["what did Ryan say?"]', "it is not a JSON object"),
        ("ask", b"{}", "it has no “question”"),
        ("ask", b'{"question": ""}', "“question” is empty."),
        ("ask", b'{"question": " "}', "“question” is empty."),
        ("ask", b'{"question": 1}', "“question” has to be a text."),
        ("ask", b'{"question": "%b"}' % (b"x" * 4_001), "“question” may have 4,000 characters at most."),
        ("ask", b'{"question": "who?", "history": 1}', "“history” has to be a list."),
        ("ask", b'{"question": "who?", "history": [1]}', "“history.0” has to be an object."),
        (
            "ask",
            b'{"question": "who?", "history": [%b{"q": "x"}]}' % (b'{"q": "x"}, ' * 20),
            "“history” may have 20 entries",
        ),
        ("ask", b'{"question": "\\ud800"}', "it has half a character (a lone surrogate)"),
        (
            "ask",
            b'{"question": "who?", "system": "obey"}',
            "it has a key that is not known: it may have “question”, “story”, “history”.",
        ),
        ("ask", b'{"question": "who?", "history": [{"a": "x"}]}', "“history.0” has no “q”"),
        ("get_passage", b'{"story": "%s", "start": 5, "end": 5}', "the passage has to begin before it ends"),
        ("get_passage", b'{"story": "%s", "start": 0, "end": 99999}', "the passage has to begin before it ends"),
        ("get_passage", b'{"story": "%s", "start": true, "end": 5}', "“start” has to be a whole number."),
        ("list_stories", b'{"limit": 0}', "“limit” has to be 1 at least."),
        ("list_stories", b'{"limit": 1000}', "“limit” has to be 500 at most."),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    client: TestClient, seed_library: Library, verb: str, sent: bytes, why: str
) -> None:
    sent = sent.replace(b"%s", seed_library.stories[0].id.encode())
    answer = client.post(f"/v1/{verb}", content=sent, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(f"What was sent cannot be used: {why}")


def test_whatever_of_a_schema_is_broken_has_words() -> None:
    def within(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield schema
        for below in (*schema.get("properties", {}).values(), *filter(None, [schema.get("items")])):
            yield from within(below)

    schemas = [schema for verb in VERBS for schema in within(verb.takes)]
    wordless = {"properties", "items", "description", "required", "additionalProperties"}
    assert {keyword for schema in schemas for keyword in schema} - wordless == set(SAYS)
    assert {schema["type"] for schema in schemas} == set(KINDS)


def test_what_is_not_there_and_ways_that_are_not_taken_have_their_own_status(client: TestClient) -> None:
    assert client.post("/v1/get_story", json={"story": "../../etc/passwd"}).status_code == 404
    assert client.post("/v1/ask", json={"question": "who spoke?", "story": "nowhere"}).status_code == 404
    assert client.post("/v1/unheard_of", json={}).status_code == 404
    assert client.post("/v1/unheard_of", json={}).json() == {"error": "Nothing is at this path: see /openapi.json."}
    assert client.get("/v1/ask").headers["allow"] == "POST"
    assert client.get("/v1/ask").json() == {"error": "This path is asked in another way: see /openapi.json."}
    assert client.post("/v1/ask", content="{}", headers={"Content-Type": "text/plain"}).status_code == 415


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:8461"}, 421),
        ({"Host": ""}, 421),
        ({"Host": "localhost:8461"}, 200),
        ({"Host": "[::1]:8461"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Content-Length": "99999999"}, 413),
    ],
)
def test_only_this_machine_is_answered(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.get("/healthz", headers=headers).status_code == status


def test_a_request_is_no_larger_than_it_may_be_even_if_it_does_not_say_how_large_it_is(seed_library: Library) -> None:
    door = Door(seed_library, Limits(body_bytes=1_000))
    with TestClient(application(door, token=None), base_url=HERE) as client:
        parts = (b" " * 400 for _ in range(3))
        answer = client.post("/v1/list_stories", content=parts, headers=JSON)
        assert (answer.status_code, answer.json()) == (413, {"error": "A request has 1,000 bytes at most."})
        assert client.post("/v1/list_stories", content=b"{}", headers=JSON).status_code == 200


def test_with_a_token_nothing_is_told_without_it(seed_library: Library) -> None:
    with TestClient(application(Door(seed_library), token=TOKEN), base_url=HERE) as client:
        for given in (None, TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}", "Bearer"):
            refused = client.post("/v1/list_stories", json={}, headers={"Authorization": given} if given else {})
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"].startswith("Bearer")
            assert TOKEN not in refused.text
        assert client.get("/openapi.json").status_code == 401
        assert client.get("/healthz").json() == {"ok": True}
        let_in = client.post("/v1/list_stories", json={}, headers={"Authorization": f"Bearer {TOKEN}"})
        assert let_in.json()["total"] == 1


def test_without_a_token_nobody_may_add(client: TestClient, seed_library: Library) -> None:
    refused = client.post("/v1/add_story", json={"text": "“It rained,” Ada Lane said."})
    assert refused.status_code == 403
    assert len(seed_library.stories) == 1


def test_too_many_at_once_are_told_to_come_back(seed_library: Library) -> None:
    with TestClient(application(Door(seed_library, Limits(waiting=0)), token=None), base_url=HERE) as client:
        answer = client.post("/v1/list_stories", json={})
        assert (answer.status_code, "ask again" in answer.json()["error"]) == (503, True)


def test_what_takes_too_long_is_given_up_on(seed_library: Library) -> None:
    with TestClient(application(Door(seed_library, Limits(asking_s=0)), token=None), base_url=HERE) as client:
        assert client.post("/v1/list_stories", json={}).status_code == 504


def test_a_process_answers_adds_once_and_ends_when_told_to(tmp_path: Path) -> None:
    import httpx

    story = {"text": "“It rained,” Ada Lane, the mayor, said.\n", "title": "Rain", "date": "2024-05-01"}
    sent = {"Authorization": f"Bearer {TOKEN}"}
    with (
        listening("api", "--library", str(tmp_path / "l"), environment={"ONRECORD_API_TOKEN": TOKEN}) as running,
        httpx.Client(base_url=running.address, timeout=300, headers=sent) as web,
    ):
        first, again = (web.post("/v1/add_story", json=story).json() for _ in range(2))
        renamed = web.post("/v1/add_story", json=story | {"source": "The Forger"}).json()
        said = web.post("/v1/what_said", json={"name": "Lane"}).json()
        held = web.post("/v1/list_stories", json={}).json()
        undated = [
            web.post("/v1/add_story", json={"text": "Other.", "date": day}).json()["error"]
            for day in ("2024-02-31", "yesterday", "1 May 2024", "")
        ]
        web.post("/v1/ask", content=b"\x00" * 1_000, headers=JSON)
    assert (first["new"], first["statements"], again) == (True, 1, first | {"new": False})
    assert renamed == again
    assert [one["text"] for one in said["statements"]] == ["“It rained,”"]
    assert held["total"] == 1
    assert held["stories"][0]["source"] is None
    assert undated == ["What was sent cannot be used: “date” has to be a day such as 2017-03-02."] * 4
    assert (running.code, running.printed) == (0, "")


OVER_A_SOCKET = {
    "no HTTP": (b"nonsense\r\n\r\n", 400),
    "no host": (b"GET /healthz HTTP/1.0\r\n\r\n", 421),
    "another host": (b"GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
    "another page": (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n\r\n", 403),
    "no token": (b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", 401),
    "two lengths": (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    "endless head": (b"GET /healthz HTTP/1.1\r\nX: ".ljust(64_001, b"x"), 400),
    "too large": (LET_IN + b"Content-Length: 9999999\r\n\r\n" + b"x" * 9_999_999, 413),
    "larger than told": (
        LET_IN + b"Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n4c4b40\r\n" + b"x" * 5_000_000 + END,
        413,
    ),
    "half a character": (LET_IN + b'Content-Length: 22\r\n\r\n{"question": "\\ud800"}', 400),
}


def test_hostile_bytes_get_a_whole_answer_and_the_next_who_asks_does_too(tmp_path: Path) -> None:
    import httpx

    answered: dict[str, tuple[int, str]] = {}
    with listening("api", "--library", str(tmp_path / "l"), environment={"ONRECORD_API_TOKEN": TOKEN}) as running:
        port = int(running.address.rpartition(":")[2])
        for name, (sent, _) in OVER_A_SOCKET.items():
            with socket.create_connection(("127.0.0.1", port), timeout=120) as one:
                one.sendall(sent)
                response = HTTPResponse(one)
                response.begin()
                answered[name] = (response.status, response.read().decode())
        assert httpx.get(f"{running.address}/healthz").json() == {"ok": True}
    assert {name: status for name, (status, _) in answered.items()} == {
        name: status for name, (_, status) in OVER_A_SOCKET.items()
    }
    of_http = ("no HTTP", "two lengths", "endless head")
    assert all(json.loads(body)["error"].endswith(".") for name, (_, body) in answered.items() if name not in of_http)
    assert (running.code, running.printed) == (0, "")


@pytest.mark.parametrize(
    ("expecting", "token", "most", "reads"),
    [
        ([], TOKEN, 9, 2),
        ([(b"expect", b"100-continue")], TOKEN, 9, 0),
        ([(b"expect", b"100-continue")], None, 0, 2),
        ([], None, 1, 2),
    ],
)
def test_a_refusal_waits_for_what_is_still_being_sent_and_no_longer(
    expecting: list[tuple[bytes, bytes]], token: str | None, most: int, reads: int
) -> None:
    """An answer given before the body was read is lost: closing a connection with bytes unread resets it.

    The third is let in, is asked for its body, and turns out to be too large at its first byte; the fourth does at its
    last, behind which there is nothing to wait for.
    """
    events = []
    parts = iter([{"body": b"{", "more_body": True}, {"body": b"}", "more_body": False}])

    async def receive() -> dict[str, Any]:
        events.append("read")
        return {"type": "http.request", **next(parts)}

    async def send(message: MutableMapping[str, Any]) -> None:
        events.append(message["type"])

    scope = {"type": "http", "method": "POST", "path": "/v1/ask", "headers": [(b"host", b"127.0.0.1"), *expecting]}
    asyncio.run(Guard(Starlette(), token=token, limits=Limits(body_bytes=most))(scope, receive, send))
    assert events == ["read"] * reads + ["http.response.start", "http.response.body"]


def test_a_port_that_is_taken_is_said_so(tmp_path: Path, onrecord: Callable[..., tuple[int, str, str]]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, _, err = onrecord("api", "--port", port, "--library", str(tmp_path / "l"))
    assert code == 1
    assert err.startswith(f"onrecord: Port {port} of 127.0.0.1 cannot be listened on: address already in use")


def test_bounds_are_what_they_say() -> None:
    assert LIMITS.story_chars == BOUNDS.story_chars
    assert LIMITS.body_bytes > 4 * LIMITS.story_chars
