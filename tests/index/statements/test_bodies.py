"""Which body speaks, and who is none: companies, cities, parties, polls and departments."""

import pytest

from tests.index.statements.casting import cast, names


def test_an_acronym_is_the_body_whose_initials_it_has() -> None:
    text = "The Federal Bureau of Investigation said it would look into the case. The FBI said the case was closed."
    assert len(set(cast(text, "The Federal Bureau of Investigation", "The FBI").speaker_of)) == 1


@pytest.mark.parametrize(
    ("body", "initials"),
    [
        ("US Bureau of Harbours", "BOH"),
        ("Fisheries Department", "DOF"),
        ("Department of Fisheries", "DOF"),
        ("National Women's Rowing League", "NWRL"),
        ("Office of Harbour Warden", "OHW"),
        ("Office of Harbour Warden", "HW"),
    ],
)
def test_a_body_and_its_initials_are_one_that_has_both_for_its_name(body: str, initials: str) -> None:
    text = f"The {body} said it was late.\n\nThe storm was over, the {initials} said."
    assert names(text, f"The {body}", f"the {initials}") == [f"{body} ({initials})"] * 2


def test_initials_in_brackets_may_leave_out_the_last_word_of_a_name() -> None:
    text = "The Pit Smelter Services Union (PSS) said it was late. The PSS said so twice."
    assert names(text, "The Pit Smelter Services Union", "The PSS") == ["Pit Smelter Services Union (PSS)"] * 2


def test_a_paper_that_is_called_by_a_word_for_people_is_a_paper() -> None:
    text = "The town was cross with the editors of The Advocate on Monday. It was time to go, the newspaper said."
    assert names(text, "the newspaper") == ["Advocate"]


def test_a_poll_is_the_body_behind_it() -> None:
    text = "A new Gallup poll says voters are tired. Linda Marsh leads by two points, the poll says."
    assert names(text, "A new Gallup poll", "the poll") == ["Gallup", "Gallup"]


def test_a_party_is_a_group() -> None:
    text = "Democrats said the bill would fail. Many Democrats said so twice."
    result = cast(text, "Democrats said", "Many Democrats")
    assert [speaker.kind for speaker in result.speakers] == ["group", "unnamed"]


@pytest.mark.parametrize("noun", ["goalkeeper", "juror", "boss", "midfielder", "cellist"])
def test_an_unnamed_person_is_no_body(noun: str) -> None:
    text = f'"We had chances," the {noun} said.\n\nAccording to the league, nobody will be asked.'
    assert names(text, f"the {noun}", "the league") == [f"the {noun}", "the league"]


@pytest.mark.parametrize("company", ["Nordvik Group", "Nordvik Inc.", "Nordvik Industries"])
def test_a_bare_word_before_anybody_of_that_name_is_the_company(company: str) -> None:
    text = (
        f"{company} cut its forecast on Monday.\n\nNordvik said profit fell by a third.\n\n"
        "Chairman Lars Nordvik said he was sorry. Nordvik said it would not happen again."
    )
    assert names(text, "Nordvik said profit", "Lars Nordvik", "Nordvik said it") == [
        company,
        "Lars Nordvik",
        "Lars Nordvik",
    ]


def test_a_surname_before_its_full_name_is_that_person_where_no_company_has_it() -> None:
    text = "Harlow said the bill would fail. Senator Anna Harlow voted against it, and the Harlow Foundation was glad."
    assert names(text, "Harlow said") == ["Anna Harlow"]


def test_a_person_of_a_university_is_not_the_university() -> None:
    text = 'Others, like Hedberg of Lund University, were unsure. "I want to see more," he said.'
    assert names(text, "Hedberg of Lund University", "he said") == ["Hedberg", "Hedberg"]


CALDER_WATER = "DALBY, Calif. — Calder Water Inc. and the City of Dalby today announced an agreement.\n\n"


@pytest.mark.parametrize("noun", ["company", "firm"])
def test_the_company_is_one_and_no_city(noun: str) -> None:
    text = CALDER_WATER + f"The plant will be powered by solar energy, the {noun} said."
    assert names(text, f"the {noun}") == ["Calder Water Inc."]


def test_the_company_is_not_the_city_even_where_no_company_is_named() -> None:
    text = "The City of Dalby said the plant was late. The company said it would be ready."
    assert names(text, "The City", "The company") == ["City of Dalby", "The company"]


def test_the_union_is_no_company() -> None:
    text = "Calder Water Inc. cut its forecast. Calder Water Inc. said it was sorry. The union said it was angry."
    assert names(text, "The union") == ["The union"]


def test_a_city_and_its_name_are_one() -> None:
    text = CALDER_WATER + "Dalby said in a statement that it was glad. The city said it would pay."
    assert names(text, "the City of Dalby", "Dalby said", "The city") == ["City of Dalby"] * 3


@pytest.mark.parametrize("person", ["Gus Hill", "Emily Post", "Fred Street", "Martha Church"])
def test_a_surname_that_bodies_have_too_is_a_persons_behind_a_given_name(person: str) -> None:
    pronoun = "he" if person.split()[0] in {"Gus", "Fred"} else "she"
    text = f"“Stay on the path,” said ranger {person}.\n\n“The ice is thin,” {pronoun} said."
    assert names(text, f"ranger {person}", f"{pronoun} said") == [person] * 2


def test_two_papers_that_ask_together_are_one_body_and_a_share_is_their_polls() -> None:
    text = (
        "Most voters want the pier kept, a Herald/Quorum poll found on Monday. Some 41% of voters in the Herald/Quorum "
        "poll said it should be sold, with 12% saying they did not know."
    )
    assert names(text, "a Herald/Quorum poll", "Some 41% of voters in the Herald/", "12%") == ["Herald/Quorum"] * 3


def test_a_department_by_the_words_of_its_name_is_that_department() -> None:
    text = (
        "The rolls doubled, according to the Velonia Department of Education.\n\nThe bus company was asked as well. "
        "Half of the pupils live in shelters, the state education department said."
    )
    assert names(text, "the state education department") == ["Velonia Department of Education"]


def test_the_office_of_a_body_with_initials_is_nobodys_name() -> None:
    text = "The UN High Commissioner for Refugees, Filippo Grandi, said the camps were full."
    assert names(text, "The UN High Commissioner for Refugees, Filippo Grandi,") == ["Filippo Grandi"]


def test_the_state_is_no_town() -> None:
    text = "Alameda and San Mateo had thousands of pupils. According to the state, a tenth live in shelters."
    assert names(text, "the state") != ["San Mateo"]
