"""Brings a page of the public web, and nothing else, within fixed limits of time and size.

Every hop is judged anew: the name is resolved once, every address it has must be public, and the one judged is the
one connected to, so that a name cannot change its mind in between.
"""

import http.client
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from index.errors import FetchFailed, FetchRefused
from index.reading.addresses import (
    NOT_PUBLIC,
    BoundedWire,
    Clock,
    Connector,
    HttpSocket,
    Resolver,
    SystemConnector,
    SystemResolver,
    Target,
    TooMuch,
    is_public,
    judge_url,
)
from index.reading.files import is_readable
from index.reading.hosts import HostRules
from index.reading.text import charset_in

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = frozenset({"text/plain", "text/markdown"})
FEED_TYPES = frozenset(
    {
        *("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml"),
        *("application/x-rss+xml", "text/rss+xml", "application/feed+json", "application/json"),
    }
)
FILE_TYPES = frozenset(
    {
        *("application/pdf", "application/x-pdf", "message/rfc822", "application/mbox", "text/vtt", "text/srt"),
        *("application/x-subrip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    }
)
UNTOLD_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/unknown"})
"""What servers say that do not know what they send: what it is shows itself."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_CHUNK = 65_536
_LONGEST_EDITION = 300
_EITHER_FORMAT = 32  # zlib's own flag: the stream says itself whether it is gzip or zlib
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


class WebFetcher:
    """Fetches pages. Sends no cookies and no credentials, asks no proxy, and always checks certificates."""

    def __init__(
        self,
        *,
        rules: HostRules | None = None,
        limits: Limits | None = None,
        resolver: Resolver | None = None,
        connector: Connector | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self._rules = rules or HostRules()
        self._limits = limits or Limits()
        self._resolver = resolver or SystemResolver()
        self._connector = connector or SystemConnector()
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
        addresses = self._resolver.resolve(target.host, target.port, self._time_left(deadline))
        if not addresses or not all(is_public(address) for address in addresses):
            raise FetchRefused(url, NOT_PUBLIC)
        name = target.host if target.scheme == "https" else None
        failure: OSError = OSError("no address")
        for address in addresses[:4]:
            try:
                wire = self._connector.connect(address, target.port, name, self._time_left(deadline))
            except OSError as error:
                failure = error
                continue
            return BoundedWire(wire, deadline=deadline, max_bytes=self._limits.wire_bytes, clock=self._clock)
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
        if content_type not in PAGE_TYPES | TEXT_TYPES | FEED_TYPES | FILE_TYPES | UNTOLD_TYPES:
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
