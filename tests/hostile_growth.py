"""Inputs made to be slow, growing, given to all that strangers reach: `python -m tests.hostile_growth [CHARACTERS]`.

It prints what takes more time than its size is worth: four times the input may take 2.3 times 2.3 times as long. Times
are the processor's, the least of several, and of the smaller size and the larger one in turn.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import count

from spacy.tokens import Doc

from bot.questions.exact import exact_forms
from index.errors import StoriesError
from index.reading.feeds import read_feed
from index.reading.pages import read_page
from index.reading.text import read_text
from index.search.passages import passages_of
from index.statements.extraction import attribute_parsed
from index.statements.parsing import Parser
from index.story import Story
from tests.hostile_libraries import library_works, name_of
from tests.sizes import tried

CHARACTERS = tried(6_000, 2_500)
"""Of the smaller input; the larger one has four times as many."""
TIMES, MOST_TIMES = 4, 2.3 * 2.3
TRIES = 15
WORTH_A_LOOK_S = 0.05
"""What takes less than this for the larger input is not weighed: the clock is not that fine."""
BLOCK = 1_000
"""Characters that are parsed: a longer text is the same parse over and over, as the parser works part by part."""
Work = Callable[[], object]

TEXTS: Mapping[str, str] = {
    "one name over and over": "John ",
    "quotations of one paragraph": "“The harbour is open,” he said. ",
    "quotations, each a paragraph": "“The harbour is open,” she said.\n\n",
    "labels and answers": "X: yes\n",
    "questions and answers": "Q. Is it open?\nA. It is open.\n",
    "questions on lines of their own": "We spoke to Ann Lee.\nIs it open?\nI am sorry.\n",
    "questions alone": "Is it open?\nI am.\n",
    "questions and answers with colons": "Q: Is it open?\nA: It is open.\n",
    "one speaker over and over": "“The harbour is open on monday,” said Ann Lee.\n\n",
    "indirect speech": "Ann Lee said that the harbour is open. ",
    "a sentence without end": "Ann Lee said that the harbour is open and ",
    "a verb over and over": "said ",
    "marks": "“a” ",
    "marks that open": "“a\n\n",
    "marks that open in one paragraph": "“a ",
    "typewriter marks": '"a ',
    "sources before": "According to Ann Lee, ",
    "sources behind": "The harbour is open, according to Ann Lee. ",
    "posts": "It is open. — Ann Lee (@annlee) March 2, 2017\n\n",
    "titles": "Mr. Lee and Mrs. Lee and President Lee, ",
    "roles": "Ann Lee, the president of the harbour, ",
    "short lines": "a\n",
    "short lines of names": "A\n",
    "names in a row": "Ann Lee, ",
    "pronouns": "he ",
    "owners": "his mother's ",
    "speakers who are pronouns": "They said. ",
    "quotations in quotations": "“He said ‘she said “it is”’” ",
    "turns": "ANN LEE: It is open.\n",
    "issued statements": "Ann Lee released the following statement:\n\n“I say it is open.”\n\n",
    "unnamed sources": "A spokesman said it is open. ",
    "items of a list": "- It is open, Ann Lee said.\n",
    "datelines": "LONDON (AP) — It is open.\n\n",
    "brackets": "(",
    "initials": "J. ",
    "bodies": "the Department of ",
    "possessives": "Lee's ",
    "dashes": "It is open — Ann Lee said — ",
    "one word": "a",
    "headlines": "Lee: It is open\n\n",
    "acronyms": "the Harbour Board (HB), ",
    "accounts": "@annlee ",
    "companies": "the company said. ",
    "bodies that begin with a title": "General Motors said. ",
    "titles that are given names": "Dean Lee said. ",
    "offices": "the mayor said. The Mayor, Ann Lee, ",
}
NAMED: Mapping[str, str] = {
    "speakers of many names": "“The harbour is open,” said {a} {b}.\n\n",
    "turns of many names": "{A} {B}: It is open.\n",
    "many people of one surname": "“The harbour is open,” said {a} Lee. ",
    "many accounts": "{a} Lee (@{a}lee) wrote. ",
    "many of one office": "Mayor {a} {b} spoke. The mayor said it is open. ",
    "many labels": "{a}: yes\n",
}
"""With a name of its own in each."""
PAGES: Mapping[str, tuple[str, str, str]] = {
    "attributes of one tag": ("<html><body><article><p ", "a{n}=1 ", "><p>{prose}</p></article></body></html>"),
    "line breaks": ("<html><body><article><p>{prose}</p>", "<br>", "</article></body></html>"),
    "paragraphs": ("<html><body><article>", "<p>It is open. ", "</article></body></html>"),
    "links": ("<html><body><article><p>{prose}", "<a href=x>a</a> ", "</article></body></html>"),
    "nested tags": ("<html><body><article><p>{prose}</p>", "<div>", "</article></body></html>"),
    "list items": ("<html><body><article><p>{prose}</p><ul>", "<li>a", "</ul></article></body></html>"),
    "table cells": ("<html><body><article><p>{prose}</p><table>", "<tr><td>a", "</table></article></body></html>"),
    "fields about the page": ("<html><head>", '<meta name="author" content="A{n} B">', "</head><p>{prose}</html>"),
    "data about the page": ("<html><head>", '<script type="application/ld+json">{{"a":{n}}}</script>', "<p>{prose}"),
    "tags that never end": ("<html><body><p>{prose}</p>", "<", ""),
    "entities": ("<html><body><p>{prose} ", "&amp;", "</p></body></html>"),
}
PROSE = (
    "The mayor said that the harbour will be shut on Monday, because of the storm, and people were told to go. " * 10
)


@dataclass(frozen=True)
class Trial:
    """One work on inputs of one kind; `of` prepares the work on an input of about so many characters."""

    name: str
    of: Callable[[int], Work]


def trials() -> Iterator[Trial]:
    """Everything that is tried."""
    for kind in (*TEXTS, *NAMED):
        yield Trial(f"extraction: {kind}", lambda size, kind=kind: _extraction(kind, size))  # type: ignore[misc]
        yield Trial(f"reading: {kind}", lambda size, kind=kind: _reading(kind, size))  # type: ignore[misc]
        yield Trial(f"understanding: {kind}", lambda size, kind=kind: _understanding(kind, size))  # type: ignore[misc]
    for kind in PAGES:
        yield Trial(f"a page: {kind}", lambda size, kind=kind: _page(kind, size))  # type: ignore[misc]
    yield Trial("a feed", _feed)
    for name, prepared in library_works():
        yield Trial(name, prepared)


def grown(kind: str, size: int) -> str:
    """A text of about so many characters."""
    unit = TEXTS.get(kind)
    if unit is not None:
        return unit * max(1, size // len(unit))
    unit, made = NAMED[kind], 0
    parts: list[str] = []
    for number in count():
        a, b = name_of(number), name_of(7 * number + 3)
        parts.append(unit.format(a=a, b=b, A=a.upper(), B=b.upper()))
        made += len(parts[-1])
        if made >= size:
            return "".join(parts)
    raise AssertionError


def slow_works(characters: int) -> Iterator[str]:
    """Each kind of input that takes longer than it is worth."""
    _parser()
    gc.collect()
    gc.freeze()  # the parser is not gone through again each time that garbage is collected
    for trial in trials():
        large = trial.of(TIMES * characters)
        longer = _seconds(large)
        if longer < WORTH_A_LOOK_S:
            continue
        small, shorter = trial.of(characters), float("inf")
        for _ in range(TRIES):
            shorter = min(shorter, _seconds(small))
            if longer < WORTH_A_LOOK_S or longer <= MOST_TIMES * shorter:
                break
            longer = min(longer, _seconds(large))
        else:
            yield f"{trial.name}: {longer / shorter:.1f} times as long ({longer:.2f} s)"


def _seconds(work: Work) -> float:
    """The processor's time, without that for collecting garbage, which goes with all that is held, as timeit has it."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    work()
    taken = time.process_time() - start
    gc.enable()
    return taken


