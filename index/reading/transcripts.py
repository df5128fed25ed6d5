"""Transcripts as the programs that make them export them (Otter, Rev, Teams, Descript, Zoom), and captions (WebVTT and
SRT), to a line a turn, each with the name of who speaks where it is told.

An exported one has a name and a time above its words or before them. A text is one only where that is certain: its
names come back, and its times never go back. Its turns become "Name (0:12): words", which is how one of them writes
them all.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from string import digits

from index.errors import StoryUnreadable
from index.language.sentences import is_ended

FEWEST = 3
"""Turns of a transcript."""
MOST_NAMES = 0.75
"""Names for each turn: of a schedule, where each line has a time too, none comes back."""
MOST_BEFORE = 12
"""Lines above the first turn: a title, a date, who was there."""
LONGEST = 500
"""Code points up to which pieces of one speaker are one line; captions begin another with the next sentence."""
_TIME = r"\d{1,3}(?::\d\d){1,2}(?:[.,]\d{1,3})?"
_WORD = r"[A-Z][\w.'’&-]{0,30}"
_NAME = rf"{_WORD}(?: (?:(?:of|for|the|and|de|la|van|von|der|al|bin) ){{0,2}}{_WORD}){{0,5}}(?: \d{{1,2}}(?![\d:]))?"
_ROLE = r"(?: \([A-Za-z][^()\n\d]{0,40}\))?"
_MARK = r"(?:\*\*|__)?"
_SHUT = rf"[(\[]({_TIME})[)\]]"
_TIMED = re.compile(rf"{_MARK}{_SHUT}[ \t]{{0,6}}")
_NAMED = re.compile(rf"{_MARK}\[?(?P<name>{_NAME}){_ROLE}")
_BEHIND = re.compile(
    rf"\]?{_MARK}[ \t]{{0,6}}[(\[]?({_TIME})[)\]]?:?{_MARK}$"
    rf"|[ \t]{{1,6}}{_SHUT}:{_MARK}[ \t]{{0,4}}(?=\S)"
    rf"|:{_MARK}[ \t]{{0,6}}{_SHUT}"
)
"""The head of a turn has its time before the name, or behind it in one of these forms."""
_MOMENT = r"\d{1,3}(?::\d{1,2}){1,2}"
_PART = r"(?:[.,:;]\d{1,3})?"
_CUE = re.compile(rf"(?P<time>{_MOMENT}){_PART}[ \t]*(?:-->|[-–])[ \t]*{_MOMENT}{_PART}$")
_TURNED = re.compile(rf"(?P<last>{_WORD}), (?P<first>{_WORD}(?: {_WORD})?){_ROLE}$")
"""A name as a directory of people has it: “Pruitt, Dana”."""
_ADVERTS = ("keywords: ", "speakers: ", "summary keywords: ")
_MADE_BY = ("transcribed by ", "transcript by ", "transcript from ", "transcript provided by ")
MAX_CUES = 50_000
PAUSE_S = 4.0
_OF_TIMES = frozenset(f"{digits}:., \t")
_VOICE = re.compile(r"<v(?:\.[\w.-]*)?[ \t]+([^<>\n]{1,80})>")
_TAG = re.compile(r"<[^<>\n]{0,100}>|\{\\[^{}\n]{0,40}\}")
_LABEL = re.compile(
    r"(?:>>+\s*)?((?:[A-Z][\w.'’-]*)(?:[ ](?:[A-Z][\w.'’-]*|de|la|van|von|bin|al)){0,4}|Speaker \d{1,2})\s?:\s+(?=\S)"
)


@dataclass(slots=True)
class _Turn:
    name: str
    time: str
    lines: list[str] = field(default_factory=list)


def seconds_of(time: str) -> float:
    """The seconds of a time such as 1:02:03.5 or 02:03,500. Raises ValueError where it is none."""
    total = 0.0
    for part in time.strip().replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def turns_told_apart(text: str) -> str:
    """The text with a line for each turn where it is such a transcript; else the text as it is."""
    lines = text.splitlines()
    before, turns = _turns_of(lines)
    if len(before) > MOST_BEFORE or not _are_certain(turns):
        return text
    said = [f"{turn.name} ({turn.time}): {' '.join(turn.lines)}" for turn in _joined(turns) if turn.lines]
    return "\n\n".join((*before, *said)) + "\n"


def _turns_of(lines: Sequence[str]) -> tuple[list[str], list[_Turn]]:
    """What stands above the first turn, and the turns."""
    before: list[str] = []
    turns: list[_Turn] = []
    for turn, words in _read(lines):
        if turn is not None:
            turns.append(turn)
        start = words[:120].casefold()
        advert = start.startswith(_ADVERTS) or (start.startswith(_MADE_BY) and len(words) <= 100)
        if words and not advert:
            (turns[-1].lines if turns else before).append(words)
    return before, turns


def _read(lines: Sequence[str]) -> Iterator[tuple[_Turn | None, str]]:
    """Each line as the head of a turn, if it is one, and its words."""
    cue: str | None = None
    for line in (line.strip() for line in lines):
        alone = _NAMED.fullmatch(_TURNED.sub(r"\g<first> \g<last>", line, count=1)) if cue else None
        timed = _CUE.match(line)
        head = None if timed or alone else _head_of(line)
        if alone is not None and cue is not None:
            yield _Turn(alone["name"], cue), ""
        elif head is not None:
            yield head
        elif timed is None:
            yield None, line
        cue = timed["time"] if timed else None


def _head_of(line: str) -> tuple[_Turn, str] | None:
    """The turn that a line begins, and the words that stand on the line."""
    before = _TIMED.match(line)
    named = _NAMED.match(line, before.end() if before else 0)
    if named is None:
        return None
    rest = line[named.end() :]
    if before is not None:
        words = rest.removeprefix(":").removeprefix("**").removeprefix("__").strip()
        return (_Turn(named["name"], before[1]), words) if rest[:1] in ("", ":") else None
    behind = _BEHIND.match(rest)
    if behind is None:
        return None
    return _Turn(named["name"], next(filter(None, behind.groups()))), rest[behind.end() :].strip()


def _are_certain(turns: Sequence[_Turn]) -> bool:
    spoken = [turn for turn in turns if turn.lines]
    if len(spoken) < FEWEST or len(spoken) * 2 < len(turns):
        return False
    times = [seconds_of(turn.time) for turn in turns]
    return times == sorted(times) and len({turn.name for turn in turns}) <= MOST_NAMES * len(turns)


def _joined(turns: Sequence[_Turn]) -> Iterator[_Turn]:
    """The turns, what one says in several pieces as one while it is no longer than a paragraph."""
    current: _Turn | None = None
    for turn in turns:
        if current and current.name == turn.name and sum(map(len, (*current.lines, *turn.lines))) < LONGEST:
            current.lines += turn.lines
            continue
        if current:
            yield current
        current = _Turn(turn.name, turn.time, list(turn.lines))
    if current:
        yield current


@dataclass(slots=True)
class _Cue:
    """What is said at a time, by whom where that is told; a `turn` is somebody else's than the one before."""

    start_s: float
    end_s: float
    speaker: str | None
    words: str
    turn: bool = False


