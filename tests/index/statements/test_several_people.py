"""Who is meant by words for several people, by a misspelt name, and by a description with a name at its end."""

import pytest

from tests.index.statements.casting import names

JUDGES = (
    "Jennifer Peel worked in Orley for ten years.\n\nPeel and Carla Marsh are among the judges who were dismissed. {} "
    "spoke out on Monday."
)
RESEARCHERS = (
    "Seattle has a fee named Mandatory Homes.\n\nResearchers Jacob Kerr and Betty Wong published a new study of it.\n\n"
    '"We find that it drives builders away," they write.'
)


@pytest.mark.parametrize("mention", ["Both women", "Both judges", "The two"])
def test_both_are_the_two_who_were_named_in_one_breath(mention: str) -> None:
    assert names(JUDGES.format(mention), mention) == ["Jennifer Peel and Carla Marsh"]


def test_they_are_the_people_of_a_list_and_no_body() -> None:
    assert names(RESEARCHERS, "they") == ["Jacob Kerr and Betty Wong"]


def test_a_surname_in_the_plural_is_everybody_of_that_name() -> None:
    text = "Edna Curry wept. Her son Paul Curry did not. The Currys said they would stay. The Currys thanked the town."
    assert names(text, "The Currys") == ["Edna Curry and Paul Curry"]


@pytest.mark.parametrize(("written", "meant"), [("Pelsoi", "Nancy Pelosi"), ("Pelzer", "Pelzer")])
def test_a_surname_with_two_letters_exchanged_is_the_same(written: str, meant: str) -> None:
    assert names(f"Nancy Pelosi spoke. “It is over,” {written} said.", written) == [meant]


@pytest.mark.parametrize(
    "mention",
    [
        "dating coach and matchmaker Ann Wood",
        "former England and Arsenal defender Ann Wood",
        "Ann Wood, a coach and writer",
    ],
)
def test_whoever_a_description_ends_with_speaks(mention: str) -> None:
    assert names(f"“Go on,” said {mention}.", mention) == ["Ann Wood"]


def test_who_stands_before_the_comma_is_described_behind_it() -> None:
    text = (
        "NASA Administrator Bill Neal was there. Jim Frey was too.\n\nFrey, the NASA associate administrator, added so."
    )
    assert names(text, "the NASA associate administrator") == ["Jim Frey"]


@pytest.mark.parametrize(
    ("long", "short"),
    [("US Geological Survey", "USGS"), ("Centers for Disease Control and Prevention", "CDC")],
)
def test_initials_leave_out_what_people_leave_out(long: str, short: str) -> None:
    text = f"The {long} said so on Monday. The {short} said on Friday that it was worse."
    first, second = names(text, long, short)
    assert first == second


def test_a_description_ends_before_the_day() -> None:
    assert names("The company this year announced a plan.", "The company this") == ["The company"]


@pytest.mark.parametrize("noun", ["Neighbour", "Owner", "Shopkeeper"])
def test_what_a_sentence_begins_with_is_no_part_of_a_name(noun: str) -> None:
    assert names(f"The gate was left open. {noun} Anna Pugh said so.", f"{noun} Anna Pugh") == ["Anna Pugh"]