@cache
def _parser() -> Parser:
    return Parser.load()


@cache
def _block(kind: str) -> Doc:
    """What a text of this kind repeats, parsed: the same for every size."""
    return _parser().parse(f"{grown(kind, BLOCK)}\n")


def _extraction(kind: str, size: int) -> Work:
    if kind in NAMED:
        doc = _parser().parse(grown(kind, size // 2))
    else:
        block = _block(kind)
        doc = Doc.from_docs([block] * (size // BLOCK), ensure_whitespace=False) or block
    story = Story("s", doc.text)
    return lambda: attribute_parsed(story, doc, ())


def _reading(kind: str, size: int) -> Work:
    text = grown(kind, 4 * size)

    def work() -> None:
        with suppress(StoriesError):
            passages_of(read_text(text))

    return work


def _understanding(kind: str, size: int) -> Work:
    text = grown(kind, min(size, 8_000))
    return lambda: exact_forms(text)


def _page(kind: str, size: int) -> Work:
    before, unit, behind = PAGES[kind]
    numbered = (unit.format(n=number) for number in range(4 * size // len(unit)))
    raw = (before.format(prose=PROSE) + "".join(numbered) + behind.format(prose=PROSE)).encode()

    def work() -> None:
        with suppress(StoriesError):
            read_page(raw)

    return work


def _feed(size: int) -> Work:
    items = "".join(f"<item><title>T{at}</title><link>https://a.org/{at}</link></item>" for at in range(size // 50))
    raw = f"<rss><channel>{items}</channel></rss>".encode()
    return lambda: read_feed(raw, "https://a.org/feed")


if __name__ == "__main__":
    for line in slow_works(next((int(given) for given in sys.argv[1:] if given.isdecimal()), CHARACTERS)):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()
