"""The two places where fetching touches the network: names to addresses, and one connection to a judged address."""

import io
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Protocol

Clock = Callable[[], float]


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
