"""Which hosts of the web a library reads from: its owner's own lists, as they are written, kept and applied.

    written = read_hosts("bbc.co.uk, https://www.apnews.com/hub/politics *.gov")
    written.hosts         # ("bbc.co.uk", "apnews.com", "gov"): each stands for its subdomains too
    written.unreadable    # what is no host, as it was written, to be said back
    set_host_rules(library, HostRules(allowed=written.hosts))
    WebFetcher(rules=host_rules(library))       # FetchRefused for every other host, at every hop

A host that is denied is never read, whatever is allowed; where nothing is allowed by name, everything else is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from index.story import Json

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
        if any(is_under(host, name) for name in self.denied):
            return False
        return not self.allowed or any(is_under(host, name) for name in self.allowed)


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


def ascii_host(host: str) -> str:
    """A host in the one spelling that is compared: ASCII, lower case, no dot at its end. Raises ValueError."""
    plain = host if host.isascii() else host.encode("idna").decode("ascii")
    return plain.rstrip(".").lower()


def is_host(name: str) -> bool:
    """Whether a name in ASCII lower case has only the labels that a host may have."""
    return 0 < len(name) <= LONGEST_HOST and all(map(_is_label, name.split(".")))


def _is_label(name: str) -> bool:
    return 0 < len(name) <= 63 and _LABEL.issuperset(name) and not name.startswith("-") and not name.endswith("-")


def is_under(host: str, name: str) -> bool:
    """Whether a host is this one or a subdomain of it."""
    return host == name or host.endswith("." + name)


def _host_in(word: str) -> str | None:
    """The host that a word names; None where it names none."""
    try:
        host = ascii_host(urlsplit(word if "://" in word else f"//{word}").hostname or "")
    except ValueError:
        return None
    stands_for_all = host.startswith(("*.", "."))
    host = host.removeprefix("*").removeprefix(".").removeprefix("www.")
    return host if is_host(host) and ("." in host or stands_for_all) else None


def _names(value: Json) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
