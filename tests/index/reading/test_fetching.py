"""Fetching: what is never asked, what is never waited for, and what an ordinary page gives."""

import gzip
import socket
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from index.errors import FetchFailed, FetchRefused
from index.reading.addresses import HostRules, is_public, judge_url
from index.reading.fetching import Edition, Limits, Page, WebFetcher, Wire, connect

PUBLIC = "93.184.215.14"
HTML = b"<html><body><p>A page.</p></body></html>"
MAPPED = ("::ffff:127.0.0.1", "::127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254")
INNER = (
    *MAPPED,
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200"),
    *("100.127.255.254", "127.0.0.1", "127.0.0.2", "127.255.255.254", "169.254.0.1", "169.254.169.254"),
    *("169.254.170.2", "172.16.0.1", "172.31.255.254", "168.63.129.16", "192.0.0.1", "192.0.0.170"),
    *("192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1"),
    *("198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "::2", "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1"),
    *("100::1", "2001::1", "2001:0:7f00:1::", "2001:20::1", "2001:db8::1", "2002:7f00:1::1"),
    *("2002:a00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fc00::1", "fd00::1", "fd00:ec2::254"),
    *("fd20:ce::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff05::2", "4000::1"),
    *("2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a00:1"),
)
HOSTS = (
    *("127.1", "127.0.1", "0x7f.0.0.1", "0x7f000001", "0X7F.1", "2130706433", "017700000001", "0177.0.0.1"),
    *("0177.1", "0", "127.0.0.1.", "127.000.000.001", "127.0.0.01", "00000.0.0.0", "1.1", "0xa9fea9fe"),
    *("2852039166", "0251.0376.0251.0376", "169.254.43518", "10.1", "3232235521", "4294967295"),
    *("4294967296", "999.999.999.999", "1.2.3.4.5", "0x", "1.2.3.0x4", "localhost", "LOCALHOST"),
    *("localhost.", "a.localhost", "localhost.localdomain.local", "printer.local", "router.lan"),
    *("db.internal", "metadata.google.internal", "metadata", "instance-data", "intranet", "box.home.arpa"),
    *("x.onion", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "ⓛocalhost", "loc\u00adalhost", "[::1]", "[::]"),
    *("[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
    *("[fe80::1%25lo]", "[fd00:ec2::254]", "[v1.x]", "[::1", "a..example.org", "-a.example.org"),
    *("a" * 64 + ".org", "%31%32%37.0.0.1", "127.0.0.1%2f.org"),
)
ADDRESSES = (
    *("", "x", "example.org", "//example.org/", "http:", "http://", "http:///x", "http:example.org"),
    *("file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "data:text/html,hi"),
    *("javascript:alert(1)", "dict://a.org:11211/", "ws://example.org/", "jar:http://example.org!/"),
    *("http+unix://%2Fvar%2Frun/", "httpx://example.org/", "http://user@example.org/"),
    *("http://user:pass@example.org/", "http://example.org@127.0.0.1/", "http://@127.0.0.1/"),
    *("http://127.0.0.1\\@example.org/", "http://example.org\\@127.0.0.1/"),
    *("http://example.org:80@127.0.0.1/", "http://exa mple.org/", "http://example.org/\r\nHost: x"),
    *("http://example.org\t.org/", "http://example.org/\x00", "http://example.org:22/"),
    *("http://example.org:25/", "http://example.org:6379/", "http://example.org:99999/"),
    *("http://example.org:0/", "http://example.org:-80/", "http://example.org:8o/"),
    *("http://example.org/" + "a" * 3000,),
)


@dataclass
class Names:
    """A resolver that knows what it was told, one answer after another."""

    answers: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int, timeout_s: float) -> tuple[str, ...]:
        self.asked.append(host)
        known = self.answers.get(host, [(PUBLIC,)])
        return known.pop(0) if len(known) > 1 else known[0]


class Canned:
    """A connection that answers what it was given, in pieces, each of which costs some time."""

    def __init__(self, pieces: Iterator[bytes], clock: "Watch", piece_s: float) -> None:
        self._pieces = pieces
        self._clock = clock
        self._piece_s = piece_s
        self._rest = b""
        self.sent = b""
        self.closed = False

    def settimeout(self, timeout_s: float) -> None:
        assert timeout_s > 0

    def sendall(self, content: bytes) -> None:
        self.sent += content

    def recv_into(self, buffer: memoryview) -> int:
        self._clock.now += self._piece_s
        self._rest = self._rest or next(self._pieces, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def close(self) -> None:
        self.closed = True


@dataclass
class Watch:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Web:
    """Servers by host; each request gets that host's next answer."""

    answers: dict[str, list[Iterator[bytes]]] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    watch: Watch = field(default_factory=Watch)
    piece_s: float = 0.0
    connected: list[tuple[str, int, str | None]] = field(default_factory=list)
    wires: list[Canned] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)

    def connect(self, address: str, port: int, server_name: str | None, timeout_s: float) -> Wire:
        assert is_public(address), address
        self.connected.append((address, port, server_name))
        pieces = self.answers[self.names.asked[-1]].pop(0)
        self.wires.append(Canned(pieces, self.watch, self.piece_s))
        return self.wires[-1]

    def fetch(self, url: str, *, rules: HostRules | None = None, limits: Limits | None = None) -> Page:
        fetcher = WebFetcher(
            rules=rules, limits=limits, resolve=self.names.resolve, connect=self.connect, clock=self.watch
        )
        return fetcher.fetch(url)


def answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> Iterator[bytes]:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers, "", ""]).encode()
    return iter([head, body])


