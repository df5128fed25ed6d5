"""Characters that no store takes: halves of one (lone surrogates), which JSON and command lines can bring."""

HALF_A_CHARACTER = "it has half a character (a lone surrogate)"


def is_storable(words: str) -> bool:
    """Whether there are only whole characters in it."""
    return storable(words) == words


def storable(words: str) -> str:
    """The words with a question mark in place of each half of a character."""
    return words.encode("utf-8", "replace").decode("utf-8")
