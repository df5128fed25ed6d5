"""Headlines that name a speaker and a colon: "Ryan: Sessions should recuse himself"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.statements.findings import Finding
from index.statements.labels import is_kind_of_article
from index.statements.somebody import Named
from index.statements.words import Words
from index.story import Span

LONGEST = 200  # code points; a longer first paragraph is no headline
_HEADLINE = re.compile(
    r"(?:#{1,2} )?(?P<name>[A-Z][\w.'’-]*(?: (?:of|for|the|and|on|[A-Z][\w.'’-]*)){0,5})(?P<cue>:) (?=[“\"‘'A-Z\d])"
)


def find_headlines(words: Words, paragraphs: Sequence[Span], named: Named) -> Iterator[Finding]:
    """At most one finding: what the headline says after a name and a colon."""
    text = words.text
    if not paragraphs or len(paragraphs[0]) > LONGEST:
        return
    first = paragraphs[0]
    found = _HEADLINE.match(text, first.start, first.end)
    if found is None or is_kind_of_article(found.group("name")) or not named.is_somebody(Span(*found.span("name"))):
        return
    end = first.end - (text[first.end - 1] == ".")
    yield Finding(Span(found.end(), end), "headline", Span(*found.span("name")), Span(*found.span("cue")), sure=0.7)
