"""Which body is meant by a noun alone: "the charity", "the agency", "the school"; and by what ends no phrase."""

import pytest

from tests.index.statements.casting import names

RAIN = "It rained on Monday.\n\nIt rained on Tuesday.\n\nNobody was hurt.\n\n"


def test_a_noun_for_a_body_is_the_only_one_that_has_it_in_its_name_however_far_back() -> None:
    text = f"The University of Orley found a stone. {RAIN * 2}The stone is old, the university said."
    assert names(text, "the university said") == ["University of Orley"]


@pytest.mark.parametrize(
    ("noun", "meant"),
    [("school", "Orley College"), ("court", "Court of Appeal"), ("agency", "Bureau of Roads")],
)
def test_a_noun_for_a_sort_of_bodies_is_never_a_body_of_another_sort(noun: str, meant: str) -> None:
    text = f"{meant} met the Bureau of Roads, Orley College and the Court of Appeal.\n\nThe {noun} said it was late."
    assert names(text, f"The {noun}") == [meant]


def test_a_court_that_nobody_named_is_no_university() -> None:
    text = "Orley University went to law.\n\nThe court said it had to pay."
    assert names(text, "The court") == ["The court"]


def test_a_single_word_that_nobody_is_called_can_be_the_charity_meant() -> None:
    text = "Care4Kell said Friday that it was working with forty people. The charity said on Monday that few were left."
    assert names(text, "The charity") == ["Care4Kell"]


def test_a_name_that_is_told_to_be_a_maker_of_something_is_a_company_and_the_town_of_its_plant_is_none() -> None:
    text = (
        "Voltara, the maker of batteries for vans, is to close its plant in Kelso after the loss of its customer.\n\n"
        "The company said on Thursday that work at Kelso would end."
    )
    assert names(text, "The company") == ["Voltara"]


def test_a_body_first_named_in_the_same_breath_is_not_the_one_that_speaks() -> None:
    assert names("The bridge over Tolland Sound will stay shut, the county said.", "the county") == ["the county"]


def test_an_office_that_nobody_was_given_is_who_spoke_last_and_not_who_was_spoken_of() -> None:
    text = "“It is over,” said Harry Reed of Ann Cole. The minority leader said he would stay.{}"
    assert names(text.format(""), "Harry Reed", "The minority leader") == ["Harry Reed", "Harry Reed"]
    told = "The singer Max Tull died on Thursday. An inquest was opened, according to the county coroner."
    assert names(told, "the county coroner") == ["the county coroner"]


@pytest.mark.parametrize(
    "mention",
    [
        "The leader of the Anti-Litter League, Jon Green,",
        "The head of the Orley-based group, Jon Green,",
        "A former candidate -- Jon Green, who lost --",
        "A former candidate — Jon Green",
    ],
)
def test_a_name_behind_a_hyphened_word_or_a_dash_is_the_speaker(mention: str) -> None:
    assert names(f"{mention} said that it was over.", mention) == ["Jon Green"]


def test_an_unnamed_speaker_keeps_a_hyphened_word_whole() -> None:
    assert names("A member of the anti-litter league said so.", "A member of the anti-litter league") == [
        "A member of the anti-litter league"
    ]


def test_the_report_that_somebody_led_is_a_source_of_its_own_and_no_person() -> None:
    text = (
        "The report, led by former judge Ada Crane, was published on Monday. Crane spoke to forty clerks.\n\n"
        "“The ledgers were burned,” the Crane report says.\n\n“Nobody was told,” the report adds."
    )
    assert names(text, "the Crane report", "the report") == ["Crane report", "Crane report"]
