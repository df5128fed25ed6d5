"""How a check came out, in words that every face shares: the verdict first, then what differs, then who and where.

Pure functions. What they return is bare text; each face escapes and colours it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.answers import Abstention, Answer, Comparison, Result, Verdict
from bot.rendering.wording import counted, listed, without_marks

Shade = Literal["right", "nearly", "wrong", "nothing"]
"""How good a verdict is: the colours of all faces follow it."""
Mark = Literal["same", "theirs", "story's"]

SHADES: dict[Verdict, Shade] = {
    "exact": "right", "yes": "right", "trimmed": "nearly", "reporter": "nearly", "changed": "wrong",
    "other-speaker": "wrong", "denied": "wrong", "no": "wrong",
}  # fmt: skip
_HEADLINES: dict[Verdict | None, str] = {
    "exact": "✓ Exact", "trimmed": "≈ Trimmed", "other-speaker": "✗ Somebody else’s words", "denied": "✗ Denied",
    "reporter": "– The reporter’s words",
}  # fmt: skip
_EDGES = "“”„«»\"‘’'.,;:!?… "
LEFT_OUT_MAX = 120
"""Code points of what an ellipsis left out that are shown."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a comparison, and whose they are where the two differ."""

    words: str
    mark: Mark


def headline(result: Result) -> str:
    """The verdict in a few words: "✓ Exact", "✗ Altered: 2 words", "✗ Somebody else’s words"."""
    if isinstance(result, Abstention):
        return "– Too few words" if result.slight else "✗ Found nowhere"
    return _altered(result.compared) if result.verdict == "changed" else _HEADLINES.get(result.verdict, "")


def explanation(result: Answer) -> str | None:
    """What the verdict means here, as a sentence, or None where it needs none."""
    open_speaker = bool(result.statements) and result.statements[0].speaker is None
    match result.verdict:
        case "exact" | "trimmed" if not result.statements:
            return "They stand in quotation marks, and the story does not say whose they are."
        case "exact" | "trimmed" if open_speaker:
            return "The story leaves open who said them."
        case "trimmed":
            return "The story has these words, but more was said than was quoted."
        case "changed" if result.compared and result.compared.turned:
            return "What is left out turns the sense round."
        case "other-speaker":
            whose = without_marks(result.compared.whose or "") if result.compared else ""
            name = listed([speaker.name for speaker in result.speakers])
            return f"These words are {name}’s{f', not {whose}’s' if whose else ''}." if name else None
        case "denied":
            return "The story tells it as something that they denied, or did not say."
        case "reporter" if result.statements:
            return "These are the reporter’s words for what they said, not a quotation."
        case "reporter":
            return "These words stand in the story, but nobody is quoted with them."
    return None


def _altered(compared: Comparison | None) -> str:
    """What was altered: a “not” by name, since it turns the sense round; else how many words."""
    if compared is None or not (compared.turned or compared.changed):
        return "✗ Altered"
    many = counted(compared.changed, "word")
    denial = f"“{compared.left_out}” is left out" if compared.left_out else ""
    denial = f"“{compared.put_in}” is put in" if compared.put_in else denial
    if compared.turned:
        return f"✗ Altered: {denial or '“not” is left out'}"
    if not denial:
        return f"✗ Altered: {many}{_only(compared)}"
    return f"✗ Altered: {denial}{f', {many} in all' if compared.changed > 1 else ''}"


def _only(compared: Comparison) -> str:
    """That words were left out, or put in, where nothing else was done to them."""
    apart = [step for step in compared.steps if not step.same]
    if all(step.given is None for step in apart):
        return " left out"
    return " put in" if all(step.stored is None for step in apart) else ""


def parts(compared: Comparison, text: str) -> Iterator[Part]:
    """The quotation as given, with the story's words where it differs, in the order in which they are read.

    `text` is the story's.
    """
    for step in compared.steps:
        given = step.given.of(compared.given).strip() if step.given else ""
        stored = _shortened(step.stored.of(text)) if step.stored else ""
        if step.same:
            yield Part(" ".join(given.split()), "same")
            continue
        if given:
            yield Part(" ".join(given.split()), "theirs")
        if stored.strip(_EDGES):
            yield Part(stored.strip(_EDGES), "story's")


def bracketed(differing: Iterable[Part]) -> str:
    """A comparison as plain text: {theirs → the story's}, {left out by them}, {put in by them → }."""
    shown: list[str] = []
    theirs: str | None = None
    for part in (*differing, Part("", "same")):
        if part.mark == "theirs":
            theirs = part.words
            continue
        if part.mark == "story's" or theirs is not None:
            ours = part.words if part.mark == "story's" else "nothing"
            shown.append(f"{{{theirs} → {ours}}}" if theirs else f"{{+ {ours}}}")
            theirs = None
        if part.mark == "same" and part.words:
            shown.append(part.words)
    return "As given {→ as it stands}: " + " ".join(without_marks(words) for words in shown)


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    if len(words) <= LEFT_OUT_MAX:
        return words
    half = LEFT_OUT_MAX // 2
    return f"{words[:half].rsplit(' ', 1)[0]} {ELLIPSIS} {words[-half:].split(' ', 1)[-1]}"
