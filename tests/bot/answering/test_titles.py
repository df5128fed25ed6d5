"""Whom a title means: whoever has it, never somebody who only shares a word that stands beside it."""

import pytest

from bot.answering.people import speakers_named
from index.story import Speaker

PORT = Speaker("port", "Port", "organisation", ("the Port",))
SPOKESMAN = Speaker("spokesman", "A harbour spokesman", "unnamed")
CHAIR = Speaker("chair", "Olga Brandt", "person", ("Pilots Chairwoman Olga Brandt", "Brandt"), ("Pilots Chairwoman",))
CHIEF = Speaker("chief", "Ines Maar", "person", ("Maar",), ("president and chief executive officer of Maar Lines",))
DEPUTY = Speaker("deputy", "Tom Lund", "person", ("Lund",), ("deputy harbour director",))
SECRETARY = Speaker("secretary", "Ida Voss", "person", ("Voss",), ("Secretary of State",))
KING = Speaker("king", "Rosa King", "person", ("King",))
FANS = Speaker("fans", "Jo Pike", "person", ("Pike",), ("supporters' trust treasurer",))
DEPARTMENT = Speaker("department", "State Department", "organisation", ("State",))
SPEAKERS = (PORT, SPOKESMAN, CHAIR, CHIEF, DEPUTY, SECRETARY, KING, FANS, DEPARTMENT)


@pytest.mark.parametrize(
    "typed",
    [
        "the harbour leader",
        "the leader of the harbour",
        "the port engineer",
        "the port attorney",
        "the pilots secretary",
        "the pilots",
        "the harbour director",
        "the state",
        "the supporters",
        "Olga Brandt's lawyer",
        "Brandt's staff",
    ],
)
def test_a_word_beside_a_title_means_nobody(typed: str) -> None:
    assert not speakers_named(typed, tuple(s for s in SPEAKERS if s is not DEPARTMENT))[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the harbour spokesman", SPOKESMAN),
        ("the harbour spokeswoman", SPOKESMAN),
        ("the pilots chairman", CHAIR),
        ("Pilots Chairwoman Brandt", CHAIR),
        ("Olga", CHAIR),
        ("the CEO", CHIEF),
        ("the president of Maar Lines", CHIEF),
        ("the deputy director", DEPUTY),
        ("the secretary of state", SECRETARY),
        ("King", KING),
        ("Rosa King", KING),
        ("the treasurer", FANS),
        ("the port authority", PORT),
        ("the State Department", DEPARTMENT),
        ("port officials", PORT),
    ],
)
def test_a_title_means_whoever_has_it(typed: str, meant: Speaker) -> None:
    assert speakers_named(typed, SPEAKERS)[0] == (meant,)
