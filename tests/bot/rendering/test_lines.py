"""How much of a reply is somebody's words and how much is said about them, in lines on a phone and on a desktop."""

import re
import textwrap
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.answers import Answer
from bot.asking import said
from bot.rendering.discord_letter import Page
from bot.rendering.discord_message import render_pages
from bot.rendering.discord_stories import render_context
from bot.rendering.discord_utterance import name_markdown, story_markdown
from index.reading import read_source
from index.story import MEMBER, Speaker, Story
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


LONG = "chairwoman of the joint select committee on the future of the northern ferries and their harbours"


def with_role(name: str, role: str) -> HeldInMemory:
    """The same stories, with another role for somebody."""
    held = shelf()
    people = [replace(one, roles=(role,)) if one.name == name else one for one in held.speakers()]
    return HeldInMemory(held.stories, held.statements(), people)


@pytest.mark.parametrize("wide", [PHONE, DESKTOP])
def test_a_long_role_adds_a_line_at_most_and_stands_whole_in_the_context(wide: tuple[int, int]) -> None:
    held = with_role("Idris Quayle", LONG)
    found = said(held, "Idris Quayle")
    assert isinstance(found, Answer)
    [page] = render_pages(found, held).pages

    about, words = lines_of(page, wide)

    assert about <= words
    assert "**Idris Quayle** · chairwoman of the joint select committee on the…\n" in page.body
    assert render_context(page, held).pages[0].body.startswith(f"**Idris Quayle** · {LONG}\n")


def test_a_role_that_is_shown_whole_is_not_said_again_in_the_context() -> None:
    found = said(shelf(), "Idris Quayle")
    assert isinstance(found, Answer)
    [page] = render_pages(found, shelf()).pages
    assert "Quayle** ·" not in render_context(page, shelf()).pages[0].body


@pytest.mark.parametrize(
    "name", ["Al Ito", "Idris Quayle", "Professor Wilhelmina Featherstonehaugh-Cholmondeley", "X" * 90]
)
@pytest.mark.parametrize("role", ["mayor", "county's transport secretary", LONG, "W" * 300])
def test_a_name_with_its_role_takes_two_lines_of_a_phone_at_most(name: str, role: str) -> None:
    line = _MARKUP.sub("", name_markdown(Speaker("one", name, roles=(role,))))
    assert len(textwrap.wrap(line, PHONE[0])) <= 2


def test_a_source_with_a_long_description_still_says_that_it_is_not_named() -> None:
    shown = name_markdown(Speaker("one", f"a {LONG}", "unnamed"))
    assert shown == "**a chairwoman of the joint select committee on… (not named)**"


@pytest.mark.parametrize("outlet", [None, "BBC", "The Northern Islands Advertiser and Shipping Gazette"])
@pytest.mark.parametrize("name", ["one", f"{MEMBER}one"])
def test_what_is_known_of_a_story_never_takes_four_lines_of_a_phone(name: str, outlet: str | None) -> None:
    story = Story(name, LONG * 2, title=LONG * 2, source=outlet, date=date(2024, 9, 11))
    line = _MARKUP.sub("", story_markdown(story, "en", "looks cut off"))
    assert len(textwrap.wrap(line, PHONE[1])) <= 3
