"""Characters that no store takes: halves of one (lone surrogates), which JSON and command lines can bring."""

import re

HALF_A_CHARACTER = "it has half a character (a lone surrogate)"
_SURROGATE = re.compile("[\ud800-\udfff]")


def is_storable(words: str) -> bool:
    """Whether there are only whole characters in it."""
    return _SURROGATE.search(words) is None


def storable(words: str) -> str:
    """The words with a question mark in place of each half of a character."""
    return _SURROGATE.sub("?", words)
