"""Mangled pages and texts, and how long the slowest of them takes to be read.

Run it as `python -m tests.index.reading.mangled [COUNT]`.

Reads 10,000 that chance has mangled and the monstrous ones written by hand; prints what became of them and the slowest,
and ends with 1 where one took longer than 2 seconds of the process's own time. What cannot be read has to be refused.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from index.errors import StoryUnreadable
from index.reading import read_source, read_text
from index.reading.header import about_spans
from index.reading.jsonl import read_lines
from index.reading.pages import read_page
from index.reading.text import decoded
from index.search.passages import passages_of
from index.story import Story
from tests.sizes import tried

COUNT = 10_000
LONGEST_S = 2.0
SEED = next((Path(__file__).parents[3] / "seeds").glob("*.txt"))
DATA = {
    "@graph": [
        {"@type": "NewsArticle", "headline": "Bridge to reopen", "wordCount": 60, "author": {"name": "Jane Doe"}},
        {"@type": "Organization", "name": "The Courier"},
    ]
}
PAGE = f"""<!DOCTYPE html><html><head><title>Bridge to reopen | The Courier</title><meta charset="utf-8">
<meta property="og:title" content="Bridge to reopen in spring"><meta property="og:site_name" content="The Courier">
<script type="application/ld+json">{json.dumps(DATA)}</script>
<meta name="author" content="Jane Doe"><meta property="article:published_time" content="2021-03-04T10:00:00Z"></head>
<body><nav>Home News Sport</nav><article><h1>Bridge to reopen in spring</h1>
<p>The bridge over the river will reopen in the spring, the council said on Thursday after a long debate.</p>
<p>“We are glad that it is done,” said Mayor Ana Ruiz. “It took longer than anybody wanted it to take.”</p>
<p>Work on the bridge began two years ago, after an inspection found cracks in three of its nine pillars.</p>
</article><footer>All rights reserved</footer></body></html>"""
PIECES = (
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"<", b">", b"</", b"<p>", b"<!--", b"&#x110000;", b"&"),
    *(b"\n", b"\r", b"\xe2\x80\x9c", b"\xe2\x80\xa8", b"<script>", b"<table><tr>", b"(", b")", b"--"),
    *(b"date 9999-99-99", b'"', b"<svg>", b"\\ud800", b"{", b"[", "Ж".encode("cp1251"), b"\x1b[31m", b"a" * 700),
    *(b"<![CDATA[", b"charset=utf-7", b"<title>", b'<script type="application/ld+json">', b'"@type":"NewsArticle",'),
)
MONSTERS: dict[str, bytes] = {
    "a.html: elements nested 100,000 deep": b"<html>" + b"<div>" * 100_000 + b"words",
    "a.html: elements nested and closed": b"<html><body>" + b"<b><i>" * 50_000 + b"words" + b"</i></b>" * 50_000,
    "a.html: a long paragraph": b"<html><p>" + b"word " * 400_000,
    "a.html: many paragraphs": b"<html>" + b"<p>" * tried(50_000, 20_000) + b"words",
    "a.html: attributes that never end": b"<html>" + b"<a href='" * 100_000,
    "a.html: a comment that never ends": b"<html><!--" + b"-" * 500_000,
    "a.html: entities": b"<html>" + b"&lt;" * 200_000,
    "a.html: half a character": "<html>\ud800</html>".encode("utf-8", "surrogatepass"),
    "a.html: eleven million letters": b"<html>" + b"a" * 11_000_000,
    "a.html: data nested 100,000 deep": b'<html><script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "a.html: scripts that never end": b'<html><script type="application/ld+json">' * 20_000,
    "a.html: two encodings": "<html><p>Köln, Übermut".encode() + " schöne Bücher".encode("cp1252") + b"</p>",
    "a.html: an encoding that there is none of": b"<html><meta charset=klingon><p>The river rose.</p>",
    "a.html: two bytes a letter, said to be one": "<html><meta charset=utf-8><p>The river rose.".encode("utf-16"),
    "a.txt: NUL": b"\x00" * 100_000,
    "a.txt: words between NULs": b"The river rose.\x00\x00 It fell.",
    "a.txt: half a character": "The river \ud800 rose.".encode("utf-8", "surrogatepass"),
    "a.txt: three encodings": "Köln ".encode() + "Übermut ".encode("cp1252") + "Река".encode("cp1251"),
    "a.txt: a line of ten megabytes": b"words " * 1_800_000,
    "a.html: a line of ten megabytes": b"<html>" + b"words " * 1_800_000,
    "a.jsonl: a line of ten megabytes": b'{"text": "' + b"words " * 1_800_000 + b'"}',
    "a.jsonl: data nested 100,000 deep": b'{"text": ' + b"[" * 100_000,
    "a.jsonl: half a character": b'{"text": "The river \\ud800 rose."}',
    "a.txt: words without an end": b"word " * 200_000,
    "a.txt: sentences of a letter": b"A. " * 150_000,
    "a.txt: quotation marks": "“".encode() * 250_000,
    "a.txt: one word": b"x" * 500_000,
    "a.txt: lines of a letter": b"a\n" * tried(100_000, 40_000),
    "a.txt: abbreviations": b"U.S. " * 100_000,
}
"""What somebody might send to stop a reader, by the name of a file to put it in and what it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, the stories that it gave (none where it was refused), and how long that took."""

    what: str
    stories: tuple[Story, ...]
    seconds: float


def mangled(content: bytes, chance: random.Random) -> bytes:
    """The content with one to seven changes by chance."""
    for _ in range(chance.randrange(1, 8)):
        content = _mangled_once(content, chance)
    return content[:50_000]


def _mangled_once(content: bytes, chance: random.Random) -> bytes:
    at, to = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
    match chance.randrange(4):
        case 0:
            return content[:at] + chance.choice(PIECES) + content[at:]
        case 1:
            return content[:at] + content[min(to, at + 60) :]
        case 2:
            return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
        case _:
            return content[:to] + content[at:to] + content[to:]


def readings(count: int) -> Iterator[Reading]:
    """So many mangled texts, lines of JSON and pages, in turn, each read."""
    seed = SEED.read_bytes()
    line = json.dumps({"id": "a", "date": "2020-01-01", "author": ["x"], "text": seed.decode()}).encode()
    for number in range(count):
        chance = random.Random(number)
        kind = ("text", "page", "line", "text", "text")[number % 5]
        came = {"text": seed[: chance.randrange(20, 1500)], "page": PAGE.encode(), "line": line}[kind]
        yield read(f"{kind} {number}", kind, mangled(came, chance))


def read(what: str, kind: str, content: bytes) -> Reading:
    """The content read as a text, a page or a line, and cut into passages."""
    began = process_time()
    stories: tuple[Story, ...] = ()
    try:
        if kind == "line":
            stories = tuple(read_lines([content], "lines", lambda _: None))
        else:
            stories = (read_page(content, "x") if kind == "page" else read_text(decoded(content)),)
    except StoryUnreadable:
        pass
    for story in stories:
        check(story)
    return Reading(what, stories, process_time() - began)


def monstrous(what: str, folder: Path) -> Reading:
    """One of the monsters as a file, read and cut into passages."""
    path = folder / what.partition(":")[0]
    path.write_bytes(MONSTERS[what])
    began = process_time()
    stories = tuple(read_source(str(path), unreadable=lambda _: None))
    for story in stories:
        check(story)
    return Reading(what, stories, process_time() - began)


def check(story: Story) -> None:
    """That its passages cover its words once, but for the lines about the story itself, and that it can be stored."""
    passages = [passage.span for passage in passages_of(story)]
    assert all(before.end <= after.start for before, after in pairwise(passages))
    at = 0
    for span in sorted((*passages, *about_spans(story.text, story.title))):
        assert not story.text[at : span.start].strip()
        at = max(at, span.end)
    assert not story.text[at:].strip()
    story.text.encode("utf-8")


def main() -> int:
    """Reads everything, and prints what came of it and the slowest."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    done = list(readings(count))
    with TemporaryDirectory() as folder:
        done += [monstrous(what, Path(folder)) for what in MONSTERS]
    outcomes = Counter("read" if reading.stories else "refused" for reading in done)
    slowest = sorted(done, key=lambda reading: -reading.seconds)[:5]
    sys.stdout.write(f"{len(done)} mangled: {outcomes['read']} read, {outcomes['refused']} refused; slowest ")
    sys.stdout.write(", ".join(f"{reading.seconds:.2f} s ({reading.what})" for reading in slowest) + "\n")
    return 0 if slowest[0].seconds <= LONGEST_S else 1


if __name__ == "__main__":
    sys.exit(main())
