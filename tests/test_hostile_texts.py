"""No text is slow to read because it was made to be: the work goes with the length, whatever is in it."""

import subprocess
import sys
from pathlib import Path

ENOUGH_S = 900
"""Only so that what never ends is told apart: all of it takes about half a minute."""


def test_no_text_takes_longer_to_read_than_its_length_is_worth() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "tests.hostile_texts"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=ENOUGH_S,
        check=False,
    )
    assert (found.stdout, found.returncode) == ("", 0), found.stderr
