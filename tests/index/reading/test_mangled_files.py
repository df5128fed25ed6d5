"""Files that chance has mangled are read or refused in a sentence, and nothing else comes of them."""

import pytest

from tests.index.reading.mangled_files import READERS, outcome_of


@pytest.mark.parametrize("kind", READERS)
def test_a_mangled_file_is_read_or_refused(kind: str) -> None:
    outcome = outcome_of(kind, 25)
    assert outcome.errors == []
    assert outcome.counts.total() == 25
