"""Issued statements: "X released the following statement:" and the paragraphs that are its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from index.language.phrases import Phrases, line_words
from index.language.words import plain_words
from index.statements.cues import STATEMENT_VERBS
from index.statements.findings import Finding
from index.statements.paragraphs import paragraph_at
from index.statements.quotation_marks import Quoted
from index.statements.subjects import find_subject, noun_phrase
from index.statements.words import Words
from index.story import Span

_KIND = r"(?:[\w’'-]+ ){0,3}?(?:statement|letter|memo|message|note|response|reply|email|e-mail|remarks|comments|post)s?"
_CUE = re.compile(
    rf"(?P<verb>{'|'.join(sorted(STATEMENT_VERBS))}|put out|gives)\s(?:out )?"
    rf"(?:the following|this|the|an?|his|her|their)\s{_KIND}",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:(?P<owner>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4})['’]s |(?P<pronoun>his|her|their|its|the) )?"
    r"(?P<cue>(?:full|complete|entire|official) statement)"
    r"(?: (?:reads?|is|was|follows|below)| from (?P<by>[^\n:]{2,60}))?"
    r"(?: as follows)?\s?[:.]?$",
    re.IGNORECASE,
)
LONGEST = 100  # paragraphs of an issued statement
_ANNOUNCES = Phrases("following|full|below", "this ?* statement*|letter*|message*")
_FIRST_PERSON = frozenset("I we my our us me".split())


def find_issued(words: Words, quoted: Sequence[Quoted], paragraphs: Sequence[Span]) -> Iterator[Finding]:
    """A finding for each paragraph of each issued statement; its cue is the sentence's "released … statement"."""
    text = words.text
    outer = {paragraph_at(paragraphs, q.span.start): q for q in reversed(quoted) if q.level == 0}
    for number, paragraph in enumerate(paragraphs):
        found = next(reversed(list(_CUE.finditer(text, paragraph.start, paragraph.end))), None)
        title = _TITLE.match(text, paragraph.start, paragraph.end)
        if found is not None and _leads_on(text, found, paragraph):
            mention, cue = _subject(words, found), Span(*found.span())
            direct = text[found.end() : paragraph.end].rstrip()[-1:]
            said = _content(text, outer, paragraphs, number, direct == ":" or "following" in found.group().lower())
        elif title is not None:
            group = next((g for g in ("owner", "by", "pronoun") if title.group(g)), None)
            mention = Span(*title.span(group)) if group and title.group(group).lower() != "the" else None
            cue = Span(*title.span("cue"))
            said = _content(text, outer, paragraphs, number, True)
        else:
            continue
        for span in said:
            yield Finding(span, "issued", mention, cue, sure=0.9)


def _leads_on(text: str, found: re.Match[str], paragraph: Span) -> bool:
    """Whether the statement's words come in the next paragraph: the text says so and quotes nothing here."""
    rest = text[found.end() : paragraph.end]
    announced = _ANNOUNCES.stand_in(line_words(found.group()))
    last_sentence = re.search(r"[.!?]\s+[A-Z]", rest) is None
    return last_sentence and '"' not in rest and "“" not in rest and (announced or rest.rstrip().endswith(":"))


def _subject(words: Words, found: re.Match[str]) -> Span | None:
    """Who issued it, by the parse."""
    tokens = words.between(*found.span("verb"))
    subject = find_subject(tokens[0]) if tokens else None
    return noun_phrase(subject) if subject is not None else None


def _content(
    text: str, outer: Mapping[int, Quoted], paragraphs: Sequence[Span], number: int, open_ended: bool
) -> list[Span]:
    """The paragraphs after the announcing one: all of a quotation, else those that speak in the first person."""
    found: list[Span] = []
    for at in range(number + 1, min(number + 1 + LONGEST, len(paragraphs))):
        paragraph, quotation = paragraphs[at], outer.get(at)
        if quotation is not None and quotation.span.start == paragraph.start:
            if found and not quotation.carried:
                break
            found.append(quotation.span)
            if quotation.closed:
                break
        elif (
            quotation is None
            and open_ended
            and (not found or not _FIRST_PERSON.isdisjoint(plain_words(paragraph.of(text))))
        ):
            found.append(paragraph)
        else:
            break
    return found