def moved(to: str, status: str = "302 Found") -> Iterator[bytes]:
    return answer(b"", f"Location: {to}", "Content-Length: 0", status=status)


def web(**answers: list[Iterator[bytes]]) -> Web:
    return Web({f"{name}.org": given for name, given in answers.items()})


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """A listener on loopback that must never be reached."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


def hostile() -> list[str]:
    by_host = [f"http://{host}/" for host in HOSTS]
    by_ip = [f"http://[{address}]/" if ":" in address else f"https://{address}/x" for address in INNER]
    return [*by_host, *by_ip, *ADDRESSES]


def test_there_are_enough_hostile_targets() -> None:
    assert len(set(hostile())) >= 120


def test_no_hostile_target_reaches_the_canary(canary: socket.socket) -> None:
    port = canary.getsockname()[1]

    def never(address: str, port: int, server_name: str | None, timeout_s: float) -> Wire:
        raise AssertionError(f"connected to {address}")

    for url in hostile():
        names = Names()
        with pytest.raises(FetchRefused):
            WebFetcher(resolve=names.resolve, connect=never).fetch(url)
        assert names.asked == [], url
    for host in (*HOSTS, *(f"[{address}]" if ":" in address else address for address in INNER)):
        with pytest.raises(FetchRefused):
            WebFetcher().fetch(f"http://{host}:{port}/")
    with pytest.raises(BlockingIOError):
        canary.accept()


@pytest.mark.parametrize("address", INNER)
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    inside = web(inside=[answer(HTML)])
    inside.names.answers["inside.org"] = [(PUBLIC, address)]
    with pytest.raises(FetchRefused) as caught:
        inside.fetch("http://inside.org/")
    assert inside.connected == []
    assert address not in str(caught.value).split()


@pytest.mark.parametrize("to", [f"http://{host}/" for host in HOSTS] + [*ADDRESSES[8:20]])
def test_a_redirect_is_judged_like_any_address(to: str) -> None:
    if any(ord(character) < 32 for character in to) or to.startswith("//"):
        pytest.skip("cannot stand in a header")
    leading = web(start=[iter([f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()])])
    with pytest.raises((FetchRefused, FetchFailed)) as caught:
        leading.fetch("http://start.org/")
    assert len(leading.connected) == 1
    assert "127." not in str(caught.value)


def test_a_name_that_changes_its_mind_is_asked_only_once_a_hop() -> None:
    page = web(rebind=[answer(HTML)])
    page.names.answers["rebind.org"] = [(PUBLIC,), ("127.0.0.1",)]
    assert page.fetch("http://rebind.org/").body == HTML
    assert page.names.asked == ["rebind.org"]
    assert page.connected == [(PUBLIC, 80, None)]
    again = web(rebind=[moved("http://rebind.org/2"), answer(HTML)])
    again.names.answers["rebind.org"] = [(PUBLIC,), ("127.0.0.1",)]
    with pytest.raises(FetchRefused):
        again.fetch("http://rebind.org/")
    assert len(again.connected) == 1


def test_a_chain_of_five_redirects_is_followed_and_one_of_six_is_not() -> None:
    chain = web(a=[*(moved(f"/{number}") for number in range(5)), answer(HTML)])
    assert chain.fetch("http://a.org/").url == "http://a.org/4"
    longer = web(a=[*(moved(f"/{number}") for number in range(6)), answer(HTML)])
    with pytest.raises(FetchFailed, match="more than 5 times"):
        longer.fetch("http://a.org/")
    assert all(wire.closed for wire in longer.wires)


def test_a_secure_address_never_leads_to_one_that_is_not() -> None:
    leading = web(a=[moved("http://b.org/")], b=[answer(HTML)])
    with pytest.raises(FetchRefused, match="secure"):
        leading.fetch("https://a.org/")
    assert leading.connected == [(PUBLIC, 443, "a.org")]


def test_a_request_carries_nothing_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    page = web(a=[answer(HTML, "Set-Cookie: a=b", status="302 Found\r\nLocation: /next"), answer(HTML)])
    page.fetch("http://a.org/?q=ä b".replace(" ", "%20"))
    for wire in page.wires:
        sent = wire.sent.decode("ascii").lower()
        assert "cookie" not in sent
        assert "authorization" not in sent
        assert "referer" not in sent
        assert "\r\nhost: a.org\r\n" in sent


def test_a_servers_own_lists_are_kept() -> None:
    rules = HostRules(allowed=("news.org",), denied=("bad.news.org",))
    assert judge_url("https://www.news.org/x", rules).host == "www.news.org"
    for url in ("https://other.org/", "https://bad.news.org/", "https://a.bad.news.org/", "https://fakenews.org/"):
        with pytest.raises(FetchRefused, match="does not read from there"):
            judge_url(url, rules)


@pytest.mark.parametrize(
    "given",
    [
        answer(b"x", kind="image/png"),
        answer(b"x", kind="application/zip"),
        answer(bytes(range(256)) * 40, kind=""),
        answer(b"x", "Content-Encoding: br"),
        answer(b"x", "Content-Encoding: gzip, gzip"),
        answer(b"x", "Content-Encoding: gzip"),
        answer(b"", status="404 Not Found"),
        answer(b"", status="302 Found"),
        answer(b"", "Transfer-Encoding: chunked"),
        iter([b"SSH-2.0-OpenSSH_9.6\r\n"]),
        iter([b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500]),
        iter([b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000]),
        iter([b"HTTP/1.1 abc\r\n\r\n"]),
        iter([b""]),
        iter([b"\xff\xfe\x00" * 100]),
    ],
)
def test_what_is_no_page_is_said_to_be_none(given: Iterator[bytes]) -> None:
    page = web(a=[given, answer(b"", status="302 Found"), *(answer(b"", status="302 Found") for _ in range(5))])
    with pytest.raises(FetchFailed):
        page.fetch("http://a.org/")


@pytest.mark.parametrize("encoding", ["identity", "gzip", "deflate"])
def test_a_page_comes_decoded(encoding: str) -> None:
    body = {"identity": HTML, "gzip": gzip.compress(HTML), "deflate": zlib.compress(HTML)}[encoding]
    page = web(a=[answer(body, f"Content-Encoding: {encoding}", f"Content-Length: {len(body)}")])
    assert page.fetch("http://a.org/x") == Page("http://a.org/x", HTML, "text/html")


def test_what_has_not_changed_is_not_sent_again() -> None:
    first = answer(HTML, 'ETag: "v1"', "Last-Modified: Mon, 04 May 2026 12:00:00 GMT")
    unchanged = answer(b"", status="304 Not Modified")
    pages = web(a=[first, unchanged, answer(HTML, 'ETag: "v2"'), unchanged])
    page = pages.fetch("http://a.org/")
    fetcher = WebFetcher(resolve=pages.names.resolve, connect=pages.connect, clock=pages.watch)
    assert fetcher.fetch_if_changed("http://a.org/", page.edition) is None
    sent = pages.wires[1].sent.decode("ascii")
    assert 'If-None-Match: "v1"\r\n' in sent
    assert "If-Modified-Since: Mon, 04 May 2026 12:00:00 GMT\r\n" in sent
    changed = fetcher.fetch_if_changed("http://a.org/", page.edition)
    assert changed is not None
    assert changed.edition == Edition(etag='"v2"')
    with pytest.raises(FetchFailed):
        fetcher.fetch("http://a.org/")


def test_an_edition_that_cannot_be_sent_back_is_not_kept() -> None:
    page = web(a=[answer(HTML, f"ETag: {'x' * 301}", "Last-Modified: é")]).fetch("http://a.org/")
    assert page.edition == Edition()


def test_a_compression_bomb_is_refused_in_little_memory() -> None:
    bomb = gzip.compress(bytes(300_000_000), 9)
    assert len(bomb) < 1_000_000
    page = web(a=[answer(bomb, "Content-Encoding: gzip")])
    tracemalloc.start()
    with pytest.raises(FetchFailed, match="too large"):
        page.fetch("http://a.org/")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64_000_000


@pytest.mark.parametrize(
    "endless",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
)
def test_an_endless_answer_is_cut_off(endless: bytes) -> None:
    def pieces() -> Iterator[bytes]:
        yield endless
        while True:
            yield b"HTTP/1.1 100 Continue\r\n\r\n" * 2000

    with pytest.raises(FetchFailed, match="too large"):
        web(a=[pieces()]).fetch("http://a.org/")


@pytest.mark.parametrize("slow", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"])
def test_a_slow_answer_is_not_waited_for(slow: bytes) -> None:
    def pieces() -> Iterator[bytes]:
        yield slow
        while True:
            yield b"a"

    page = web(a=[pieces()])
    page.piece_s = 0.5
    with pytest.raises(FetchFailed, match="20 seconds"):
        page.fetch("http://a.org/")
    assert page.watch.now <= 21


def test_a_certificate_of_somebody_else_is_refused(canary: socket.socket) -> None:
    host, port = canary.getsockname()
    with pytest.raises(OSError):
        connect(host, port, "a.org", 0.05)


def test_plain_public_addresses_are_public() -> None:
    for address in (PUBLIC, "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::6810:84e5", "2a00:1450:4001::1"):
        assert is_public(address), address
