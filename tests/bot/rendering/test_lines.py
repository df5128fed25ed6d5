"""How much of a reply is somebody's words and how much is said about them, in lines on a phone and on a desktop."""

import re
import textwrap
from functools import cache
from pathlib import Path

import pytest

from bot.answers import Answer
from bot.asking import said
from bot.rendering.discord_layout import Page
from bot.rendering.discord_message import render_pages
from index.reading import read_source
from tests.attributors import as_shipped
from tests.bot.shelf import HeldInMemory

STORIES = Path(__file__).parents[2] / "pictures" / "stories.jsonl"
PHONE, DESKTOP = (36, 42), (60, 72)
"""Letters in a line of words and in a small line, as measured on pictures of both widths."""
_MARKUP = re.compile(r"\]\(<[^>]*>\)|[\[*]|^(?:> |-# )", re.MULTILINE)


@cache
def shelf() -> HeldInMemory:
    stories = list(read_source(str(STORIES)))
    found = as_shipped().attribute_all(stories)
    speakers = {speaker.id: speaker for one in found for speaker in one.speakers}
    return HeldInMemory(stories, [statement for one in found for statement in one.statements], speakers.values())


def lines_of(page: Page, wide: tuple[int, int]) -> tuple[int, int]:
    """Lines of what is said about the words, and of the words with how they came."""
    about = words = 0
    for line in filter(None, page.body.split("\n")):
        small, name = line.startswith("-# "), line.startswith("**") and not line.startswith("**✗")
        count = len(textwrap.wrap(_MARKUP.sub("", line), wide[small]))
        about, words = (about + count, words) if small or name else (about, words + count)
    return about, words


@pytest.mark.parametrize("wide", [PHONE, DESKTOP])
def test_five_quotations_have_no_more_lines_about_them_than_of_words(wide: tuple[int, int]) -> None:
    found = said(shelf(), "Idris Quayle")
    assert isinstance(found, Answer)
    [page] = render_pages(found, shelf()).pages
    assert len(page.utterances) == 5

    about, words = lines_of(page, wide)

    assert about <= words
