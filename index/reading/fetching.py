"""Brings a page of the public web, and nothing else, within fixed limits of time and size. Two functions touch the
network: names to addresses (`resolve`), and one connection to a judged address (`connect`).

Every hop is judged anew: the name is resolved once, every address it has must be public, and the one judged is the
one connected to, so that a name cannot change its mind in between.
"""

import http.client
import io
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urljoin

from index.errors import FetchFailed, FetchRefused
from index.reading.addresses import NOT_PUBLIC, HostRules, Target, is_public, judge_url
from index.reading.files import FILE_TYPES, PAGE_TYPES, TEXT_TYPES, is_readable
from index.reading.text import charset_in

FEED_TYPES = frozenset(
    {
        *("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml"),
        *("application/x-rss+xml", "text/rss+xml", "application/feed+json", "application/json"),
    }
)
UNTOLD_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/unknown"})
"""What servers say that do not know what they send: what it is shows itself."""
_TYPES = FEED_TYPES.union(PAGE_TYPES, TEXT_TYPES, FILE_TYPES, UNTOLD_TYPES)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_CHUNK = 65_536
_LONGEST_EDITION = 300
_EITHER_FORMAT = 32  # zlib's own flag: the stream says itself whether it is gzip or zlib
Clock = Callable[[], float]
_HEADERS = {
    "User-Agent": "OnRecord/0.1 (reads news stories it is given)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,application/rss+xml,application/atom+xml, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost, redirects included."""

    hops: int = 5
    time_s: float = 20.0
    wire_bytes: int = 5_000_000
    decoded_bytes: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Edition:
    """What a server calls the bytes it gave (its ETag and Last-Modified), so that it need not send them again."""

    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What asks for the bytes only if they are others by now."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: where it was at last, the decoded bytes, the media type, and which edition it is.

    `charset` is what its server said of its letters.
    """

    url: str
    body: bytes
    content_type: str
    edition: Edition = Edition()
    charset: str | None = None


class Wire(Protocol):
    """An open connection, as much of a socket as fetching uses."""

    def settimeout(self, timeout_s: float, /) -> None: ...  # noqa: D102 - as a socket's
    def sendall(self, content: bytes, /) -> None: ...  # noqa: D102
    def recv_into(self, buffer: memoryview, /) -> int: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


Resolve = Callable[[str, int, float], tuple[str, ...]]
"""Every IP address of a host, asked at a port, within so many seconds. Raises OSError (TimeoutError past the time)."""
Connect = Callable[[str, int, str | None, float], Wire]
"""A connection to this very IP address and port, within so many seconds; TLS for a server's name where one is given."""


def resolve(host: str, port: int, timeout_s: float) -> tuple[str, ...]:
    """Every address of a host, IPv4 first, by the machine's own resolver, not waited for longer than allowed."""
    found: list[str] = []
    failed: list[OSError] = []

    def look_up() -> None:
        try:
            for *_, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(str(where[0]))
        except OSError as error:
            failed.append(error)

    # getaddrinfo takes no time limit, so it runs where it can be left behind.
    looking = threading.Thread(target=look_up, daemon=True)
    looking.start()
    looking.join(timeout_s)
    if looking.is_alive():
        raise TimeoutError
    if failed:
        raise failed[0]
    return tuple(sorted(dict.fromkeys(found), key=lambda address: ":" in address))


def connect(address: str, port: int, server_name: str | None, timeout_s: float) -> Wire:
    """A plain socket, or TLS with the machine's certificates always checked; no proxy is ever asked."""
    plain = socket.create_connection((address, port), timeout=timeout_s)
    if server_name is None:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=server_name)
    except OSError:
        plain.close()
        raise


class TooMuch(Exception):
    """More bytes than are taken from one server."""


class BoundedWire(io.RawIOBase):
    """A connection as a raw stream, which ends in TimeoutError at a deadline and in TooMuch after a number of bytes."""

    def __init__(self, wire: Wire, *, time_left: Callable[[], float], max_bytes: int) -> None:
        super().__init__()
        self._wire = wire
        self._time_left = time_left
        self._left = max_bytes

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Receives what there is, within the limits."""
        self._wire.settimeout(self._time_left())
        count = self._wire.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise TooMuch
        self._time_left()
        return count

    def send_all(self, content: bytes) -> None:
        """Sends everything before the deadline."""
        self._wire.settimeout(self._time_left())
        self._wire.sendall(content)

    def close(self) -> None:
        """Ends the connection."""
        if not self.closed:
            self._wire.close()
        super().close()


class HttpSocket:
    """As much of a socket as `http.client` uses. Closing it does nothing: the connection ends with its BoundedWire."""

    def __init__(self, wire: BoundedWire) -> None:
        self._wire = wire

    def sendall(self, content: bytes) -> None:
        """Sends everything before the deadline."""
        self._wire.send_all(content)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The stream that a response is read from."""
        return io.BufferedReader(self._wire, 16_384)

    def close(self) -> None:
        """Nothing: `http.client` closes its socket before the body has been read."""


