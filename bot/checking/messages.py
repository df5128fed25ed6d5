"""The quotations in something that a person typed, each with the name that it is put down to there.

“A,” said Lund, “B” is one quotation of Lund's; Pelosi said “A” while Sessions said “B” are two people's. People's
messages are not newspapers: “ may end in ", ' may open, „ may end in “, and a line may begin with > instead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from string import whitespace

from index.language import HE, IT, SHE, THEY
from index.statements import find_verb
from index.story import Span

READ_MAX = 20_000
"""Code points of a message that are read for quotations: five of Discord's longest."""
_DOUBLE_MARKS = '"“”„‟«»‹›″＂〝〞〟「」『』'
_CLOSES: dict[str, str] = {
    "“": "”\"″‟＂“", "”": "”\"″", "„": "“”\"‟″", "‟": "”\"“", "«": "»\"", "»": "«", "‹": "›", "›": "‹", "″": "″\"”",
    '"': "\"”“″＂", "＂": "＂\"", "〝": "〞〟", "「": "」", "『": "』", "``": "\"”",
}  # fmt: skip
_ONLY_CLOSE = frozenset("〞〟」』")
_MARK = re.compile(rf"``|''|[{_DOUBLE_MARKS}]")
_SINGLE_OPEN = re.compile(
    r"(?<![\w'’‘])[‘'‚’](?=[^\W_]|\[|…|\.\.)(?!(?:\d0s|em|til|tis|twas|cause|bout|n)\b)", re.IGNORECASE
)
_SINGLE_CLOSE = re.compile(r"(?<=[^\s(\[])[’'‘](?!\w)")
_QUOTE_LINES = re.compile(r"^>(?:>>)?[ \t]?(?P<words>[^\n]*(?:\n>[ \t]?[^\n]*)*)", re.MULTILINE)
_LONGEST = 4_000
"""Code points of one quotation in a message."""
_WORDS = r"[\w'’.@-]+"
_STOPS = re.compile(
    r"[,;:.!?…()\[\]\n–—*_|]|--|\b(?:wh(?:ile|ereas|en|ere|o|ich)|but|and|that|then|as|because|for|in|on|at|to|"
    r"after|before|during|later|earlier|yesterday|today|once|has|have|had|is|was|of the opinion)\b",
    re.IGNORECASE,
)
_LEADING = frozenset(
    """so did does do has have had will would can could is was really actually ever also just never once and but while
    then that whether if i think heard read remember when where how why""".split()
)
_TRAILING = frozenset(
    """really actually ever even also just never once then later apparently reportedly did does do not didn't didn’t
    deny denies denied denying having now""".split()
)
_CAPITALS = re.compile(rf"(?<![\w'’])@?[A-Z]{_WORDS}(?:\s+(?:(?:de|van|von|bin|al|of|the)\s+)?[A-Z]{_WORDS})*")
_VERB = re.compile(r"(?<![\w'’-])[A-Za-z-]{3,15}(?![\w'’-])")
_SOURCE = re.compile(
    rf"(?:\baccording to|\bby|\bfrom|\bquoting|\bquotes|\bquoted)\s+(?P<name>{_WORDS}(?:\s+{_WORDS}){{0,5}})",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"^[\s*_]*(?:[—–―]|--?|~|\()[\s*_]*(?P<name>@?\w{_WORDS}(?:\s+{_WORDS}){{0,5}})", re.IGNORECASE)
_LABEL = re.compile(rf"(?P<name>@?\w[\w'’.-]*(?:\s+{_WORDS}){{0,4}})[\s*_]*:[\s*_>]*$")
_SIGNATURE = re.compile(rf"\s(?:[—–―]|--?)\s?(?P<name>[A-Z@]{_WORDS}(?:\s+{_WORDS}){{0,4}})\s*$")
_CUE_MAX = 120
_SOME, _MOST = 3, 0.5
"""Words of a quotation that counts, and the share of a message that they are all together. With `_ASKING`, of 18
messages written before these were looked at 14 are told rightly; four there for their quotations are asked instead."""
_ASKING = frozenset("who whose what when where why how which".split())
_FEW = 7
_PRONOUNS = {"who"} | {case for one in (HE, SHE, THEY, IT) for case in (one.subject, one.object)}
_GOING_ON = frozenset("while whereas but and".split())
_NO_NAME = frozenset("said says quote quotes this that the a an it there here re fwd note wow lol look".split())


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch in quotation marks: with them, and without."""

    span: Span
    words: Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a text: its stretches, with a cue between them where there are several, and whose it is to be."""

    text: str
    parts: tuple[Span, ...]
    speaker: str | None = None

    @property
    def words(self) -> str:
        """What is quoted, without what stands between the stretches."""
        return " ".join(part.of(self.text).strip() for part in self.parts)


