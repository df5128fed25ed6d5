"""Which addresses of the web may be asked: judged by what is connected to, never by how it is spelled; and the two
places where that touches the network: names to addresses, and one connection to a judged address.

The special ranges are those of IANA's registries for IPv4 and IPv6 (RFC 6890 and after), plus the addresses at which
clouds answer their own machines.
"""

import io
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from index.errors import FetchRefused
from index.reading.hosts import HostRules, ascii_host, is_host, is_under

MAX_URL = 2_000
PORTS = frozenset({80, 443, 8080, 8443})
NOT_PUBLIC = "it does not lead to a public website"
_MALFORMED = "it is not a web address"
_INNER_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "test")
_REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
        *("192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
    )
)
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20")
)
_ISATAP = (0x00005EFE, 0x02005EFE)
_TRACKING = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid igshid igsh twclid ttclid mc_cid mc_eid _hsenc _hsmi mkt_tok"
    " at_medium at_campaign at_format at_ptr_name cmpid cmp ito ocid ncid icid smid smtyp sr_share partner ref"
    " ref_src ref_url referrer xtor guccounter __twitter_impression spm s_kwcid traffic_source feedname feedtype"
    " campaign trk taid ftag".split()
)
_TRACKING_KINDS = ("utm_", "vero_", "at_custom", "at_link_", "at_bbc_", "ns_", "guce_", "soc_", "wt.")
"""Parameters that say where a reader came from, and never which story it is."""
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Target:
    """A judged address: the scheme, the name in ASCII lower case, the port, and the path with its query."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def judge_url(url: str, rules: HostRules | None = None) -> Target:
    """The parts of an address that may be looked up. Raises FetchRefused for any other."""
    if len(url) > MAX_URL or not url.isprintable() or any(character in url for character in ' \\<>"`{}|^'):
        raise FetchRefused(url, _MALFORMED)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(url, _MALFORMED) from error
    if parts.scheme not in ("http", "https"):
        raise FetchRefused(url, "only http and https are read")
    if "@" in parts.netloc or "%" in parts.netloc or not parts.hostname:
        raise FetchRefused(url, _MALFORMED)
    host = _judged_host(url, parts.hostname, bracketed="[" in parts.netloc)
    port = port if port is not None else (443 if parts.scheme == "https" else 80)
    if port not in PORTS:
        raise FetchRefused(url, "only the usual ports of the web are asked")
    if not (rules or HostRules()).allows(host):
        raise FetchRefused(url, "this server does not read from there")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, port, path)


def cleaned_url(url: str) -> str:
    """An address without its fragment and without parameters that say only where a reader came from."""
    try:
        scheme, host, path, query, _ = urlsplit(url)
    except ValueError:
        return url
    kept = [part for part in query.split("&") if part and not _is_tracking(part.partition("=")[0].casefold())]
    return urlunsplit((scheme, host, path, "&".join(kept), ""))


def _is_tracking(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_KINDS)


def is_public(address: str) -> bool:
    """Whether an IP address, as a name was resolved to it, is one that anybody on the internet may ask."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in _REFUSED_V4)
    if found.scope_id is not None or found not in _PUBLIC_V6 or (int(found) >> 32 & 0xFFFFFFFF) in _ISATAP:
        return False
    return not any(found in network for network in _REFUSED_V6)


def _judged_host(url: str, hostname: str, *, bracketed: bool) -> str:
    """The host in the one spelling that is used from here on."""
    if bracketed:
        if not is_public(hostname):
            raise FetchRefused(url, NOT_PUBLIC)
        return hostname
    try:
        host = ascii_host(hostname)
    except ValueError as error:
        raise FetchRefused(url, _MALFORMED) from error
    labels = host.split(".")
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        if not _is_plain_v4(host) or not is_public(host):
            raise FetchRefused(url, NOT_PUBLIC)
        return host
    if not is_host(host):
        raise FetchRefused(url, _MALFORMED)
    if len(labels) < 2 or any(is_under(host, name) for name in _INNER_NAMES):
        raise FetchRefused(url, NOT_PUBLIC)
    return host


def _is_plain_v4(host: str) -> bool:
    """Whether a host is an IPv4 address in its one plain spelling; 127.1, 0x7f.1 and 2130706433 are not."""
    try:
        return str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False


class Wire(Protocol):
    """An open connection, as much of a socket as fetching uses."""

    def settimeout(self, timeout_s: float) -> None:
        """How long one call may take."""
        ...

    def sendall(self, content: bytes) -> None:
        """Sends everything."""
        ...

    def recv_into(self, buffer: memoryview) -> int:
        """Receives what there is, at most the buffer's size; 0 at the end."""
        ...

    def close(self) -> None:
        """Ends the connection."""
        ...


class Resolver(Protocol):
    """Names to IP addresses."""

    def resolve(self, host: str, port: int, timeout_s: float) -> tuple[str, ...]:
        """Every address of a host. Raises OSError (TimeoutError past the time)."""
        ...


class Connector(Protocol):
    """Opens connections."""

    def connect(self, address: str, port: int, server_name: str | None, timeout_s: float) -> Wire:
        """A connection to this very IP address; under TLS, checked for `server_name`, where one is given."""
        ...


class SystemResolver:
    """The machine's own resolver, not waited for longer than allowed."""

    def resolve(self, host: str, port: int, timeout_s: float) -> tuple[str, ...]:
        """Every address of a host, IPv4 first."""
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


class SystemConnector:
    """Plain sockets, and TLS with the machine's certificates always checked; no proxy is ever asked."""

    def connect(self, address: str, port: int, server_name: str | None, timeout_s: float) -> Wire:
        """A connection to this very IP address."""
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

    def __init__(self, wire: Wire, *, deadline: float, max_bytes: int, clock: Clock) -> None:
        super().__init__()
        self._wire = wire
        self._deadline = deadline
        self._left = max_bytes
        self._clock = clock

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

    def _time_left(self) -> float:
        left = self._deadline - self._clock()
        if left <= 0:
            raise TimeoutError
        return left


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