class WebFetcher:
    """Fetches pages. Sends no cookies and no credentials, asks no proxy, and always checks certificates."""

    def __init__(
        self,
        *,
        rules: HostRules | None = None,
        limits: Limits | None = None,
        resolve: Resolve = resolve,
        connect: Connect = connect,
        clock: Clock = time.monotonic,
    ) -> None:
        self._rules = rules or HostRules()
        self._limits = limits or Limits()
        self._resolve = resolve
        self._connect = connect
        self._clock = clock

    def fetch(self, url: str) -> Page:
        """The page at an address. Raises FetchRefused where it may not be asked, FetchFailed where it gives no page."""
        page = self.fetch_if_changed(url, Edition())
        if page is None:
            raise FetchFailed(url, "its server did not answer as a web server does")
        return page

    def fetch_if_changed(self, url: str, held: Edition) -> Page | None:
        """The page at an address, or None where its server says that it is the edition held. Raises as `fetch`."""
        deadline = self._clock() + self._limits.time_s
        try:
            return self._follow(url, held, deadline)
        except TimeoutError as error:
            raise FetchFailed(url, f"it took longer than {self._limits.time_s:g} seconds") from error
        except TooMuch as error:
            raise FetchFailed(url, "it is too large") from error
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            raise FetchFailed(url, "its server did not answer as a web server does") from error

    def _follow(self, url: str, held: Edition, deadline: float) -> Page | None:
        here = url
        secure = False
        for _ in range(self._limits.hops + 1):
            target = self._judged(url, here)
            if secure and target.scheme != "https":
                raise FetchRefused(url, "it leads from a secure address to one that is not")
            secure = target.scheme == "https"
            wire = self._connected(url, target, deadline)
            try:
                answer = self._ask(target, held, wire)
                if answer.status == _NOT_MODIFIED and held.headers:
                    return None
                if answer.status not in _REDIRECTS:
                    return self._page(url, target, answer)
                here = urljoin(target.url, _ascii(answer.getheader("Location") or ""))
            finally:
                wire.close()
        raise FetchFailed(url, f"it leads on more than {self._limits.hops} times")

    def _judged(self, url: str, here: str) -> Target:
        try:
            return judge_url(_ascii_path(here), self._rules)
        except FetchRefused as error:
            raise FetchRefused(url, error.why) from error.__cause__

    def _connected(self, url: str, target: Target, deadline: float) -> BoundedWire:
        """A connection to an address of the host, all of which were judged."""
        addresses = self._resolve(target.host, target.port, self._time_left(deadline))
        if not addresses or not all(is_public(address) for address in addresses):
            raise FetchRefused(url, NOT_PUBLIC)
        name = target.host if target.scheme == "https" else None
        failure: OSError = OSError("no address")
        for address in addresses[:4]:
            try:
                wire = self._connect(address, target.port, name, self._time_left(deadline))
            except OSError as error:
                failure = error
                continue
            return BoundedWire(wire, time_left=lambda: self._time_left(deadline), max_bytes=self._limits.wire_bytes)
        raise failure

    def _ask(self, target: Target, held: Edition, wire: BoundedWire) -> http.client.HTTPResponse:
        usual = {"http": 80, "https": 443}[target.scheme]
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = HttpSocket(wire)
        name = f"[{target.host}]" if ":" in target.host else target.host
        host = name if target.port == usual else f"{name}:{target.port}"
        connection.request("GET", target.path, headers={"Host": host, **_HEADERS, **held.headers})
        return connection.getresponse()

    def _page(self, url: str, target: Target, answer: http.client.HTTPResponse) -> Page:
        if answer.status != 200:
            raise FetchFailed(url, f"its server answered {answer.status}")
        content_type, _, told = (answer.getheader("Content-Type") or "").partition(";")
        content_type = content_type.strip().lower()
        if content_type not in _TYPES:
            raise FetchFailed(url, "it is not a page or a text")
        encoding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
            raise FetchFailed(url, "it is compressed in a way that is not read")
        body = b"".join(self._decoded(answer, encoding))
        edition = Edition(_echoed(answer.getheader("ETag")), _echoed(answer.getheader("Last-Modified")))
        if content_type in UNTOLD_TYPES and not is_readable(body):
            raise FetchFailed(url, "it is not a page or a text")
        return Page(target.url, body, content_type, edition, charset_in(told[:200]))

    def _decoded(self, answer: http.client.HTTPResponse, encoding: str) -> Iterator[bytes]:
        """The body in pieces, decompressed as it comes, none of it past the limit."""
        left = self._limits.decoded_bytes
        inflater = None if encoding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | _EITHER_FORMAT)
        while chunk := answer.read1(_CHUNK):
            while chunk:
                piece = inflater.decompress(chunk, _CHUNK) if inflater else chunk
                chunk = inflater.unconsumed_tail if inflater else b""
                left -= len(piece)
                if left < 0:
                    raise TooMuch
                yield piece
        if inflater and not inflater.eof:
            raise zlib.error("the stream ends too early")

    def _time_left(self, deadline: float) -> float:
        left = deadline - self._clock()
        if left <= 0:
            raise TimeoutError
        return left


def _echoed(value: str | None) -> str | None:
    """A header's value if it is one that can be sent back."""
    usable = value and len(value) <= _LONGEST_EDITION and value.isascii() and value.isprintable()
    return value if usable else None


def _ascii(location: str) -> str:
    """A header's value, which http.client reads as Latin-1, as the UTF-8 it mostly is."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _ascii_path(url: str) -> str:
    """An address whose path and query are written in ASCII; the host, and what cannot be seen, is left to the judge."""
    if not url.isprintable():
        return url
    head, slash, rest = url.partition("://")
    host, cut, path = rest.partition("/")
    return f"{head}{slash}{host}{cut}{quote(path, safe='%/?#:@!$&()*+,;=~-._[]' + chr(39))}" if cut else url
