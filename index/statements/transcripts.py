"""Transcripts and interviews: paragraphs that open with a speaker's label, "NAME: …" or "Q: …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from index.reading.header import fields_end
from index.statements.findings import Finding
from index.story import Span

_CAPITALS = r"[A-Z][A-Z.'’-]+(?:[ \u00a0](?:[A-Z][A-Z.'’-]*|\([^)\n]{1,40}\))){0,4}"
_LABEL = re.compile(
    rf"[\"“]?(?P<name>{_CAPITALS}(?=\s?:|, [A-Z][A-Z ]+)|[A-Z][\w.'’-]+(?:[ \u00a0][A-Z][\w.'’-]*){{0,3}}|[QA])"
    r"(?:, [A-Z][A-Z.,'’& -]{1,60})?\s?(?P<cue>:)(?:\s+(?=\S)|$)"
)
_KINDS = (
    "EXCLUSIVE|ANALYSIS|COMMENT|COMMENTARY|REVIEW|OPINION|EDITORIAL|EXPLAINER|FEATURE|INTERVIEW|PROFILE|OBITUARY|"
    "REVEALED|WATCH|READ|UPDATE|UPDATED|BREAKING|LIVE"
)
KIND_OF_ARTICLE = re.compile(rf"(?:{_KINDS})$")
NO_SPEAKER = re.compile(
    rf"(?:{_KINDS}|NOTE|READ MORE|RELATED|CORRECTION|SOURCE|PHOTO|VIDEO|EDITOR'?S NOTE|DATE|TIME|WHERE|WHEN|WHAT|WHO|"
    r"WHY|HOW|FACT|FACTS|FICTION|MYTH|ABSTRACT|TRANSCRIPT|CLAIM|VERDICT|PHONE|EMAIL|CONTACT|LOCATION|TOPLINE|POLL|[A-Z]+DAY)$",
    re.IGNORECASE,
)
_ENDS_TURN = re.compile(  # a label that is not read, and a clip that is played
    r"[A-Z][A-Z.'’-]+(?:[ ,&/-]{1,3}(?:[A-Z][A-Z.'’-]*|\([^)\n]{1,40}\)))*:\s|\((?:BEGIN|END) (?:VIDEO|AUDIO)"
)
_SPOKEN = re.compile(
    r"(?![\W_]*[(\[][ .,]*[A-Za-z][A-Za-z .,]*[)\]][\W_]*$)[^\n]*\w"
)  # no stage direction: "(CROSSTALK.)"
_LONGEST_INITIALS = 3  # code points
_LONGEST_TURN = 6  # paragraphs that one turn may go on for without a new label


def find_turns(
    text: str, paragraphs: Sequence[Span], is_prose: Callable[[Span], bool] = lambda _: False
) -> Iterator[Finding]:
    """A finding for each paragraph of each turn. Labels count only where the story has at least two, one of them twice,
    or two beside each other. `is_prose` says of a paragraph without a label whether the reporter tells it, which ends
    an answer of an interview.
    """
    told_from = fields_end(text)  # "Author: …" above a story is nobody's turn
    labels = {at: label for at, p in enumerate(paragraphs) if p.start >= told_from and (label := _label_of(text, p))}
    if 0 in labels and not _opens_dialogue(labels) and labels[0].end() < paragraphs[0].end:
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
        elif _ENDS_TURN.match(text, paragraph.start, paragraph.end) or (_is_short(current[0]) and is_prose(paragraph)):
            current = None
            continue
        else:
            start = paragraph.start
        if _SPOKEN.match(text, start, paragraph.end):
            yield Finding(Span(start, paragraph.end), "transcript", current[0], current[1], sure=0.9)


def _is_short(name: Span) -> bool:
    """Whether a label is a letter or two, as interviews print them, where prose may come between the answers."""
    return len(name) <= _LONGEST_INITIALS


def _opens_dialogue(labels: dict[int, re.Match[str]]) -> bool:
    """Whether the first paragraph is a turn: the second is one, and two more follow somewhere."""
    return 1 in labels and len(labels) >= 3


def _label_of(text: str, paragraph: Span) -> re.Match[str] | None:
    found = _LABEL.match(text, paragraph.start, paragraph.end)
    if found is None or NO_SPEAKER.match(found.group("name")):
        return None
    return found if found.end() < paragraph.end or found.group("name").isupper() else None


def _is_transcript(labels: dict[int, re.Match[str]]) -> bool:
    names = Counter(label.group("name") for label in labels.values())
    beside = any(at + 1 in labels for at in labels)
    return (len(labels) >= 3 and (beside or max(names.values()) >= 2)) or (len(labels) == 2 and beside)
