"""Mangled pages and texts: whatever comes in, there is a story or one kind error.

How long the slowest takes is printed by `python -m tests.index.reading.mangled`.
"""

from pathlib import Path

import pytest

from tests.index.reading.mangled import MONSTERS, monstrous, readings
from tests.sizes import tried

COUNT = tried(10_000, 750)


def test_mangled_pages_and_texts_are_read_or_refused() -> None:
    refused = sum(not reading.stories for reading in readings(COUNT))
    assert COUNT / 100 < refused < COUNT / 2


@pytest.mark.parametrize("what", MONSTERS)
def test_a_monstrous_file_is_read_or_refused(tmp_path: Path, what: str) -> None:
    assert len(monstrous(what, tmp_path).stories) <= 1
