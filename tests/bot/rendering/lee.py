"""A story of three paragraphs in which one person speaks, and statements of hers."""

from datetime import date

from index.story import Cue, Span, Speaker, Stance, Statement, Story

TEXT = "Mayor Ann Lee denied it.\n\n“We will build,” Lee told The Paper. “Not today.”\n\nA post said we need it now."
STORY = Story("s", TEXT, "Lee speaks", "The Paper", date(2024, 5, 1))
LEE = Speaker("lee", "Ann Lee", roles=("Mayor",))


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def said(words: str, cue: str | None = None, stance: Stance = "says") -> Statement:
    reported = Cue(at(cue), stance) if cue else None
    return Statement("s", 1, at(words), "direct", "lee", None, reported, 0, 1)
