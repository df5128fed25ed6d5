"""No test reaches the network: whatever asks to connect to, or to look up, anything but this machine is refused."""

import ipaddress
import os
import sys

import pytest
from hypothesis import settings

_HERE = frozenset({"", "localhost"})


def pytest_configure(config: pytest.Config) -> None:
    """Listens to Python's own reports of connections, for as long as this process lives.

    Where several processes share the tests, each has one core for its models. How long one made-up case takes says more
    of the machine than of what is tested.
    """
    settings.register_profile("on record", deadline=None)
    settings.load_profile("on record")
    sys.addaudithook(_refuse_the_network)
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that where several processes share the tests none is left alone with it."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def _refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a socket that is a file has a path instead
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, str | bytes) and not _is_here(host):
        raise OSError(f"a test asked for {host!r}: tests do not use the network")


def _is_here(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return name in _HERE or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
