"""`python -m tests.index.reading.mangled_files [COUNT]`: files of each kind that chance has mangled, and how they are read.

Reads 2,000 of each kind; prints what became of them, the slowest of each and the most memory that the process had by
then, and ends with 1 where one raised anything but a refusal, or took longer than 2 seconds of the process's own time.
"""

import json
import random
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from time import process_time

from index.errors import StoryUnreadable
from index.reading.feeds import read_feed
from index.reading.files import Kind, read_document
from index.reading.pages import read_page
from index.reading.text import decoded, read_text
from tests.index.reading.mangled import LONGEST_S, PAGE, mangled
from tests.index.reading.pdfs import pdf

COUNT = 2_000
LINES = [
    (72.0, 700.0 - 14 * at, 11.0, f"Line {at} of the report says what the council did about the roof and")
    for at in range(20)
]
LETTER = (
    b"From: =?utf-8?q?Orley_Press?= <p@orley.example>\r\nSubject: The depot\r\nDate: Tue, 14 May 2024 23:30:00 -0400\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n'
    b"\r\nThe council met on Tuesday night to decide the future of the depot.\r\n--b\r\nContent-Type: text/html\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>The council met on Tuesday=20night.</p>\r\n--b--\r\n"
)
CAPTIONS = "WEBVTT\n\n" + "\n\n".join(
    f"{at}\n00:00:{at:02}.000 --> 00:00:{at + 1:02}.000\n<v Fay Lund>We have listened to the people, {at}."
    for at in range(30)
)
SUBTITLES = CAPTIONS.removeprefix("WEBVTT\n\n").replace(".000", ",000").replace("<v Fay Lund>", "FAY LUND: ")
TRANSCRIPT = "The meeting\n\n" + "\n\n".join(
    f"{'Fay Lund' if at % 2 else 'Ed Vane'}  0:{at:02}\nWe have listened to the people, {at}." for at in range(30)
)
FEED = (
    b'<?xml version="1.0"?><rss><channel>' + b"<item><link>/a</link><title>A</title></item>" * 20 + b"</channel></rss>"
)
SITEMAP = b'<?xml version="1.0"?><urlset>' + b"<url><loc>https://a.org/a</loc></url>" * 20 + b"</urlset>"
ATOM = b'<feed xml:base="https://a.org/">' + b'<entry><link href="a"/><id>tag:a</id></entry>' * 20 + b"</feed>"
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": f"https://a.org/{at}"} for at in range(20)]}
).encode()


def _word() -> bytes:
    from docx import Document

    document = Document()
    for at in range(20):
        document.add_paragraph(f"Paragraph {at} says what the council did about the roof.")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _with_other_words(content: bytes, chance: random.Random) -> bytes:
    """A Word document of which the words alone are mangled, so that its XML stays XML."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                words = mangled(b"what the council did about the roof.", chance).decode("utf-8", "ignore")
                kept = "".join(one for one in words if one.isprintable() and one not in "<>&").encode()
                part = part.replace(b"what the council", kept, chance.randrange(1, 20))
                part = part.replace(b"</w:p><w:p>", b"", chance.randrange(3))
            new.writestr(name, part)
    return out.getvalue()


def _repacked(content: bytes, chance: random.Random) -> bytes:
    """A Word document of which the text, and not the archive around it, is mangled."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mangled(part, chance) if name == "word/document.xml" else part)
    return out.getvalue()


def _read(kind: Kind) -> Callable[[bytes], object]:
    return lambda raw: list(read_document(raw, kind, None, name=kind))


READERS: Mapping[str, Callable[[bytes], object]] = {
    "pdf": _read("pdf"),
    "docx": _read("docx"),
    "docx, its text": _read("docx"),
    "docx, its words": _read("docx"),
    "eml": _read("eml"),
    "mbox": _read("mbox"),
    "vtt": _read("captions"),
    "srt": _read("captions"),
    "transcript": lambda raw: read_text(decoded(raw)),
    "rss": lambda raw: read_feed(raw, "https://a.org/feed"),
    "atom": lambda raw: read_feed(raw, "https://a.org/feed"),
    "sitemap": lambda raw: read_feed(raw, "https://a.org/feed"),
    "json feed": lambda raw: read_feed(raw, "https://a.org/feed"),
    "page": lambda raw: read_page(raw, "x"),
}


INSIDE: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "docx, its text": _repacked,
    "docx, its words": _with_other_words,
}
"""Kinds of which what is packed is mangled, and not the archive around it."""


@dataclass(slots=True)
class Outcome:
    """What became of the files of one kind."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    errors: list[str] = field(default_factory=list)


def outcome_of(kind: str, count: int) -> Outcome:
    """What became of so many mangled files of a kind."""
    whole = {
        "pdf": pdf([LINES, LINES], title="A report"),
        "eml": LETTER,
        "mbox": b"From p@orley.example Tue May 14 23:30:00 2024\n" + LETTER.replace(b"\r\n", b"\n"),
        "vtt": CAPTIONS.encode(),
        "srt": SUBTITLES.encode(),
        "transcript": TRANSCRIPT.encode(),
        "rss": FEED,
        "atom": ATOM,
        "sitemap": SITEMAP,
        "json feed": JSON_FEED,
        "page": PAGE.encode(),
    }.get(kind) or _word()
    outcome = Outcome()
    for number in range(count):
        chance = random.Random(number)
        content = INSIDE.get(kind, mangled)(whole, chance)
        began = process_time()
        try:
            READERS[kind](content)
            outcome.counts["read"] += 1
        except StoryUnreadable:
            outcome.counts["refused"] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            outcome.errors.append(f"{number}: {error!r}"[:200])
        outcome.slowest_s = max(outcome.slowest_s, process_time() - began)
    return outcome


def main() -> int:
    """Reads everything, and prints what came of it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    good = True
    for kind in READERS:
        outcome = outcome_of(kind, count)
        good &= not outcome.errors and outcome.slowest_s <= LONGEST_S
        memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told = f"slowest {outcome.slowest_s:.2f} s, {memory_mb} MB {outcome.errors[:3]}"
        sys.stdout.write(f"{kind}: {dict(outcome.counts)}, {told}\n")
        sys.stdout.flush()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
