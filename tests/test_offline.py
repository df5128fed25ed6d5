"""The guard that keeps every test off the network works."""

import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_connecting_to_another_machine_is_refused(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as endpoint, pytest.raises(OSError, match="tests do not use the network"):
        endpoint.connect((host, 80))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(OSError, match="tests do not use the network"):
        socket.getaddrinfo("example.com", 80)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
