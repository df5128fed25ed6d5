"""WebVTT and SRT to a transcript: the words of the cues as turns, each with the name of who speaks where it is told."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import digits

from index.errors import StoryUnreadable
from index.language.sentences import is_ended
from index.reading.exported import seconds_of
from index.reading.text import blocks_of, decoded

MAX_CUES = 50_000
PARAGRAPH = 500
"""Code points, after which a turn's next sentence begins a line of its own."""
PAUSE_S = 4.0
_TIME = frozenset(f"{digits}:., \t")
_VOICE = re.compile(r"<v(?:\.[\w.-]*)?[ \t]+([^<>\n]{1,80})>")
_TAG = re.compile(r"<[^<>\n]{0,100}>|\{\\[^{}\n]{0,40}\}")
_LABEL = re.compile(
    r"(?:>>+\s*)?((?:[A-Z][\w.'’-]*)(?:[ ](?:[A-Z][\w.'’-]*|de|la|van|von|bin|al)){0,4}|Speaker \d{1,2})\s?:\s+(?=\S)"
)


@dataclass(slots=True)
class _Cue:
    """What is said at a time, by whom where that is told; a `turn` is somebody else's than the one before."""

    start_s: float
    end_s: float
    speaker: str | None
    words: str
    turn: bool = False


def captions_text(raw: bytes, name: str) -> str:
    """The transcript, a line a turn ("Name: words") or a paragraph. Raises StoryUnreadable where there are no cues."""
    text = decoded(raw).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    lines = list(_turns(_rolled_up(_cues(text))))
    if not lines:
        raise StoryUnreadable(name, "no captions stand in it")
    return "\n".join(lines)


def _cues(text: str) -> Iterator[_Cue]:
    """The cues in their order, each piece of one that has a voice of its own by itself."""
    count = 0
    for block in blocks_of(text):
        lines = block.strip("\n").split("\n")
        at = next((at for at, line in enumerate(lines[:3]) if "-->" in line), None)
        times = _times(lines[at]) if at is not None else None
        if at is None or times is None:
            continue
        count += 1
        if count > MAX_CUES:
            return
        yield from _voices(lines[at + 1 :], *times)


def _voices(lines: Iterable[str], start: float, end: float) -> Iterator[_Cue]:
    speaker: str | None = None
    for line in lines:
        at = 0
        for voice in [*_VOICE.finditer(line), None]:
            words = _plain(line[at : voice.start() if voice else len(line)])
            if words:
                label = _LABEL.match(words)
                turn = words.startswith((">>", "- ", "– "))
                who = label[1] if label else speaker
                bare = (words[label.end() :] if label else words.lstrip(">–- ")) if label or turn else words
                yield _Cue(start, end, who if label or not turn else None, bare, turn or label is not None)
            if voice:
                speaker, at = " ".join(html.unescape(voice[1]).split()), voice.end()


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _rolled_up(cues: Iterable[_Cue]) -> Iterator[_Cue]:
    """The cues without lines that scroll up and so are shown more than once."""
    before: list[str] = []
    at = -1.0
    shown: list[str] = []
    for cue in cues:
        if cue.start_s != at:
            before, shown, at = shown, [], cue.start_s
        shown.append(cue.words)
        if cue.words not in before:
            yield cue


def _turns(cues: Iterable[_Cue]) -> Iterator[str]:
    """The lines of a transcript: what one says in several cues is one line, or a few long ones."""
    line, speaker, end = "", None, 0.0
    for cue in cues:
        other = cue.turn if cue.speaker is None else cue.speaker != speaker
        paused = cue.start_s - end > PAUSE_S and is_ended(line)
        full = len(line) >= PARAGRAPH and is_ended(line)
        if line and (other or paused or full):
            yield line
            line = ""
        if not line and other:
            line = f"{cue.speaker}: " if cue.speaker else ">> " * cue.turn
        line = f"{line}{cue.words}" if not line or line.endswith((": ", ">> ")) else f"{line} {cue.words}"
        speaker, end = cue.speaker, cue.end_s
    if line:
        yield line


def _times(line: str) -> tuple[float, float] | None:
    """When a cue begins and ends, in seconds; None where its line does not say."""
    start, _, end = line.partition("-->")
    if not (_TIME.issuperset(start) and end.strip() and _TIME.issuperset(end.split()[0])):
        return None
    try:
        return seconds_of(start), seconds_of(end.split()[0])
    except ValueError:
        return None
