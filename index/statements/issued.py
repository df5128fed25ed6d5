"""Issued statements: "X released the following statement:" and the paragraphs that are its words; and posts quoted in a
story: "text — Name (@handle) March 2, 2017", "@handle: text", "Name (@handle): text"."""

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
_HANDLE = r"@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,60}[A-Za-z0-9_])?(?:@[A-Za-z0-9.-]{1,60}[A-Za-z0-9])?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:, ?\d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|\d{{4}}-\d\d-\d\d)"
_BYLINE = re.compile(
    rf"(?:[—–―]|--|(?<=\s)-|&[mn]dash;)\s?(?P<name>[^\s@(—–<>][^@()\n—–<>]{{0,60}}?)\s?"
    rf"(?P<cue>\(\s?{_HANDLE}\s?\)(?:[ ,·]*(?:on )?{_DAY})?)"
)
_LABEL = re.compile(
    rf"\.?(?P<name>(?:[A-Z][\w.'’-]*[ \u00a0]){{1,4}})?(?P<handle>\(?{_HANDLE}\)?)"
    rf"(?:\s?[·,]?\s?(?:on )?{_DAY})?\s?(?P<cue>:)\s+(?=\S)"
)
_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/|t\.co/)\S")
_TAG = re.compile(r"</?\w[^<>\n]{0,200}>")


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


def find_posts(text: str, paragraphs: Sequence[Span]) -> Iterator[Finding]:
    """A finding for each post, whose mention is the name or handle and whose cue the byline around it."""
    for number, paragraph in enumerate(paragraphs):
        low = paragraph.start
        for byline in _BYLINE.finditer(text, paragraph.start, paragraph.end):
            before = paragraphs[number - 1] if number else None
            words = _words_of_post(text, low, byline.start())
            if words is None and low == paragraph.start and before is not None:
                words = _words_of_post(text, before.start, before.end)
            low = byline.end()
            if words is not None:
                mention, cue = Span(*byline.span("name")), Span(*byline.span("cue"))
                yield Finding(words, "post", mention, cue, sure=0.95)
        label = _LABEL.match(text, paragraph.start, paragraph.end)
        if label and low == paragraph.start:
            words = _words_of_post(text, label.end(), paragraph.end)
            if words is not None:
                named = label.span("name") if label.group("name") else label.span("handle")
                mention = Span(named[0], named[1] - (text[named[1] - 1].isspace()))
                yield Finding(words, "post", mention, Span(*label.span("cue")), sure=0.9)


def _words_of_post(text: str, start: int, end: int) -> Span | None:
    """The post's own words: without markup before them and without the links at their end."""
    start = max(
        (tag.end() for tag in _TAG.finditer(text, start, end) if not tag.group().startswith("</")), default=start
    )
    closing = _TAG.search(text, start, end)
    end = closing.start() if closing else end
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = _links_start(text, start, end)
    end = start + len(text[start:end].rstrip())
    return Span(start, end) if any(map(str.isalnum, text[start:end])) else None


def _links_start(text: str, start: int, end: int) -> int:
    """Where the links begin that a stretch ends with; its end where it ends with none."""
    for word in reversed(text[start:end].split()):
        link = _LINK.search(word)
        if link is None:
            return end
        end = text.rindex(word, start, end) + link.start()
        if link.start():
            return end
    return end
