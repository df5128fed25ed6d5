"""Scores attributed stories against hand labels: spans, speakers, and how the words were said."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.story import Attributed, Statement, Story

HERE = Path(__file__).parent
STORIES = HERE / "stories.jsonl"
FORMS = HERE / "forms.jsonl"  # one or more stories of each form that people meet, labelled before they were read
MORE_FORMS = HERE / "more_forms.jsonl"  # written and labelled by people who never saw the program, then mended for
UNSEEN_FORMS = HERE / "unseen_forms.jsonl"  # by the same people; nobody who mends reads them, they are only measured
SEED_LABELS = HERE.parent / "seed_statements.json"
SEED_SOURCE = "KUSI"
LEAST_OVERLAP = 0.5  # of two spans' common to joint length, for them to count as one: as the corpus's own scorer has it
_TRIMMED = " \t\r\n\u00a0\"'“”‘’`«».,;:!?-–—―…"
_BESIDE_NAMES = frozenset(  # articles, courtesies, ranks and post-nominals: the same name with them or without
    """the a an mr mrs ms dr sir lady dame lord kc qc sgt det insp supt pc const capt lt col maj cpl gen fr rev cllr hon
    prof""".split()
)
_INITIALS = re.compile(r" \([A-Z&]+\)$")  # behind a body's name, which the labels leave out


@dataclass(frozen=True, slots=True)
class Labelled:
    """One story with what a person found in it: rows with start, end, kind, speaker, stance and relay."""

    story: Story
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1. `joint` is the F1 of statements whose span and speaker are right; from `speaker` on, shares
    of the matched ones.
    """

    precision: float
    recall: float
    joint: float
    speaker: float
    kind: float
    stance: float
    relay: float


def load_labelled() -> tuple[Labelled, ...]:
    """The labelled stories that the project ships, the seed story first."""
    return (_seed(), *_read(STORIES))


def load_forms(path: Path = FORMS) -> tuple[Labelled, ...]:
    """The labelled stories of many forms; they have floors of their own, being harder."""
    return tuple(_read(path))


def _read(path: Path) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(Story(row["id"], row["text"], source=row.get("source")), tuple(row["statements"]))


def _seed() -> Labelled:
    labels = json.loads(SEED_LABELS.read_text(encoding="utf-8"))
    text = (HERE.parents[1] / labels["story"]).read_bytes().decode("utf-8")
    rows = tuple(row | {"stance": row["cue"]["stance"]} for row in labels["statements"])
    return Labelled(Story("seed", text, source=SEED_SOURCE), rows)


def digest_of_labels() -> str:
    """The sha256 of everything the floors are measured on; a floor stands for these labels and no others."""
    whole = hashlib.sha256()
    for path in (SEED_LABELS, STORIES, FORMS, MORE_FORMS, UNSEEN_FORMS):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def score(labelled: Sequence[Labelled], attributed: Sequence[Attributed]) -> Figures:
    """The figures over all stories together. Each label matches one statement at the most, the best overlap first."""
    wanted = returned = matched = joint = 0
    right = {"speaker": 0, "kind": 0, "stance": 0, "relay": 0}
    for one, found in zip(labelled, attributed, strict=True):
        names = {speaker.id: speaker.name for speaker in found.speakers}
        pairs = _matches(one, found.statements)
        wanted, returned, matched = wanted + len(one.rows), returned + len(found.statements), matched + len(pairs)
        for row, statement in pairs:
            same = _same_name(names.get(statement.speaker or ""), row)
            joint += same
            right["speaker"] += same
            right["kind"] += statement.kind == row["kind"]
            right["stance"] += (statement.cue.stance if statement.cue else "says") == row["stance"]
            right["relay"] += [_bare(name) for name in statement.relay] == [_bare(name) for name in row["relay"]]
    shares = {key: value / max(1, matched) for key, value in right.items()}
    return Figures(
        matched / max(1, returned), matched / max(1, wanted), 2 * joint / max(1, wanted + returned), **shares
    )


def _matches(one: Labelled, statements: Sequence[Statement]) -> list[tuple[dict[str, Any], Statement]]:
    text = one.story.text
    pairs = [
        (_overlap(_trimmed(text, row["start"], row["end"]), _trimmed(text, s.span.start, s.span.end)),
         row["speaker"] == s.speaker, i, j)
        for i, row in enumerate(one.rows) for j, s in enumerate(statements)
    ]  # fmt: skip
    taken_rows: set[int] = set()
    taken: set[int] = set()
    found = []
    for overlap, _, i, j in sorted(pairs, reverse=True):
        if overlap >= LEAST_OVERLAP and i not in taken_rows and j not in taken:
            taken_rows.add(i)
            taken.add(j)
            found.append((one.rows[i], statements[j]))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIMMED:
        start += 1
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return max(0, shared) / max(1, max(first[1], second[1]) - min(first[0], second[0]))


def _bare(name: str) -> str:
    name = _INITIALS.sub("", name)
    return " ".join(word for word in name.casefold().replace(".", "").split() if word not in _BESIDE_NAMES)


def _same_name(name: str | None, row: dict[str, Any]) -> bool:
    return name is not None and _bare(name) == _bare(row["speaker"])
