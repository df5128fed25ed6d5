"""Whom the words of a question name: names in every form, slips, initials, handles, roles."""

import pytest

from index.ranking.linking import FULL, GIVEN, LAST, SLIP, is_anothers, links_of, words_to_look_up
from index.story import Speaker

ODA = Speaker("oda", "Ana Ødegård", roles=("Harbour Board chief executive",), handles=("@anaod",))
JUNIOR = Speaker("jr", "Robert Crane Jr.", aliases=("Crane",), roles=("Sen.",))
MAY = Speaker("may", "Ellen May", roles=("Oxbow senior policy adviser",))
BOARD = Speaker("board", "North Harbour Board", "organisation")
REED = Speaker("reed", "Joan Reed", roles=("Rep.",))
HALE = Speaker("hale", "Ivo Hale", roles=("fire captain",))
NEIGHBOUR = Speaker("n", "Crane's neighbour", "unnamed")
EVERYBODY = (ODA, JUNIOR, MAY, BOARD, REED, HALE, NEIGHBOUR)


@pytest.mark.parametrize(
    ("question", "speaker", "name"),
    [
        ("what did ana ødegård say", "oda", FULL),
        ("odegard on the tide", "oda", LAST),
        ("ana?", "oda", GIVEN),
        ("@anaod", "oda", LAST),
        ("crane's reply", "jr", LAST),
        ("bob on it", "jr", GIVEN),
        ("carne said what", "jr", SLIP),
        ("What's May announced?", "may", LAST),
        ("the nhb view", "board", LAST),
    ],
)
def test_a_name_in_whatever_form(question: str, speaker: str, name: float) -> None:
    assert links_of(question, EVERYBODY)[speaker].name == name


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("the ceo", "oda"),
        ("the senator's plan", "jr"),
        ("whats oxbow's view", "may"),
        ("the neighbour", "n"),
        ("the congresswoman", "reed"),
        ("capt?", "hale"),
    ],
)
def test_what_somebody_is(question: str, speaker: str) -> None:
    links = links_of(question, EVERYBODY)
    assert max(links, key=lambda key: links[key].role) == speaker


@pytest.mark.parametrize("question", ["may it rain", "who said it?", "is the port open"])
def test_small_words_name_nobody(question: str) -> None:
    assert all(link.name < SLIP for link in links_of(question, EVERYBODY).values())


@pytest.mark.parametrize(
    ("handle", "question", "name"),
    [
        ("@realAnnLee", "what did lee post", LAST),
        ("@RepAnnLeeOH", "ann lee's tweet", FULL),
        ("@ann_lee", "ann?", GIVEN),
        ("@annlee", "lee on the tide", LAST),
        ("@harbourwatch", "lee on the tide", 0),
        ("@L1", "l on the tide", 0),
    ],
)
def test_a_handle_is_made_of_a_name(handle: str, question: str, name: float) -> None:
    links = links_of(question, [Speaker("a", handle, handles=(handle,))])
    assert (links["a"].name if links else 0) == name


def test_somebodys_neighbour_is_somebody_else() -> None:
    assert links_of("what did Crane say", (NEIGHBOUR,)) == {}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("what did joe crane say", False),
        ("what did bob crane say", True),
        ("what did robyn crane say", True),
        ("what will crane say", True),
    ],
)
def test_somebody_of_another_given_name_is_not_meant(question: str, named: bool) -> None:
    assert (links_of(question, (JUNIOR,)).get("jr") is not None) == named


@pytest.mark.parametrize(
    ("who", "anothers"),
    [("cranes attorney", True), ("crane's new press secretary", True), ("crane the cyber guy", False), ("crane", False),
     ("senator crane", False), ("the attorney", False)],
)  # fmt: skip
def test_a_noun_behind_a_name_is_somebody_elses(who: str, anothers: bool) -> None:
    assert is_anothers(who, links_of(who, EVERYBODY)) == anothers


def test_the_words_that_name_somebody_are_told() -> None:
    question = "so what does Ana Ødegård think"
    assert [span.of(question) for span in links_of(question, (ODA,))["oda"].words] == ["Ana", "Ødegård"]


def test_an_index_is_asked_for_titles_in_full_and_for_slips() -> None:
    assert "senator" in words_to_look_up("sen crane")
    assert "crane" in words_to_look_up("carne", ("crane", "berg"))
