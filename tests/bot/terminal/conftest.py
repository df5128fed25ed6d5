"""A library of the seed story, and the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.__main__ import main
from tests.seed import seed_library_in


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with a library that holds the seed story. No test changes it."""
    return str(seed_library_in(tmp_path_factory, "terminal"))


@pytest.fixture
def onrecord(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs one command: its exit code, and what it printed to standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def lines_of(printed: str) -> list[dict[str, Any]]:
    """Each line of JSON that was printed."""
    return [json.loads(line) for line in printed.splitlines()]
