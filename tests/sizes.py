"""How many of what chance makes are tried: a part in each run, and all of it where ONRECORD_TEST_WHOLE is set."""

import os


def tried(whole: int, part: int) -> int:
    """The part, or the whole where that is asked for."""
    return whole if os.environ.get("ONRECORD_TEST_WHOLE") else part
