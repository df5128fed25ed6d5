"""How a quotation as given differs from the story's words, word by word, as Discord markdown."""

import re
from difflib import SequenceMatcher

from bot.rendering.discord_escaping import escaped, fitted

GIVEN_MAX = 300
"""Code points of a quotation that are compared for show; of a longer one the start is."""
_WORD = re.compile(r"\S+")
_EDGES = "“”„«»\"‘’'.,;:!?… "
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_CORE = re.compile(r"\w+(?:['’]\w+)*")


def difference(given: str, stored: str) -> str | None:
    """The quotation with its wrong words struck out and the story's in bold; None where hardly a word is the same."""
    ours = _WORD.findall(fitted(given, GIVEN_MAX))
    theirs = _WORD.findall(stored)
    matcher = SequenceMatcher(None, [_core(word) for word in ours], [_core(word) for word in theirs], autojunk=False)
    same = [block for block in matcher.get_matching_blocks() if block.size]
    if not same or 2 * sum(block.size for block in same) < len(ours):
        return None
    shown: list[str] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        instead = theirs[first:last]
        if start == 0:
            instead = instead[len(instead) - min(end - start, len(instead)) :]
        elif end == len(ours):
            instead = instead[: end - start]
        shown += _shown(kind, ours[start:end], instead)
    return " ".join(shown)


def quotation_given(question: str) -> str | None:
    """The quotation that a question asks about: what it has in quotation marks, or all where it is no question."""
    quoted = _QUOTED.search(question)
    if quoted:
        return quoted.group(1)
    return None if question.rstrip().endswith("?") else question


def _core(word: str) -> str:
    return "".join(_CORE.findall(word.casefold().replace("’", "'"))) or word


def _shown(kind: str, given: list[str], stored: list[str]) -> list[str]:
    if kind == "equal":
        return [escaped(" ".join(given))]
    struck = [f"~~{escaped(' '.join(given))}~~"] if given else []
    instead = " ".join(stored).strip(_EDGES)
    return struck + ([f"**{escaped(instead)}**"] if instead else [])