def read_message(text: str) -> tuple[Quotation, ...]:
    """Every quotation of a message; all of it where it has no marks, with a name that stands before or behind it."""
    text = text[:READ_MAX]
    marked = [one for one in find_marked(text) if any(map(str.isalnum, one.words.of(text)))]
    if not marked:
        return _unmarked(text)
    gaps = _gaps(text, marked)
    return tuple(_joined(text, marked, gaps, _speakers(text, marked, gaps)))


def is_made_of_quotations(text: str) -> bool:
    """Whether a message is there for its quotations, of which it has several: they are most of it, and nothing else is
    asked of them than whether they are right."""
    first = text.split(maxsplit=1)[:1]
    quoted = [one for one in read_message(text) if len(one.words.split()) >= _SOME]
    share = sum(len(one.words) for one in quoted) / max(1, len(text))
    return len(quoted) > 1 and share >= _MOST and not (first and first[0].casefold() in _ASKING)


def _unmarked(text: str) -> tuple[Quotation, ...]:
    """All of a text as one quotation, without a name that it is signed with or a cue before or behind it."""
    whole = Span(len(text) - len(text.lstrip()), max(len(text.rstrip()), len(text) - len(text.lstrip())))
    if not whole.of(text):
        return ()
    signed = _SIGNATURE.search(text, max(whole.start, whole.end - _CUE_MAX), whole.end)
    if signed and len(text[: signed.start()].split()) > 1:
        return (Quotation(text, (Span(whole.start, signed.start()),), signed["name"]),)
    return (_without_cue(text, whole),)


def _without_cue(text: str, whole: Span) -> Quotation:
    """The quotation without "Lund said:" before it, or ", said Lund" behind it."""
    colon = _stop(text[whole.start : whole.start + _CUE_MAX], ":,")
    before = text[whole.start : whole.start + colon] if colon is not None else ""
    name = _name_before(f"{before}:") if _ends_in_verb(before) else None
    if colon is not None and name:
        return Quotation(text, (Span(whole.start + colon + 2, whole.end),), name)
    comma = text.rfind(",", max(whole.start, whole.end - _CUE_MAX), whole.end)
    behind = text[comma + 1 : whole.end].strip(" .")
    verbs = [word for word in behind.split() if find_verb(word)]
    name = _name_behind(f" {behind}", ",") if comma > 0 and len(verbs) == 1 and len(behind.split()) <= _FEW else None
    return Quotation(text, (Span(whole.start, comma),), name) if name else Quotation(text, (whole,))


def _stop(text: str, signs: str) -> int | None:
    """Where the first of some signs stands that has white space behind it."""
    return next((at for at, (sign, behind) in enumerate(pairwise(text)) if sign in signs and behind.isspace()), None)


