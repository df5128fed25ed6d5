"""How old somebody is, where a story says so, and whose age it is."""

import pytest

from bot.answering.ages import aged, find_age, name_asked
from index.story import Span


def told(name: str, text: str) -> str | None:
    found = find_age(tuple(name.split()), text, Span(0, len(text)))
    return found.of(text) if found else None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Berg", "Berg, 21, had come late."),
        ("Ann Lee", "The driver, Ann Lee, now 21, was in court."),
        ("Ann Lee", "It was Ann Lee (21) who won."),
        ("Ann Lee", "Ann Lee is 21, and lives here."),
        ("Ann Lee", "The 21-year-old Kelby driver Ann Lee won."),
        ("Lee", "Ann Lee, a 21-year-old driver, won."),
        ("Lee", "A: Ann Lee. She is 21, she is good."),
        ("Ann Lee", "Ann Lee, who turned 21, won."),
    ],
)
def test_an_age_beside_a_name_is_theirs(name: str, text: str) -> None:
    assert told(name, text) == "21"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Tom Berg", "Berg, who left after 21 years, won."),
        ("Tom Berg", "Ann Lee, 21, met Berg."),
        ("Tom Berg", "Berg said the 21-year-old would be out."),
        ("Tom Berg", "Tom Berg met Ann Lee. She is 21, he said."),
        ("Tom Berg", "Jack Berg, 21, had come late."),
        ("Tom Berg", "Jack Berg came late. Berg, 21, was ill."),
        ("Tom Berg", "Tom Berg paid 21, 22 and 23 people."),
    ],
)
def test_an_age_of_somebody_else_is_not(name: str, text: str) -> None:
    assert told(name, text) is None


def test_a_last_name_alone_is_the_person_who_had_it_last() -> None:
    text = "Jack Berg came late. Tom Berg did not. Berg, 21, was ill."
    assert told("Tom Berg", text) == "21"
    assert told("Jack Berg", text) is None


@pytest.mark.parametrize(
    ("question", "whose"),
    [
        ("how old is Tom Berg?", "Tom Berg"),
        ("How old is he now?", "he"),
        ("what is Berg's age?", "Berg"),
        ("what was the age of the driver", "driver"),
        ("how old was Berg when he won?", None),
        ("who died at the age of 95?", None),
    ],
)
def test_whose_age_is_asked(question: str, whose: str | None) -> None:
    assert aged(question) == whose


def test_a_name_typed_small_is_one_where_the_stories_never_write_it_so() -> None:
    texts = ["Tom Berg saw the fish. Fish are old."]
    assert name_asked("tom berg", texts) == ("Tom", "Berg")
    assert name_asked("the fish", texts) == ()
    assert name_asked("Mr Berg", texts) == ("Berg",)
