"""The lists of a language, in files of the folder of its name; another language is another folder."""

from importlib import resources

LANGUAGE = "en"


def text_of(name: str) -> str:
    """What stands in the file of a list."""
    return (resources.files("index.language") / LANGUAGE / f"{name}.txt").read_text(encoding="utf-8")


def ordered_in(name: str) -> tuple[str, ...]:
    """The words of a list, in its order."""
    return tuple(text_of(name).split())


def words_in(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(ordered_in(name))


def lines_in(name: str) -> frozenset[str]:
    """The lines of a list, each of one word or several."""
    return frozenset(text_of(name).splitlines())


def several_in(name: str) -> dict[str, frozenset[str]]:
    """The lists of a file that has several: the name of each, a colon, and its words up to a blank line."""
    blocks = (block.partition(":") for block in text_of(name).split("\n\n"))
    return {heading: frozenset(words.split()) for heading, _, words in blocks}


def pairs_in(name: str) -> dict[str, str]:
    """What a list has for each of its words: a line has the word, and behind it what it stands for."""
    return dict(line.split(" ", 1) for line in text_of(name).splitlines())
