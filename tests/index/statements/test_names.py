"""Names taken apart, and which given names are one name."""

import pytest

from index.language.given_names import folded, gender_of, is_given_name, same_given_name
from index.statements.names import parse_name, without_possessive


@pytest.mark.parametrize(
    ("text", "titles", "full", "last"),
    [
        ("House Speaker Ada Lovett", "House Speaker", "Ada Lovett", "Lovett"),
        ("Lovett", "", "Lovett", "Lovett"),
        ("U.S. Senator Carla D. Moss", "U.S. Senator", "Carla D. Moss", "Moss"),
        ("Minnesota Democratic Sen. Al Barlow", "Minnesota Democratic Sen.", "Al Barlow", "Barlow"),
        ("Mr. King", "", "King", "King"),
        ("the Rev. Peter Whitlow", "Rev.", "Peter Whitlow", "Whitlow"),
        ("Ludwig van der Berg", "", "Ludwig van der Berg", "van der Berg"),
        ("Charlie King", "", "Charlie King", "King"),
        ("President-elect Dana Cole", "President-elect", "Dana Cole", "Cole"),
        ("Cllr Marsh", "Cllr", "Marsh", "Marsh"),
        ("Det Supt Holt", "Det Supt", "Holt", "Holt"),
        ("PC Dale", "PC", "Dale", "Dale"),
        ("Labour MP Rajbir Gill", "Labour MP", "Rajbir Gill", "Gill"),
        ("Van der Linden", "", "Van der Linden", "Van der Linden"),
        (
            "Justice Minister Anna Maria van der Linden",
            "Justice Minister",
            "Anna Maria van der Linden",
            "van der Linden",
        ),
        ("De Roo", "", "De Roo", "De Roo"),
        ("Ben Roo", "", "Ben Roo", "Roo"),
        ("Shri Tejomay Deolekar", "", "Tejomay Deolekar", "Deolekar"),
        ("Begum Zubdah Tiwana", "", "Zubdah Tiwana", "Tiwana"),
        ("Datuk Seri Lokman Harun", "", "Lokman Harun", "Harun"),
        ("DSP Ladi Oyelaran", "DSP", "Ladi Oyelaran", "Oyelaran"),
        ("Sheikh Nahyan bin Obaid Al Marwan", "Sheikh", "Nahyan bin Obaid Al Marwan", "Al Marwan"),
        ("Dr Yarik Muhammad Bugti", "", "Yarik Muhammad Bugti", "Bugti"),
        ("Shopkeeper Demelza Hosken", "Shopkeeper", "Demelza Hosken", "Hosken"),
        ("County Administrator Farrukh Zaman", "County Administrator", "Farrukh Zaman", "Zaman"),
        ("Latvian Union of Care Workers", "", "Latvian Union of Care Workers", "Workers"),
    ],
)
def test_a_name_is_told_from_the_titles_before_it(text: str, titles: str, full: str, last: str) -> None:
    name = parse_name(text)
    assert (name.title, name.full, name.last) == (titles, full, last)


def test_a_word_that_the_story_uses_as_a_title_is_one() -> None:
    assert parse_name("Wgcdr Marsh").first == "Wgcdr"
    name = parse_name("Wgcdr Marsh", learned={"wgcdr"})
    assert (name.title, name.full) == ("Wgcdr", "Marsh")


def test_a_suffix_is_kept_apart_from_the_surname() -> None:
    name = parse_name("Chief Justice Owen G. Harte Jr.")
    assert (name.last, name.suffix, name.middle) == ("Harte", "Jr.", ("G.",))


@pytest.mark.parametrize(
    "text", ['Edward "Ted" Marsh', "Edward “Ted” Marsh", "Edward ‘Ted’ Marsh", "Edward (Ted) Marsh"]
)
def test_a_nickname_in_marks_is_no_middle_name(text: str) -> None:
    name = parse_name(text)
    assert (name.first, name.nickname, name.last) == ("Edward", "Ted", "Marsh")


def test_an_empty_text_is_an_empty_name() -> None:
    assert parse_name("").full == ""
    assert parse_name(" ,.! ").full == ""


def test_a_possessive_ending_is_dropped_and_nothing_else() -> None:
    assert without_possessive("Lovett's") == "Lovett"
    assert without_possessive("Moss’") == "Moss"
    assert without_possessive("James") == "James"


def test_courtesy_titles_and_given_names_tell_the_pronoun() -> None:
    assert parse_name("Mrs. Lovett").gender == "f"
    assert parse_name("Mr. Lovett").gender == "m"
    assert parse_name("Robert Lovett").gender == "m"
    assert parse_name("Lovett").gender is None
    assert gender_of("Jordan") is None
    assert is_given_name("José")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bob", "Robert", True),
        ("R.", "Robert", True),
        ("Liz", "Elizabeth", True),
        ("JOSÉ", "Jose", True),
        ("Robert", "Richard", False),
        ("Bill", "Hillary", False),
        ("Donald", "Daniel", False),
    ],
)
def test_short_forms_and_initials_are_one_given_name_and_other_names_are_not(one: str, other: str, same: bool) -> None:
    assert same_given_name(one, other) is same


def test_folding_drops_case_accents_and_full_stops_alike_for_plain_and_accented_words() -> None:
    assert folded("U.S.") == "us"
    assert folded("MUÑOZ") == "munoz"
