"""A quotation as given against the story's words, word by word."""

import pytest

from bot.rendering.discord_difference import difference, quotation_given

STORED = "“No one is above the law, and no one ever was.”"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("No one is above the rules", "No one is above the ~~rules~~ **law**"),
        ("no one is really above the law", "no one is ~~really~~ above the law"),
        ("No one above the law", "No one **is** above the law"),
        (
            "Nobody stands above the law and no one ever was",
            "~~Nobody stands~~ **one is** above the law and no one ever was",
        ),
    ],
)
def test_wrong_words_are_struck_out_and_the_storys_are_bold(given: str, shown: str) -> None:
    assert difference(given, STORED) == shown


def test_words_that_have_nothing_in_common_are_not_set_side_by_side() -> None:
    assert difference("pigs can fly", STORED) is None


def test_what_was_given_is_shown_as_text() -> None:
    shown = difference("No one is above the <@123> **law**", STORED)

    assert shown is not None
    assert "\\<\\@123\\>" in shown


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("did Sessions say “no one is above the rules”?", "no one is above the rules"),
        ("no one is above the rules", "no one is above the rules"),
        ("did Sessions say that no one is above the rules?", None),
    ],
)
def test_the_quotation_is_what_stands_in_marks_or_all_that_was_given(question: str, given: str | None) -> None:
    assert quotation_given(question) == given
