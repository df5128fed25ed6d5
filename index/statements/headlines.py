"""Headlines that name a speaker and a colon: "Ryan: Sessions should recuse himself"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.statements.findings import Finding
from index.statements.nouns import BODIES, HUMAN
from index.statements.transcripts import KIND_OF_ARTICLE
from index.statements.words import Words
from index.story import Span

LONGEST = 200  # code points; a longer first paragraph is no headline
_HEADLINE = re.compile(
    r"(?:#{1,2} )?(?P<name>[A-Z][\w.'’-]*(?: (?:of|for|the|and|on|[A-Z][\w.'’-]*)){0,5})(?P<cue>:) (?=[“\"‘'A-Z\d])"
)
_SPEAKS = frozenset({"PERSON", "ORG", "NORP"})
_FINDINGS = frozenset({"poll", "survey", "report", "study", "lawsuit", "complaint", "filing", "data", "figures"})


def find_headlines(words: Words, paragraphs: Sequence[Span]) -> Iterator[Finding]:
    """At most one finding: what the headline says after a name and a colon."""
    text = words.text
    if not paragraphs or len(paragraphs[0]) > LONGEST:
        return
    first = paragraphs[0]
    found = _HEADLINE.match(text, first.start, first.end)
    if (
        found is None
        or KIND_OF_ARTICLE.match(found.group("name"))
        or not _is_somebody(words, Span(*found.span("name")))
    ):
        return
    end = first.end - (text[first.end - 1] == ".")
    yield Finding(Span(found.end(), end), "headline", Span(*found.span("name")), Span(*found.span("cue")), sure=0.7)


def _is_somebody(words: Words, name: Span) -> bool:
    """Whether the words before the colon are named as a person or a body here, or anywhere else in the story."""
    tokens = words.between(name.start, name.end)
    if not tokens:
        return False
    surname = tokens[-1].text
    if any(token.ent_type_ in _SPEAKS for token in tokens) or _speaks_unnamed(surname.lower()):
        return True
    return any(token.text == surname and token.ent_type_ in _SPEAKS for token in words.doc)


def _speaks_unnamed(noun: str) -> bool:
    """Whether it is a noun for a finding, a body or people: "Study: …", "Police: …", "Experts: …", not "Opinion: …"."""
    speakers = _FINDINGS | BODIES | HUMAN
    return noun in speakers or noun.removesuffix("s") in speakers
