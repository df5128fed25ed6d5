"""Which addresses of the web may be asked: judged by what is connected to, never by how it is spelled; and from which
hosts a library reads: its owner's own lists, as they are written, kept and applied.

    written = read_hosts("bbc.co.uk, https://www.apnews.com/hub/politics *.gov")
    written.hosts         # ("bbc.co.uk", "apnews.com", "gov"): each stands for its subdomains too
    written.unreadable    # what is no host, as it was written, to be said back
    set_host_rules(library, HostRules(allowed=written.hosts))
    WebFetcher(rules=host_rules(library))       # FetchRefused for every other host, at every hop

A host that is denied is never read, whatever is allowed; where nothing is allowed by name, everything else is.

The special ranges are those of IANA's registries for IPv4 and IPv6 (RFC 6890 and after), plus the addresses at which
clouds answer their own machines.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from index.errors import FetchRefused
from index.story import Json

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
LONGEST_HOST = 253
_LABEL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
_ALLOWED, _DENIED = "hosts allowed", "hosts denied"


class Keeping(Protocol):
    """As much of a library as keeps what was set for it."""

    def settings(self) -> Mapping[str, Json]: ...  # noqa: D102 - as the library's own
    def set_setting(self, name: str, value: Json) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class HostRules:
    """An owner's own lists of hosts, each standing for its subdomains too. An empty `allowed` allows all."""

    allowed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()

    def allows(self, host: str) -> bool:
        """Whether the lists let this host (in ASCII lower case) pass."""
        if any(_is_under(host, name) for name in self.denied):
            return False
        return not self.allowed or any(_is_under(host, name) for name in self.allowed)


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
        host = _ascii_host(hostname)
    except ValueError as error:
        raise FetchRefused(url, _MALFORMED) from error
    labels = host.split(".")
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        if not _is_plain_v4(host) or not is_public(host):
            raise FetchRefused(url, NOT_PUBLIC)
        return host
    if not _is_host(host):
        raise FetchRefused(url, _MALFORMED)
    if len(labels) < 2 or any(_is_under(host, name) for name in _INNER_NAMES):
        raise FetchRefused(url, NOT_PUBLIC)
    return host


def _is_plain_v4(host: str) -> bool:
    """Whether a host is an IPv4 address in its one plain spelling; 127.1, 0x7f.1 and 2130706433 are not."""
    try:
        return str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class WrittenHosts:
    """What somebody wrote as a list of hosts: those that it names, each once, and the words that name none."""

    hosts: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def read_hosts(written: str) -> WrittenHosts:
    """The hosts in a text, parted by commas or spaces; a whole address stands for its site, `*.gov` for all of gov."""
    words = written.replace(",", " ").replace(";", " ").split()
    found = {word: _host_in(word) for word in words}
    hosts = dict.fromkeys(host for host in found.values() if host)
    return WrittenHosts(tuple(hosts), tuple(word for word, host in found.items() if not host))


def host_rules(library: Keeping) -> HostRules:
    """The library's own lists of hosts, for every address that is read into it."""
    settings = library.settings()
    return HostRules(_names(settings.get(_ALLOWED)), _names(settings.get(_DENIED)))


def set_host_rules(library: Keeping, rules: HostRules) -> None:
    """Keeps the library's own lists of hosts. Raises LibraryBusy, LibraryUnwritable."""
    library.set_setting(_ALLOWED, list(rules.allowed) or None)
    library.set_setting(_DENIED, list(rules.denied) or None)


def _ascii_host(host: str) -> str:
    """A host in the one spelling that is compared: ASCII, lower case, no dot at its end. Raises ValueError."""
    plain = host if host.isascii() else host.encode("idna").decode("ascii")
    return plain.rstrip(".").lower()


def _is_host(name: str) -> bool:
    """Whether a name in ASCII lower case has only the labels that a host may have."""
    return 0 < len(name) <= LONGEST_HOST and all(map(_is_label, name.split(".")))


def _is_label(name: str) -> bool:
    return 0 < len(name) <= 63 and _LABEL.issuperset(name) and not name.startswith("-") and not name.endswith("-")


def _is_under(host: str, name: str) -> bool:
    """Whether a host is this one or a subdomain of it."""
    return host == name or host.endswith("." + name)


def _host_in(word: str) -> str | None:
    """The host that a word names; None where it names none."""
    try:
        host = _ascii_host(urlsplit(word if "://" in word else f"//{word}").hostname or "")
    except ValueError:
        return None
    stands_for_all = host.startswith(("*.", "."))
    host = host.removeprefix("*").removeprefix(".").removeprefix("www.")
    return host if _is_host(host) and ("." in host or stands_for_all) else None


def _names(value: Json) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
