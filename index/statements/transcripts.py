"""Transcripts and interviews: paragraphs that open with a speaker's label, "NAME: …" or "Q: …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.reading.header import fields_end
from index.statements.findings import Finding
from index.story import Span

_LABEL = re.compile(
    r"[\"“]?(?P<name>[A-Z][A-Z.'’-]+(?:[ \u00a0](?:[A-Z][A-Z.'’-]*|\([^)\n]{1,40}\))){0,4}"
    r"|[A-Z][\w.'’-]+(?:[ \u00a0][A-Z][\w.'’-]*){0,3}|[QA])\s?(?P<cue>:)\s+(?=\S)"
)
_NO_SPEAKER = re.compile(
    r"(?:NOTE|UPDATE|UPDATED|WATCH|READ|READ MORE|RELATED|CORRECTION|SOURCE|PHOTO|"
    r"VIDEO|EDITOR'?S NOTE|BREAKING|LIVE|DATE|"
    r"TIME|"
    r"WHERE|WHEN|WHAT|WHO|WHY|HOW|FACT|FACTS|FICTION|MYTH|ABSTRACT|TRANSCRIPT|CLAIM|VERDICT|PHONE|EMAIL|CONTACT|LOCATION|"
    r"TOPLINE|POLL|[A-Z]+DAY)$",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?![\W_]*[(\[][ .,]*[A-Za-z][A-Za-z .,]*[)\]][\W_]*$)[^\n]*\w"
)  # no stage direction: "(CROSSTALK.)"
_LONGEST_TURN = 6  # paragraphs that one turn may go on for without a new label


def find_turns(text: str, paragraphs: Sequence[Span]) -> Iterator[Finding]:
    """A finding for each paragraph of each turn. Labels count only where the story has at least two, one of them twice,
    or two beside each other.
    """
    told_from = fields_end(text)  # "Author: …" above a story is nobody's turn
    labels = {at: label for at, p in enumerate(paragraphs) if p.start >= told_from and (label := _label_of(text, p))}
    if 0 in labels and not _opens_dialogue(labels):
        del labels[0]  # a headline: "Lee: The dam will hold"
    if not _is_transcript(labels):
        return
    last = max(labels)
    current: tuple[Span, Span, int] | None = None
    for at, paragraph in enumerate(paragraphs[: last + 1]):
        label = labels.get(at)
        if label is not None:
            mention = Span(*label.span("name"))
            current = mention, Span(*label.span("cue")), at
            start = label.end()
        elif current is None or at - current[2] > _LONGEST_TURN:
            continue
        else:
            start = paragraph.start
        if _SPOKEN.match(text, start, paragraph.end):
            yield Finding(Span(start, paragraph.end), "transcript", current[0], current[1], sure=0.9)


def _opens_dialogue(labels: dict[int, re.Match[str]]) -> bool:
    """Whether the first paragraph is a turn: the second is one, and two more follow somewhere."""
    return 1 in labels and len(labels) >= 3


def _label_of(text: str, paragraph: Span) -> re.Match[str] | None:
    found = _LABEL.match(text, paragraph.start, paragraph.end)
    return None if found is None or _NO_SPEAKER.match(found.group("name")) else found


def _is_transcript(labels: dict[int, re.Match[str]]) -> bool:
    names = Counter(label.group("name") for label in labels.values())
    beside = any(at + 1 in labels for at in labels)
    return (len(labels) >= 3 and (beside or max(names.values()) >= 2)) or (len(labels) == 2 and beside)
