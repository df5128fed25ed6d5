"""A reply as pages: nothing on them is cut."""

from dataclasses import replace

import pytest

from bot.rendering.discord_layout import PAGE_MAX, fitted_lines
from bot.rendering.discord_stories import render_story
from tests.bot.discord_side.shelf import FakeShelf, one_statement


@pytest.mark.parametrize(
    ("items", "besides", "shown", "more"),
    [
        (["one", "two"], 0, 2, 0),
        (["one", "two"], 3, 2, 3),
        ([f"{number:02}" + "x" * 298 for number in range(9)], 0, 6, 3),
        (["x" * 120 + "\n" + "y" * 120] * 9, 4, 7, 6),
        (["x" * PAGE_MAX], 0, 0, 1),
    ],
)
def test_a_list_has_whole_items_and_the_number_of_those_left_out(
    items: list[str], besides: int, shown: int, more: int
) -> None:
    last = [f"-# and {more} more"] if more else []
    assert fitted_lines("**All**", items, besides=besides) == "\n".join(["**All**", *items[:shown], *last])
    assert len(fitted_lines("**All**", items, besides=besides)) <= PAGE_MAX


def test_a_story_below_a_long_title_is_shown_whole() -> None:
    text, long = "_" * 3_000, "*" * 160
    [story] = one_statement(text, url="https://news.example/" + "a" * 270).stories
    shelf = FakeShelf((replace(story, text=text, title=long, source=long, author=long),), (), ())
    pages = render_story(shelf.stories[0], shelf).pages
    assert sum(page.body.count("\\_") for page in pages) == len(text)
    assert all(len(page.body) <= PAGE_MAX for page in pages)
