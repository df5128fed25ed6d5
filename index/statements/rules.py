"""Everything that rules alone find in one story: quotations, clauses, posts, issued statements, transcripts, headlines.

Works without the tagger, and leads where the tagger has never seen the form.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.statements.adjacent import cue_after, cue_before
from index.statements.clauses import find_clauses
from index.statements.cues import find_verb
from index.statements.findings import Finding, Overlaps, span_of
from index.statements.interviews import find_answers
from index.statements.issued import find_issued
from index.statements.labels import Named, is_kind_of_article
from index.statements.paragraphs import find_paragraphs
from index.statements.posts import find_posts
from index.statements.quotation_marks import WORD, Quoted
from index.statements.quotations import find_quotations
from index.statements.relay import is_outlet
from index.statements.subjects import find_subject
from index.statements.transcripts import find_turns
from index.statements.words import Words
from index.story import Span

_IN_TALK = frozenset("i me my we us our you your".split())
_LEDE = 4  # paragraphs that say who is interviewed
LEADING_WORDS = 2  # of the reporter's before a quotation that make the whole one mixed statement
LONGEST = 200  # code points; a longer first paragraph is no headline
_HEADLINE = re.compile(
    r"(?:#{1,2} )?(?P<name>[A-Z][\w.'’-]*(?: (?:of|for|the|and|on|[A-Z][\w.'’-]*)){0,5})(?P<cue>:) (?=[“\"‘'A-Z\d])"
)
_NOBODY = frozenset(
    """i we me us you it that this they them one someone somebody people everyone everybody anyone anybody nobody who
    which""".split()
)
FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Read:
    """What the rules know of one story: how it is laid out, what they found, and which of it has a form of its own.

    `outer` is where the quotations stand that are in no other.
    """

    paragraphs: tuple[Span, ...]
    quoted: tuple[Quoted, ...]
    forms: tuple[Finding, ...]
    quotations: tuple[Finding, ...]
    clauses: tuple[Finding, ...]
    nested: tuple[Finding, ...]
    outer: tuple[Span, ...]

    def findings(self) -> list[Finding]:
        """All of it in reading order, the outer before the nested."""
        found = [*self.forms, *self.quotations, *self.clauses, *self.nested]
        return sorted(found, key=lambda f: (f.span.start, -f.span.end))


def read_by_rules(words: Words) -> Read:
    """Every statement that the rules see; each word is in one of them at the most, but for nested ones."""
    text = words.text
    paragraphs, quoted = find_paragraphs(text), words.quoted
    named = Named(words)
    is_prose = _told_by_reporter(words, quoted, paragraphs)
    turns = list(find_turns(text, paragraphs, is_prose, named.is_somebody)) or find_answers(words, paragraphs, is_prose)
    forms = _apart([*find_posts(text, paragraphs), *find_issued(words, quoted, paragraphs), *turns,
                    *find_headlines(words, paragraphs, named)])  # fmt: skip
    claimed = Overlaps(forms, span_of)
    outer = [q for q in quoted if q.level == 0]
    free = [q for q in outer if not claimed.of(q.span)]
    shut = Overlaps([*(form.span for form in forms), *(q.span for q in outer)], lambda span: span)
    raw = [c for c in find_clauses(words, shut) if all(c.span.covers(form.span) for form in claimed.of(c.span))]
    quotations = find_quotations(words, free, paragraphs, raw, named)
    marks, said = Overlaps([q.span for q in outer], lambda span: span), Overlaps(quotations, span_of)
    clauses = _outermost(text, [c for one in raw if (c := _fit(text, one, marks, said))])
    holding = Overlaps(clauses, span_of)
    kept = [q for q in quotations if not any(c.span.covers(q.span) for c in holding.of(q.span))]
    holders = [*(f.span for f in forms), *(q.span for q in kept)]
    nested = tuple(find_nested(words, quoted, holders))
    return Read(paragraphs, quoted, tuple(forms), tuple(kept), tuple(clauses), nested, tuple(q.span for q in outer))


def _told_by_reporter(words: Words, quoted: Sequence[Quoted], paragraphs: Sequence[Span]) -> Callable[[Span], bool]:
    """Whether a paragraph of an interview is prose: no "I" or "you" outside quotation marks, and a verb of saying with
    a subject or somebody whom the first paragraphs name.
    """
    marks = Overlaps([q.span for q in quoted if q.level == 0], lambda span: span)
    lede = paragraphs[min(len(paragraphs), _LEDE) - 1].end if paragraphs else 0
    named = {token.text for token in words.between(0, lede) if token.ent_type_ == "PERSON"}

    def tells(paragraph: Span) -> bool:
        tokens = [t for t in words.touching(paragraph) if not marks.of(Span(t.idx, t.idx + len(t)))]
        if any(token.lower_ in _IN_TALK for token in tokens):
            return False
        return any(
            (token.pos_ == "PROPN" and token.text in named)
            or (token.pos_ == "VERB" and find_verb(token.text) is not None and find_subject(token) is not None)
            for token in tokens
        )

    return tells


def _apart(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that do not overlap an earlier one of the list."""
    kept: list[Finding] = []
    taken: list[Span] = []  # by where they begin, which is by where they end as well, since none overlaps another
    for finding in findings:
        at = bisect_left(taken, finding.span)
        if not any(finding.span.overlaps(other) for other in taken[max(0, at - 1) : at + 1]):
            kept.append(finding)
            taken.insert(at, finding.span)
    return kept


def _outermost(text: str, clauses: Sequence[Finding]) -> list[Finding]:
    """The clauses without those inside another, unless that passes the words on."""
    kept: list[Finding] = []
    holders: list[Finding] = []
    for clause in sorted(clauses, key=lambda c: (c.span.start, -c.span.end)):
        holders = [one for one in (*holders, *kept[-1:]) if one.span.overlaps(clause.span)]
        if all(passes_on(text, one) for one in holders):
            kept.append(clause)
    return kept


def _fit(text: str, clause: Finding, marks: Overlaps[Span], said: Overlaps[Finding]) -> Finding | None:
    """The clause grown to whole quotations that it cuts; None where a quotation with its own cue says it all."""
    span = clause.span
    for quotation in said.of(span):
        shared = min(span.end, quotation.span.end) - max(span.start, quotation.span.start)
        leads = (
            clause.cue == quotation.cue and len(WORD.findall(text, span.start, quotation.span.start)) >= LEADING_WORDS
        )
        if shared > 0.5 * len(span) and not leads:
            return None
        if clause.form == "according" and quotation.cue is not None and span.covers(quotation.cue):
            return None  # "“…,” Lee told police, according to court papers": Lee's words
    for mark in marks.of(span):
        span = Span(min(span.start, mark.start), max(span.end, mark.end))
    return replace(clause, span=span)


def passes_on(text: str, finding: Finding) -> bool:
    """Whether another's words may stand in it: a news outlet's report, or what is so "according to" somebody."""
    return finding.form == "according" or (finding.mention is not None and is_outlet(finding.mention.of(text)))


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


def find_nested(words: Words, quoted: Sequence[Quoted], outer: Sequence[Span]) -> Iterator[Finding]:
    """A finding for each nested quotation whose cue and speaker stand in the outer statement that holds it."""
    text, holders = words.text, Overlaps(outer, lambda span: span)
    for one in quoted:
        holder = next(
            (span for span in holders.of(one.span) if span.covers(one.span) and len(span) > len(one.span) + 2), None
        )
        if holder is None or len(WORD.findall(one.words.of(text))) < FEWEST_WORDS:
            continue
        before = text[holder.start : one.span.start].rstrip()
        beside = cue_before(words, holder.start, one.span.start) if before.endswith((",", ":", "that")) else None
        if beside is None and text[one.words.start : one.words.end].rstrip()[-1:] in ",?!":
            beside = cue_after(words, one.span.end, holder.end)
        if beside is None or beside.mention is None or beside.mention.of(text).lower() in _NOBODY:
            continue
        if any(token.tag_ == "VBG" for token in words.touching(beside.cue)):
            continue  # "they thought of him saying …" is no report
        yield Finding(one.span, "nested", beside.mention, beside.cue, beside.stance, beside.addressee, sure=0.7)