def _gaps(text: str, marked: Sequence[Marked]) -> list[str]:
    edges = [0, *(edge for one in marked for edge in (one.span.start, one.span.end)), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _speakers(text: str, marked: Sequence[Marked], gaps: Sequence[str]) -> list[str | None]:
    """The name by each quotation: in the cue behind it where it leads into one, else in the one before, or after."""
    found: list[str | None] = []
    latest: str | None = None
    for at, one in enumerate(marked):
        before, behind = gaps[at], gaps[at + 1]
        introduced = before.rstrip(" *_>\n").endswith((":", ",", "that")) or bool(_ends_in_verb(before))
        name = _name_before(before) if introduced else None
        name = name or _name_behind(behind, one.words.of(text)) or (None if introduced else _name_before(before))
        if (name and name.casefold() in _PRONOUNS) or (
            at and before.strip(" ,") in {"", "and", "and that", "or", "then", "and then", "and also"}
        ):
            name = latest
        found.append(name)
        latest = name or latest
    return found


def _ends_in_verb(gap: str) -> bool:
    told = gap.rstrip(f"{whitespace}*_:,")
    return any(found.end() == len(told) and find_verb(found.group()) for found in _VERB.finditer(told))


def _name_before(gap: str) -> str | None:
    """The last name in front of a quotation that says whose it is: "Pelosi said", "according to CNN,", "Lund:"."""
    said = [found for found in _VERB.finditer(gap) if find_verb(found.group())]
    for verb in reversed(said):
        name = _noun_before(gap[: verb.start()]) or _noun_behind(gap[verb.end() :])
        if name and name.casefold() not in _PRONOUNS:
            return name
        named = [one for one in _CAPITALS.finditer(gap[: verb.start()]) if gap[: one.start()][-4:].lower() != "not "]
        if name or named:
            return name or _clean(named[-1].group())
    source = list(_SOURCE.finditer(gap))
    if source:
        return _clean(source[-1]["name"])
    label = _LABEL.search(gap)
    return _clean(label["name"]) if label else None


def _name_behind(gap: str, words: str) -> str | None:
    """The name behind a quotation that leads on to it: “…,” said Lund; “…” — Lund; “…” (Lund)."""
    signed = _SIGNED.match(gap)
    if signed:
        return _clean(signed["name"])
    sentence = gap.lstrip(" ,*_")
    sentence = sentence[: _stop(f"{sentence} ", ".!?\n")][:160]
    leads_on = words.rstrip()[-1:] in {",", "?", "!", "—", "–", "-", "…"} or gap[:1] == ","
    for verb in (found for found in _VERB.finditer(sentence) if find_verb(found.group())):
        before = sentence[: verb.start()]
        if len(before.split()) > 6 or _goes_on(before):
            return None
        behind = _noun_behind(sentence[verb.end() :]) if not before.strip() or leads_on else None
        return _noun_before(before) or behind
    source = _SOURCE.match(sentence)
    return _clean(source["name"]) if source else None


def _goes_on(text: str) -> bool:
    """Whether a text begins with a word that leads on to something else."""
    return not _GOING_ON.isdisjoint(word.strip(",;:") for word in text.split(maxsplit=1)[:1])


def _noun_before(text: str) -> str | None:
    """The words right before a verb that may be a name."""
    stops = list(_STOPS.finditer(text[-120:]))
    tail = text[-120:][stops[-1].end() :] if stops else text[-120:]
    return _clean(" ".join(tail.split()[-6:]))


def _noun_behind(text: str) -> str | None:
    """The words right behind a verb that may be a name."""
    text = text[:120].lstrip(" *_")
    stop = _STOPS.search(text)
    return _clean(" ".join((text[: stop.start()] if stop else text).split()[:6]))


def _clean(name: str) -> str | None:
    name = name.strip(" *_'’\"“”-—–,.:;()")
    while (first := (*name.split(maxsplit=1), ""))[0].casefold() in _LEADING and first[1]:
        name = first[1]
    while name and name.rsplit(maxsplit=1)[-1].casefold() in _TRAILING:
        name = "".join(name.rsplit(maxsplit=1)[:-1])
    if name.casefold() in _NO_NAME or find_verb(name):
        return None
    return name if any(one.isalnum() and other.isalnum() for one, other in pairwise(name)) else None


def _joined(
    text: str, marked: Sequence[Marked], gaps: Sequence[str], speakers: Sequence[str | None]
) -> Iterator[Quotation]:
    """The quotations, those that a cue parts put together: “A,” said Lund, “B”, and “A,” Lund said. “B”."""
    current: Quotation | None = None
    for at, (one, name) in enumerate(zip(marked, speakers, strict=True)):
        gap = gaps[at]
        if current and _is_a_cue(gap) and (name is None or name == current.speaker):
            current = replace(current, parts=(*current.parts, one.words), speaker=current.speaker or name)
            continue
        if current:
            yield current
        current = Quotation(text, (one.words,), name)
    if current:
        yield current


def _is_a_cue(gap: str) -> bool:
    """Whether what stands between two quotations is no more than who says both."""
    if "\n\n" in gap.strip(" ") and gap.strip():
        return False
    if not gap.strip(" \n"):
        return True
    said = [found for found in _VERB.finditer(gap) if find_verb(found.group())]
    ends_well = gap.rstrip()[-1:] in {",", ".", ":", "…"}
    return len(said) == 1 and len(gap.split()) <= 14 and ends_well and not _goes_on(gap)


def find_marked(text: str) -> tuple[Marked, ...]:
    """What a text has in quotation marks, in order; the lines that begin with > where it has no marks."""
    doubles = tuple(_doubles(text))
    singles = tuple(one for one in _singles(text) if not any(one.span.overlaps(double.span) for double in doubles))
    found = tuple(sorted((*doubles, *singles), key=lambda one: one.span))
    return found or tuple(_lines(text))


def first_quoted(text: str) -> str | None:
    """The first words of a text that stand between double marks, with these; None where none do."""
    doubles = (one for one in _doubles(text) if one.span.end > one.words.end and len(one.words) > 1)
    return next((one.span.of(text) for one in doubles), None)


def _lines(text: str) -> Iterator[Marked]:
    for found in _QUOTE_LINES.finditer(text):
        if found["words"].strip():
            yield Marked(Span(*found.span()), Span(*found.span("words")))


def _doubles(text: str) -> Iterator[Marked]:
    opened: re.Match[str] | None = None
    for found in _MARK.finditer(text):
        mark = found.group()
        between = text[opened.end() : found.start()] if opened else ""
        if opened and ("\n\n" in between or len(between) > _LONGEST):
            yield from _open_to(text, opened, found.start())
            opened = None
        if opened is None:
            opened = found if _may_open(text, found) else None
        elif mark in _CLOSES.get(opened.group(), "") or mark == "''":
            if mark in '“"' and _opens_again(text, found) and mark != opened.group():
                continue
            yield Marked(Span(opened.start(), found.end()), Span(opened.end(), found.start()))
            opened = None
    if opened is not None:
        yield from _open_to(text, opened, len(text))


def _may_open(text: str, found: re.Match[str]) -> bool:
    if found.group() in _ONLY_CLOSE or found.group() == "''":
        return False
    behind = text[found.end() : found.end() + 1]
    if found.group() == "″" and text[: found.start()][-1:].isdigit():
        return False
    return bool(behind) and (found.group() not in '”"' or not behind.isspace())


def _opens_again(text: str, found: re.Match[str]) -> bool:
    """Whether a mark inside another pair opens rather than closes it."""
    before, behind = text[: found.start()][-1:], text[found.end() : found.end() + 1]
    return before.isspace() and behind.isalnum()


def _open_to(text: str, opened: re.Match[str], limit: int) -> Iterator[Marked]:
    """What a mark opens that nothing closes: the rest of its paragraph, where that is more than a word or two."""
    end = text.find("\n", opened.end(), limit)
    end = limit if end < 0 else end
    if len(text[opened.end() : end][:_LONGEST].split()) > 2:
        yield Marked(Span(opened.start(), end), Span(opened.end(), end))


def _singles(text: str) -> Iterator[Marked]:
    at = 0
    while opening := _SINGLE_OPEN.search(text, at):
        closing = _closing(text, opening)
        if closing is None:
            at = opening.end()
            continue
        yield Marked(Span(opening.start(), closing.end()), Span(opening.end(), closing.start()))
        at = closing.end()


def _closing(text: str, opening: re.Match[str]) -> re.Match[str] | None:
    """The mark that closes a single one; "the residents' money" goes on where another mark follows."""
    end = text.find("\n", opening.end())
    end = min(len(text) if end < 0 else end, opening.end() + _LONGEST)
    further = _SINGLE_OPEN.search(text, opening.end(), end)
    limit = further.start() if further else end
    plural: re.Match[str] | None = None
    for found in _SINGLE_CLOSE.finditer(text, opening.end(), limit):
        behind = text[found.end() : found.end() + 2]
        if text[found.start() - 1] != "s" or behind[:1] != " " or not "a" <= behind[1:] <= "z":
            return found
        plural = plural or found
    return plural
