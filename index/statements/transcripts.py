"""Transcripts and interviews: paragraphs that open with a speaker's label, and whether a story is one at all.

Labelled lines are as often a list ("Power: …", "Serves: 4", a line-up): they are turns only where most labels name
somebody and the words are talk, or where the labels are of a kind that only transcripts have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from index.reading.header import fields_end
from index.statements.findings import Finding
from index.statements.labels import Label, Shape, is_no_speaker, read_label
from index.story import Span

_ENDS_TURN = re.compile(  # a label that is not read, and a clip that is played
    r"[A-Z][A-Z.'’-]+(?:[ ,&/-]{1,3}(?:[A-Z][A-Z.'’-]*|\([^)\n]{1,40}\)))*:\s|\((?:BEGIN|END) (?:VIDEO|AUDIO)"
)
_SPOKEN = re.compile(
    r"(?![\W_]*[(\[][ .,]*[A-Za-z][A-Za-z .,]*[)\]][\W_]*$)[^\n]*\w"
)  # no stage direction: "(CROSSTALK.)"
_MACHINE = re.compile(  # the numbers and times of subtitle files
    r"(?:\d{1,5}|WEBVTT\b[^\n]*|NOTE\b[^\n]*|[\d:.,;]{5,14} ?(?:-->|[-–]) ?[\d:.,;]{5,14}[^\n]*"
    r"|[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?)$"
)
_VOICE_END = "</v>"
_TALK = re.compile(
    r"\b(?:I|[Ww]e|us|[Mm]e|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our|[Tt]hanks?|[Ll]et[’']s|[Oo]kay|[Ww]elcome|[Pp]lease|[Ss]ir|[Mm]adam)\b"
    r"|\b(?:[Yy]es|[Nn]o|[Ww]ell|[Oo]rder|[Nn]ever|[Tt]wice|[Oo]nce)[,.!]|\?[\"”’]?\s*$"
)
_QUOTED = ('"', "“", "‘", "'", "«")
_LONGEST_INITIALS = 3  # code points
_LONGEST_TURN = 6  # paragraphs that one turn may go on for without a new label
LEAST_NAMED, LEAST_TALK = 0.5, 0.25  # shares of the turns, for a story to be a transcript
MOST_TALK = 0.6  # of the turns: so much makes one of labels that the story names nowhere else, where they come back
MOST_TALK_SHOUTED = 0.4  # the same for labels that are all in capitals


def find_turns(
    text: str,
    paragraphs: Sequence[Span],
    is_prose: Callable[[Span], bool] = lambda _: False,
    is_somebody: Callable[[Span], bool] = lambda _: True,
) -> Iterator[Finding]:
    """A finding for each paragraph of each turn, if the story is a transcript. `is_prose` says of a paragraph without a
    label whether the reporter tells it, which ends an answer of an interview; `is_somebody` whether a label's words are
    a name.
    """
    labels = _labels(text, paragraphs)
    if not labels:
        return
    last = max(labels)
    current: tuple[Label, int] | None = None
    ends = last + (_LONGEST_TURN if labels[last].shape == "line" else labels[last].words >= paragraphs[last].end)
    labels = _accepted(text, paragraphs, labels, is_somebody)
    for at, paragraph in enumerate(paragraphs[: ends + 1] if labels else ()):
        label = labels.get(at)
        if label is not None:
            current, start = (label, at), label.words
        elif is_no_speaker(paragraph.of(text)):
            current = None
            continue
        elif current is None or at - current[1] > _LONGEST_TURN or _MACHINE.match(text, paragraph.start, paragraph.end):
            continue
        elif _ENDS_TURN.match(text, paragraph.start, paragraph.end) or (_is_short(current[0]) and is_prose(paragraph)):
            current = None
            continue
        else:
            start = paragraph.start
        end = _end_of_words(text, start, paragraph.end)
        if start < end and _SPOKEN.match(text, start, end):
            yield Finding(Span(start, end), "transcript", current[0].name, current[0].cue, sure=0.9)


def _labels(text: str, paragraphs: Sequence[Span]) -> dict[int, Label]:
    """The labels of the paragraphs; "Author: …" above a story is nobody's, and a headline is no turn."""
    told_from = fields_end(text)
    labels = {at: label for at, p in enumerate(paragraphs) if p.start >= told_from and (label := read_label(text, p))}
    first = labels.get(0)
    if first is not None and not _opens_dialogue(text, paragraphs[0], labels):
        del labels[0]  # "Lee: The dam will hold"
    return labels


def _opens_dialogue(text: str, paragraph: Span, labels: Mapping[int, Label]) -> bool:
    """Whether the first paragraph is a turn rather than a headline: the second is one, and two more follow somewhere;
    "The ferry: a transcript" is none.
    """
    first = labels[0]
    if first.words >= paragraph.end:
        return first.shape != "line" or (1 not in labels and len(labels) >= 3)
    return 1 in labels and len(labels) >= 3 and not text[first.words].islower()