def captions_text(captions: str, name: str) -> str:
    """The transcript of WebVTT or SRT, a line a turn ("Name: words") or a paragraph.

    Raises StoryUnreadable where there are no cues.
    """
    text = captions.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    lines = list(_spoken(_rolled_up(_cues(text))))
    if not lines:
        raise StoryUnreadable(name, "no captions stand in it")
    return "\n".join(lines)


def _cues(text: str) -> Iterator[_Cue]:
    """The cues in their order, each piece of one that has a voice of its own by itself."""
    count = 0
    for block in re.split(r"\n[ \t]*\n", text):
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
            words = " ".join(html.unescape(_TAG.sub("", line[at : voice.start() if voice else len(line)])).split())
            if words:
                label = _LABEL.match(words)
                turn = words.startswith((">>", "- ", "– "))
                who = label[1] if label else speaker
                bare = (words[label.end() :] if label else words.lstrip(">–- ")) if label or turn else words
                yield _Cue(start, end, who if label or not turn else None, bare, turn or label is not None)
            if voice:
                speaker, at = " ".join(html.unescape(voice[1]).split()), voice.end()


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


def _spoken(cues: Iterable[_Cue]) -> Iterator[str]:
    """The lines of a transcript: what one says in several cues is one line, or a few long ones."""
    line, speaker, end = "", None, 0.0
    for cue in cues:
        other = cue.turn if cue.speaker is None else cue.speaker != speaker
        paused = cue.start_s - end > PAUSE_S and is_ended(line)
        full = len(line) >= LONGEST and is_ended(line)
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
    if not (_OF_TIMES.issuperset(start) and end.strip() and _OF_TIMES.issuperset(end.split()[0])):
        return None
    try:
        return seconds_of(start), seconds_of(end.split()[0])
    except ValueError:
        return None
