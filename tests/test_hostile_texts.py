"""No text is slow to read because it was made to be: the work goes with the length, whatever is in it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
ENOUGH_S = 900
"""Only so that what never ends is told apart: all of it takes a minute or two."""


def test_four_times_the_input_takes_little_more_than_four_times_as_long_whatever_is_done_with_it() -> None:
    assert _printed_by("tests.hostile_growth") == ""


def test_no_text_takes_longer_to_read_than_its_length_is_worth() -> None:
    assert _printed_by("tests.hostile_texts") == ""


def _printed_by(module: str) -> str:
    found = subprocess.run(
        [sys.executable, "-m", module],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=ENOUGH_S,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout
