"""What a rule knows of words that the tagger found too: which cue is theirs, who speaks, and where the words end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.statements.cues import find_verb
from index.statements.findings import Finding
from index.statements.overlaps import Overlaps
from index.statements.paragraphs import paragraph_at
from index.statements.rules import Read
from index.statements.words import Words
from index.story import Span

LONGEST_BETWEEN = 20  # code points between a clause and the second verb of the same subject
_TELLS = frozenset({"tell", "assure", "remind", "inform"})
_NEXT_SENTENCE = re.compile(r"[.?!][\"”’]?\s+[A-Z]")


def with_rule(words: Words, finding: Finding, rules: Sequence[Finding], read: Read) -> Finding:
    """The finding with what a rule on the same words knows and the tagger does not: whom it addresses, who speaks."""
    for rule in rules:
        if rule.form == "byline" or (rule.form == "quotation" and rule.cue and rule.cue.overlaps(finding.span)):
            return rule  # the tagger takes the name above for the one below, or runs on over the cue
        same = rule.cue is not None and finding.cue is not None and rule.cue.overlaps(finding.cue)
        if same:
            reported = finding.mention is not None and rule.cue is not None and rule.cue.covers(finding.mention)
            return replace(
                finding,
                cue=rule.cue if reported else finding.cue,  # "was quoted by the Echo as saying": not the Echo's words
                span=_span_with(words, finding, rule),
                addressee=rule.addressee,
                stance=rule.stance,
                mention=finding.mention or rule.mention,
            )
        if rule.form == "clause" and _is_cued_in_another_paragraph(finding, rule, read):
            return replace(
                finding, mention=rule.mention, cue=rule.cue, stance=rule.stance, addressee=rule.addressee, group=-1
            )
        if _is_relayed(words.text, finding, rule):
            span = rule.span if rule.form == "quotation" else finding.span
            return replace(rule, span=span, form=finding.form, group=-1, sure=finding.sure, via=finding.mention)
        torn = rule.form == "quotation" and _is_torn(finding, rule, read)
        if torn or (rule.form == "quotation" and _is_cued_elsewhere(words.text, finding, rule, read)):
            return replace(
                finding, mention=rule.mention, cue=rule.cue, stance=rule.stance, addressee=rule.addressee, group=-1
            )
        shared = min(rule.span.end, finding.span.end) - max(rule.span.start, finding.span.start)
        if finding.mention is None and shared >= 0.5 * max(len(rule.span), len(finding.span)):
            return replace(finding, mention=rule.mention, cue=rule.cue, stance=rule.stance, addressee=rule.addressee)
    return finding


def _is_relayed(text: str, finding: Finding, rule: Finding) -> bool:
    """Whether the tagger has who passed the words on, and a rule who said them: "Lee said, according to the police"."""
    if finding.cue is None or rule.cue is None or rule.mention is None or rule.form not in {"quotation", "clause"}:
        return False
    shared = min(rule.span.end, finding.span.end) - max(rule.span.start, finding.span.start)
    if shared < 0.5 * len(rule.span) or finding.cue.overlaps(rule.cue) or not rule.cue.of(text).strip():
        return False
    if rule.form == "clause" and finding.span.covers(rule.cue):
        return False  # the whole report is one statement, the clause another
    between = text[min(finding.cue.end, rule.cue.end) : max(finding.cue.start, rule.cue.start)]
    if finding.cue.of(text).lower().startswith("according"):
        return not _NEXT_SENTENCE.search(between) and "\n" not in between
    behind = rule.form == "quotation" and rule.span.end <= rule.cue.start < finding.cue.start
    return behind and finding.mention != rule.mention and "\n" not in text[rule.cue.end : finding.cue.start]


def _span_with(words: Words, finding: Finding, rule: Finding) -> Span:
    """The words by a rule with the same cue: all of a quotation, and without whom a question was put to."""
    span, whom = finding.span, rule.addressee
    if rule.form == "quotation" and rule.span.covers(span):
        return rule.span
    if (
        whom
        and span.start <= whom.start < rule.span.start < span.end
        and (rule.stance == "asks" or (whom.start == span.start and _is_told(words, rule)))
    ):
        return Span(rule.span.start, span.end)  # "asked Lee whether …": Lee is no part of the question
    return span


def _quoted_between(read: Read, one: Span, other: Span) -> bool:
    """Whether a whole quotation stands between two places."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    at = bisect_left(read.outer, start, key=lambda span: span.start)
    return at < len(read.outer) and read.outer[at].end <= end


def _is_told(words: Words, rule: Finding) -> bool:
    """Whether a whole clause is told to somebody: "told staff she was ill", not "told staff to go"."""
    verbs = [find_verb(token.text) for token in words.touching(rule.cue)] if rule.cue else []
    first = words.at(rule.span.start)
    tells = any(verb is not None and verb.base in _TELLS for verb in verbs)
    return tells and first is not None and first.pos_ not in {"VERB", "AUX", "PART"}


def _is_cued_elsewhere(text: str, finding: Finding, rule: Finding, read: Read) -> bool:
    """Whether the tagger took another paragraph's cue, or one across another quotation or in the sentence before, for a
    quotation with a verb and a speaker right beside it.
    """
    if finding.cue is None or rule.cue is None or rule.mention is None or not finding.span.overlaps(rule.span):
        return False
    here = paragraph_at(read.paragraphs, rule.span.start)
    if not len(rule.cue) and paragraph_at(read.paragraphs, rule.mention.start) == here:
        afar = [part for part in (finding.cue, finding.mention) if part is not None]
        if all(paragraph_at(read.paragraphs, part.start) < here for part in afar):
            return True
    if finding.cue.of(text) == ":" and rule.cue.start >= rule.span.end and finding.cue.end <= rule.span.start:
        return True  # "Labour: “…,” said Lee": the label gives way to who said it
    ahead, back = (paragraph_at(read.paragraphs, cue.start) for cue in (finding.cue, rule.cue))
    if back <= here < ahead:
        return True  # it goes on with the one who spoke, not to the next one named
    behind = min(rule.cue.start, rule.mention.start) - rule.span.end
    before = rule.span.start - max(rule.cue.end, rule.mention.end)
    if behind in range(3) and not finding.cue.overlaps(rule.cue):
        ended = finding.cue.end < rule.span.start and text[: rule.span.start].rstrip()[-1:] in {".", "?", "!"}
        if ended or _quoted_between(read, rule.span, finding.cue):
            return True
    at_once = behind in range(3) or (before in range(4) and paragraph_at(read.paragraphs, rule.cue.start) == here)
    return at_once and paragraph_at(read.paragraphs, finding.cue.start) != here


def _is_cued_in_another_paragraph(finding: Finding, rule: Finding, read: Read) -> bool:
    """Whether the tagger took another paragraph's cue for words that have one, and a speaker, in their own: "It was
    stolen, said Lt. Lee." before "Nobody was hurt, police said."
    """
    if finding.cue is None or rule.cue is None or rule.mention is None:
        return False
    here, there = (paragraph_at(read.paragraphs, part.start) for part in (finding.span, finding.cue))
    own = {paragraph_at(read.paragraphs, part.start) for part in (rule.span, rule.cue, rule.mention)}
    return here != there and own == {here}


def _is_torn(finding: Finding, rule: Finding, read: Read) -> bool:
    """Whether the tagger has the cue from the quotation's paragraph, but not its speaker; the rule has both there."""
    if finding.cue is None or finding.mention is None or rule.cue is None or rule.mention is None:
        return False
    places = [paragraph_at(read.paragraphs, part.start) for part in (rule.span, finding.cue, rule.cue, rule.mention)]
    return len(set(places)) == 1 and paragraph_at(read.paragraphs, finding.mention.start) != places[0]


def second_clauses(clauses: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
    """A clause and what a second verb reports of the same subject: "agreed it had rained but denied that …"."""
    return [
        (one, after)
        for one, after in pairwise(clauses)
        if one.mention == after.mention
        and after.cue
        and one.span.end <= after.cue.start <= one.span.end + LONGEST_BETWEEN
    ]


def by_mention(second: Sequence[tuple[Finding, Finding]]) -> Overlaps[tuple[Finding, Finding]]:
    """Second clauses, to be found by where their speaker stands."""
    named = [pair for pair in second if pair[1].mention is not None]
    return Overlaps(named, lambda pair: pair[1].mention or pair[1].span)


def without_second(finding: Finding, second: Overlaps[tuple[Finding, Finding]]) -> Finding:
    """The finding without what another verb reports of the same speaker."""
    for first, clause in second.of(finding.mention) if finding.mention is not None else ():
        cue = clause.cue
        if cue is None:
            continue
        if finding.span.start < first.span.end and finding.span.covers(cue):
            return replace(finding, span=Span(finding.span.start, first.span.end))
    return finding
