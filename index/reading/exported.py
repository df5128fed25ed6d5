"""Transcripts as the programs that make them export them (Otter, Rev, Teams, Descript, Zoom): a line a turn.

Each has a name and a time above its words or before them. A text is one only where that is certain: its names come
back, and its times never go back. Its turns become "Name (0:12): words", which is how one of them writes them all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FEWEST = 3
"""Turns of a transcript."""
MOST_NAMES = 0.75
"""Names for each turn: of a schedule, where each line has a time too, none comes back."""
MOST_BEFORE = 12
"""Lines above the first turn: a title, a date, who was there."""
LONGEST = 500
"""Code points up to which pieces of one speaker are one line, as those of captions are."""
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


@dataclass(slots=True)
class _Turn:
    name: str
    time: str
    lines: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """How long after the beginning it was said."""
        return seconds_of(self.time)


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
    times = [turn.seconds for turn in turns]
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