def _end_of_words(text: str, start: int, end: int) -> int:
    words = text[max(start, end - 12) : end]
    bare = words.rstrip().removesuffix(_VOICE_END)
    return end - len(words) + len(bare) if bare != words.rstrip() else end


def _is_short(label: Label) -> bool:
    """Whether a label is a letter or two, as interviews print them, where prose may come between the answers."""
    return len(label.name) <= _LONGEST_INITIALS


def _accepted(
    text: str, paragraphs: Sequence[Span], labels: dict[int, Label], is_somebody: Callable[[Span], bool]
) -> dict[int, Label]:
    """The labels that are turns; none where the story is no transcript."""
    lines = {at: one for at, one in labels.items() if one.shape == "line"}
    labels = {at: one for at, one in labels.items() if at not in lines}
    dashes = {at: one for at, one in labels.items() if one.shape == "dash"}
    if not _come_back(text, dashes, least=4):
        labels = {at: one for at, one in labels.items() if at not in dashes}
    if _are_turns_of_lines(text, paragraphs, lines, is_somebody):
        return labels | lines
    return _without_captions(text, labels, is_somebody) if _is_transcript(text, paragraphs, labels, is_somebody) else {}


def _without_captions(text: str, labels: dict[int, Label], is_somebody: Callable[[Span], bool]) -> dict[int, Label]:
    """The labels, without a word that stands before a colon once and names nobody, where most are "Q" and "A"."""
    if 2 * sum(one.shape == "letter" for one in labels.values()) < len(labels):
        return labels
    names = Counter(one.name.of(text) for one in labels.values())
    return {
        at: one
        for at, one in labels.items()
        if one.shape != "colon" or names[one.name.of(text)] > 1 or is_somebody(one.name)
    }


def _are_turns_of_lines(
    text: str, paragraphs: Sequence[Span], lines: dict[int, Label], is_somebody: Callable[[Span], bool]
) -> bool:
    """Whether names on lines of their own head turns: each has words below it, and they come back or carry times."""
    if len(lines) < 3 or any(at + 1 in lines or at + 1 >= len(paragraphs) for at in lines):
        return False
    named = sum(is_somebody(one.name) for one in lines.values())
    timed = sum(one.sure for one in lines.values())
    below = [text[paragraphs[at + 1].start : paragraphs[at + 1].end] for at in lines]
    if sum(words.startswith(_QUOTED) for words in below) * 2 > len(below):
        return False  # a name above a quotation: the marks say whose it is
    if timed * 2 > len(lines):
        return True
    return _come_back(text, lines, least=3) and (
        named * 2 >= len(lines) or all(one.name.of(text).isupper() for one in lines.values())
    )


def _come_back(text: str, labels: Mapping[int, Label], least: int) -> bool:
    """Whether at least so many labels are those of a few who come back."""
    names = Counter(one.name.of(text) for one in labels.values())
    return len(labels) >= least and 2 <= len(names) <= len(labels) * 0.75


def _is_transcript(
    text: str, paragraphs: Sequence[Span], labels: dict[int, Label], is_somebody: Callable[[Span], bool]
) -> bool:
    if not _stand_together(text, labels):
        return False
    count = len(labels)
    shapes: Counter[Shape] = Counter(one.shape for one in labels.values())
    if shapes["letter"] + shapes["period"] + shapes["voice"] > count / 2:
        return True
    words = [_words_of(text, paragraphs, at, one) for at, one in labels.items()]
    if sum(one.startswith(_QUOTED) for one in words) > count / 2:
        return False  # the marks say whose words these are
    talk = sum(bool(_TALK.search(one)) for one in words) / count
    named = sum(one.sure or is_somebody(one.name) for one in labels.values()) / count
    if any(one.sure for one in labels.values()):
        return named >= LEAST_NAMED
    shouted = all(one.name.of(text).isupper() for one in labels.values())
    enough = MOST_TALK_SHOUTED if shouted else MOST_TALK
    return (named >= LEAST_NAMED and talk >= LEAST_TALK) or (talk >= enough and _come_back(text, labels, least=4))


def _words_of(text: str, paragraphs: Sequence[Span], at: int, label: Label) -> str:
    """What a label's turn opens with: the rest of its paragraph, or the one below."""
    if label.words < paragraphs[at].end or at + 1 >= len(paragraphs):
        return text[label.words : paragraphs[at].end]
    return text[paragraphs[at + 1].start : paragraphs[at + 1].end]


def _stand_together(text: str, labels: dict[int, Label]) -> bool:
    """Whether there are two labels beside each other, or three of which two are next to one another or the same."""
    names = Counter(label.name.of(text) for label in labels.values())
    beside = any(at + 1 in labels for at in labels)
    return (len(labels) >= 3 and (beside or max(names.values()) >= 2)) or (len(labels) == 2 and beside)
