"""The few forms that need no model: each means one thing, and nothing else has them."""

import pytest

from bot.questions.exact import bare, exact_forms


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("what did Ryan say?", "Ryan"),
        ("What has the house speaker said", "the house speaker"),
        ("hey, what did Nancy Pelosi say please", "Nancy Pelosi"),
        ("quotes from Warren", "Warren"),
        ("everything she said", "she"),
        ("@SenWarren", "@SenWarren"),
        ("and Pelosi?", "Pelosi"),
        ("what about Warren", "Warren"),
    ],
)
def test_all_of_somebodys_words(question: str, who: str) -> None:
    assert [(form.wanted, form.who) for form in exact_forms(question)] == [("said", who)]


@pytest.mark.parametrize(
    "question",
    [
        "what did Ryan say about the deal?",
        "did Ryan say anything?",
        "I want to know what Ryan said",
        "who said the deal is off?",
        "what did they do, and what did Ryan say?" + " please" * 30,
        "",
        "???",
    ],
)
def test_what_is_left_to_the_reader(question: str) -> None:
    assert not exact_forms(question)


@pytest.mark.parametrize(
    ("question", "wanted", "part", "number", "detail"),
    [
        ("who wrote this?", "header", "author", None, None),
        ("when was the story published", "header", "date", None, None),
        ("list the stories", "stories", None, None, None),
        ("what's new?", "stories", None, None, None),
        ("which outlets do you have?", "stories", None, None, None),
        ("who speaks in the story?", "speakers", None, None, None),
        ("tldr", "summary", None, None, None),
        ("who else?", "others", None, None, None),
        ("the second one", "nth", None, 2, None),
        ("the last quote", "nth", None, -1, None),
        ("in which story?", "which-story", None, None, None),
        ("to whom?", "detail", None, None, "to-whom"),
    ],
)
def test_a_story_and_what_was_shown(
    question: str, wanted: str, part: str | None, number: int | None, detail: str | None
) -> None:
    form = exact_forms(question)[0]
    assert (form.wanted, form.part, form.number, form.detail) == (wanted, part, number, detail)


def test_markup_courtesies_and_marks_are_no_part_of_a_question() -> None:
    assert bare("<@123> hey, please what did Ryan say?!  thanks!!") == "what did Ryan say"


@pytest.mark.parametrize("question", ["who is Wade?", "who's Ann Wade", "whos wade", "who Wade is"])
def test_who_somebody_is_asks_for_none_of_their_words(question: str) -> None:
    assert not [form for form in exact_forms(question) if form.wanted == "said"]
