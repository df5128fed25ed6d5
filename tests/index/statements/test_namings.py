"""Which words of a story are a name, and which only stand beside one."""

import pytest

from tests.index.statements.casting import names, only


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Ana Lee is mayor. Though Lee would not say when, she was sure. ", "Though Lee", "Ana Lee"),
        ("“We are done,” Stated Lee.\n\nAna Lee is the mayor. “It is over,” Lee said.", "Stated Lee", "Ana Lee"),
        ("Ana Lee is the mayor.\n\nStated Lee: “We are done.”\n\n“It is over,” Lee said.", "Stated Lee", "Ana Lee"),
        ("Oak Motors (OAK) CEO Ana Lee said sales were up.", "Oak Motors (OAK) CEO Ana Lee", "Ana Lee"),
        ("ABC Vice President/Director of Sport Ana Lee said so.", "ABC Vice President/Director of Sport Ana Lee",
         "Ana Lee"),
        ("Sales were strong, General Motors said.", "General Motors", "General Motors"),
        ("General Mills, which owned it, denied that it was.", "General Mills", "General Mills"),
        ("It is eased, according to Major League Baseball.", "Major League Baseball", "Major League Baseball"),
        ("He was found dead, the Oak County Sheriff’s Office said.", "Oak County Sheriff’s Office",
         "Oak County Sheriff’s Office"),
        ("Rangers said on Monday that they had signed her.", "Rangers", "Rangers"),
        ("Attorneys for Ana Lee said that she was at home.", "Attorneys for Ana Lee", "Attorneys for Ana Lee"),
    ],
)  # fmt: skip
def test_a_name_has_no_word_that_is_none_of_it_and_lacks_none(text: str, mention: str, name: str) -> None:
    assert names(text, mention) == [name]


def test_what_a_rival_calls_somebody_is_no_role() -> None:
    told = "Gary Lomax is a councillor. “Gary Lomax is a good man”, said his rival, Ann Orr. “I lost,” Gary Lomax said."
    assert only(told, "Gary Lomax said").roles == ("councillor",)


def test_a_party_in_brackets_behind_a_name_is_nobody_whom_he_can_mean() -> None:
    text = "Ann Vale has run it for years.\n\nCllr Alun Vale (Ind), Ms Vale’s brother, voted for closure. He said no."
    assert names(text, "Ann Vale", "He") == ["Ann Vale", "Alun Vale"]


def test_a_title_before_a_name_that_somebody_else_has_is_no_part_of_a_body() -> None:
    text = "AG Lynch wrote to her. Loretta Lynch said so twice. Lynch left, and AG Lynch said why."
    assert names(text, "AG Lynch said") == ["Loretta Lynch"]


def test_a_town_in_a_headline_keeps_its_first_word_though_a_body_ends_in_it() -> None:
    text = "New York (CNN)\n\nThe strike is on, according to the NewsGuild of New York, which has members."
    assert names(text, "NewsGuild of New York") == ["NewsGuild of New York"]


def test_people_of_a_kind_are_a_source_and_a_team_of_that_name_is_a_body() -> None:
    assert only("Aides said that she was glad.", "Aides").kind == "unnamed"
    assert only("Rangers said that they had signed her.", "Rangers").kind == "organisation"


def test_a_title_and_a_name_in_one_word_are_read() -> None:
    assert names("The bridge is shut, Gov.Lee said, and Mr.Vale said so too.", "Gov.Lee", "Mr.Vale")[0] is not None


def test_the_two_surnames_of_a_name_are_it_wherever_they_stand_and_a_given_name_is_none() -> None:
    behind = "Inés Quarto Bell, the harbour master, left at noon. The tide was out, Quarto Bell said. Bell laughed."
    assert names(behind, "Inés Quarto Bell", "Quarto Bell said", "Bell laughed") == ["Inés Quarto Bell"] * 3
    before = "The tide was out, Quarto Bell said on Monday. Inés Quarto Bell, 51, is the harbour master."
    assert names(before, "Quarto Bell said", "Inés Quarto Bell") == ["Inés Quarto Bell"] * 2
    apart = "Peter Henry Moss left. It was late, Henry Moss said. Brun Moss was not there, Quarto Moss said."
    assert names(apart, "Peter Henry Moss", "Henry Moss said") == ["Peter Henry Moss", "Henry Moss"]
    assert names(apart, "Quarto Moss said") == ["Quarto Moss"]


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("Mayor of London", "Sam Marsh"),
        ("Minister of State", "Colm Marsh"),
        ("CEO of the Oak Gas Association", "Karen Marsh"),
        ("Chinese ambassador to France", "Ann Marsh"),
        ("former U.S. Ambassador to Ukraine", "Steven Marsh"),
    ],
)
def test_who_has_an_office_is_named_behind_what_it_is_for(office: str, name: str) -> None:
    speaker = only(f"On Monday {office} {name} said that it was over.", f"{office} {name}")
    assert (speaker.name, speaker.roles) == (name, (office,))


@pytest.mark.parametrize(
    "words",
    [
        "A spokesman for Mayor Ann Marsh",
        "Supporters of Ann Marsh",
        "The lawyer for Ann Marsh",
        "An adviser to the Mayor of London Ann Marsh",
    ],
)
def test_who_speaks_for_somebody_is_not_them(words: str) -> None:
    assert only(f"{words} said that it was over.", words).kind == "unnamed"
