"""Through whom words reached the story: those who report another's words, and outlets that they were told to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.statements.findings import Finding
from index.statements.nouns import KNOWN
from index.statements.words import Words
from index.story import Span

_OUTLET_WORDS, _OUTLET_KINDS = KNOWN["outlet_words"], KNOWN["outlet_kinds"]
FARTHEST = 160  # code points between the words and who passed them on
_BEHIND = re.compile(
    r"[^.?!:;\n“\"]{0,60}?,? (?:according to|as (?:recorded|quoted|set out) in) (?P<who>[^\s,.;\n][^,.;\n”\"]{1,60})"
    r"|[\s,]{1,3}(?P<paper>the [\w ]{3,30}) (?:states?|says?|said|shows?|alleges?|reads?|notes?)\b"
)
_AHEAD = re.compile(r"According to (?P<who>[^,.;\n“\"]{2,60})(?P<paper>), $")
_PROGRAMME = frozenset({"ORG", "WORK_OF_ART", "PRODUCT", "EVENT", "FAC"})


def with_relay(text: str, finding: Finding) -> Finding:
    """The finding with who passed its words on, where the sentence says so: "…, according to court papers"."""
    parts = [part for part in (finding.span, finding.cue, finding.mention, finding.addressee) if part is not None]
    if finding.via is not None or finding.mention is None or finding.form not in {"tagged", "quotation", "clause"}:
        return finding
    end = max(part.end for part in parts)
    start = min(part.start for part in parts)
    found = _BEHIND.match(text, end, end + FARTHEST) or _AHEAD.search(text, max(0, start - FARTHEST), start)
    if found is None:
        return finding
    return replace(finding, via=Span(*found.span("who" if found["who"] else "paper")))


def find_outlet(words: Words, addressee: Span) -> str | None:
    """The news outlet that words were told to, by its name; None where it is no outlet ("reporters", "Congress").

    A programme stands for its owner: "CNN's New Day" is "CNN".
    """
    phrase = words.touching(addressee)
    if not phrase:
        return None
    owners = [t for t in phrase if t.dep_ == "poss" and t.pos_ == "PROPN" and t.ent_type_ != "PERSON"]
    if owners and phrase[-1].i > owners[0].i + 1:
        name = words.text[max(addressee.start, owners[0].left_edge.idx) : owners[0].idx + len(owners[0])]
        return name if is_outlet(name) or phrase[-1].ent_type_ in _PROGRAMME else None
    name = addressee.of(words.text)
    return name if phrase[-1].pos_ == "PROPN" and is_outlet(name) else None


def is_outlet(name: str) -> bool:
    """Whether a name has a word in it that only news outlets have, and with a capital where others have it too: "the
    former MLB star" is none."""
    words = (word.strip(".,'’\"“”") for word in name.split())
    return any(word.lower() in _OUTLET_WORDS and (word[0].isupper() or word in _OUTLET_KINDS) for word in words)


def is_short_for(name: str, outlet: str) -> bool:
    """Whether a name is an outlet's own, whole or in part: "the Star" for the "Sporting Star"."""
    words = [word for word in name.casefold().split() if word != "the"]
    return bool(words) and set(words) <= set(outlet.casefold().split())


def holders_of(number: int, spans: Sequence[Span], cues: Sequence[Span | None], among: Sequence[int]) -> list[int]:
    """Which statements report the one of that number, outermost first: those whose words hold its cue or all of it;
    `among` has the numbers of those that overlap it.
    """
    inner, cue = spans[number], cues[number]
    found: list[int] = []
    for at in among:
        span = spans[at]
        if at == number or span == inner:
            continue
        if span.covers(inner) and (cue is None or span.covers(cue)) and cues[at] != cue:
            found.append(at)
    return sorted(found, key=lambda at: (-len(spans[at]), spans[at].start))
