"""Mangled pages and texts: whatever comes in, there is a story or one kind error, soon."""

import json
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from index.errors import StoryUnreadable
from index.passages import passages_of
from index.reading import read_source
from index.reading.jsonl import read_lines
from index.reading.pages import read_page
from index.reading.sources import _read_raw_text
from index.story import Story
from tests.index.test_reading import PAGE

TEXTS, PAGES = 8_000, 2_000
LONGEST_S = 2.0
PIECES = (
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"<", b">", b"</", b"<p>", b"<!--", b"&#x110000;", b"&"),
    *(b"\n", b"\r", b"\xe2\x80\x9c", b"\xe2\x80\xa8", b"<script>", b"<table><tr>", b"(", b")", b"--"),
    *(b"date 9999-99-99", b'"', b"<svg>", b"\\ud800", b"{", b"[", "Ж".encode("cp1251"), b"\x1b[31m", b"a" * 700),
    *(b"<![CDATA[", b"charset=utf-7", b"<title>"),
)


def mangled(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 8)):
        content = mangled_once(content, chance)
    return content[:50_000]


def mangled_once(content: bytes, chance: random.Random) -> bytes:
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


def checked(story: Story) -> None:
    """Its passages cover its words, and it can be stored."""
    covered = "".join(passage.span.of(story.text) for passage in passages_of(story))
    assert [c for c in covered if not c.isspace()] == [c for c in story.text if not c.isspace()]
    story.text.encode("utf-8")


def test_mangled_texts_are_read_or_refused(seed_path: Path) -> None:
    seed = seed_path.read_bytes()
    line = json.dumps({"id": "a", "date": "2020-01-01", "author": ["x"], "text": seed.decode()}).encode()
    refused: list[StoryUnreadable] = []
    for number in range(TEXTS):
        chance = random.Random(number)
        began = time.process_time()
        if number % 4 == 0:
            stories = list(read_lines([mangled(line, chance)], "lines", refused.append))
        else:
            try:
                stories = [_read_raw_text(mangled(seed[: chance.randrange(20, 1500)], chance), None, "text")]
            except StoryUnreadable as error:
                stories = []
                refused.append(error)
        if number % 10 == 0:
            for story in stories:
                checked(story)
        assert time.process_time() - began < LONGEST_S
    assert 100 < len(refused) < TEXTS / 2


def test_mangled_pages_are_read_or_refused() -> None:
    refused = 0
    for number in range(PAGES):
        chance = random.Random(number)
        began = time.process_time()
        try:
            checked(read_page(mangled(PAGE.encode(), chance), "x"))
        except StoryUnreadable:
            refused += 1
        assert time.process_time() - began < LONGEST_S
    assert refused < PAGES / 2


@pytest.mark.parametrize(
    "content",
    [
        b"<html>" + b"<div>" * 100_000 + b"words",
        b"<html><body>" + b"<b><i>" * 50_000 + b"words" + b"</i></b>" * 50_000,
        b"<html><p>" + b"word " * 400_000,
        b"<html>" + b"<p>" * 50_000 + b"words",
        b"<html>" + b"<a href='" * 100_000,
        b"<html><!--" + b"-" * 500_000,
        b"<html>" + b"&lt;" * 200_000,
        b"\x00" * 100_000,
        "<html>\ud800</html>".encode("utf-8", "surrogatepass"),
        b"<html>" + b"a" * 11_000_000,
    ],
    ids=["deep", "closed", "long", "paragraphs", "attribute", "comment", "entities", "nul", "surrogate", "large"],
)
def test_a_monstrous_page_is_read_or_refused_soon(content: bytes) -> None:
    began = time.process_time()
    with suppress(StoryUnreadable):
        checked(read_page(content, "x"))
    assert time.process_time() - began < LONGEST_S * 2


@pytest.mark.parametrize("name", ["line.txt", "line.jsonl", "line.html"])
def test_a_line_of_ten_megabytes_is_read_or_refused_soon(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"words " * 1_800_000)
    began = time.process_time()
    with pytest.raises(StoryUnreadable, match=r"longer than|JSON"):
        list(read_source(str(tmp_path / name)))
    assert time.process_time() - began < LONGEST_S


@pytest.mark.parametrize(
    "text", ["word " * 200_000, "A. " * 150_000, "“" * 250_000, "x" * 500_000, "a\n" * 100_000, "U.S. " * 100_000]
)
def test_a_long_text_is_cut_soon(text: str) -> None:
    began = time.process_time()
    checked(Story("x", text))
    assert time.process_time() - began < LONGEST_S * 2
