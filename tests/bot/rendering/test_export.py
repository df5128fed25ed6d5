"""A speaker's statements as a file, with the place of each piece."""

import csv
from dataclasses import replace
from io import StringIO

from bot.rendering.export import exported
from tests.bot.discord_side.shelf import FakeShelf, one_statement


def rows(shelf: FakeShelf) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(exported(shelf.statements(), shelf, "csv"), newline="")))


def test_the_first_words_of_a_story_begin_at_0_in_its_first_paragraph() -> None:
    (row,) = rows(one_statement("“Nobody expected the rain.”"))
    assert (row["start"], row["end"], row["paragraph"], row["version"]) == ("0", "27", "0", "1")


def test_what_is_not_known_is_an_empty_cell() -> None:
    shelf = one_statement("“Nobody expected the rain.”")
    (row,) = rows(replace(shelf, stories=(replace(shelf.stories[0], source=None, date=None),)))
    assert (row["outlet"], row["date"], row["url"], row["addressee"]) == ("", "", "", "")
