"""Who has an office, by what the story calls people: short forms of it too, and nobody of another body."""

import pytest

from bot.answering import ask
from bot.answers import Answer
from index.story import Span, Speaker, Statement, Story
from tests.bot.answering.shelf import HeldInMemory

TEXT = (
    "Maar Lines sold its last ferry on Monday.\n\n“We had no choice,” said Ines Maar, president and chief executive "
    "officer of Maar Lines.\n\nChief Financial Officer Olaf Brun will leave. Island mayor Pia Roth wept.\n\n"
    "President Ada Lunt of the ferry union was away."
)
MAAR = Speaker("maar", "Ines Maar", "person", ("Maar",), ("president and chief executive officer of Maar Lines",))


def shelf() -> HeldInMemory:
    at = TEXT.index("“We")
    said = Statement("ferry", 1, Span(at, at + 19), "direct", "maar", None, None, 0, 1)
    return HeldInMemory([Story("ferry", TEXT, "Maar Lines sells its last ferry")], [said], [MAAR])


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("who is the CEO of Maar Lines?", "Ines Maar"),
        ("who's the chief executive of Maar?", "Ines Maar"),
        ("who is Maar Lines' chief executive officer?", "Ines Maar"),
        ("who is the CFO of Maar Lines?", "Olaf Brun"),
        ("who is the finance chief of Maar Lines?", "Olaf Brun"),
        ("who is the island mayor?", "Pia Roth"),
    ],
)
def test_an_office_is_that_of_whom_the_story_gives_it(question: str, name: str) -> None:
    result = ask(shelf(), question)
    assert isinstance(result, Answer)
    assert [mark.span.of(TEXT) for mark in result.marks] == [name]
    assert result.passages[0].passage.span.covers(result.marks[0].span)


@pytest.mark.parametrize("question", ["who is the CFO of Brun Ferries?", "who is the mayor of Maar?"])
def test_the_office_of_another_body_is_nobodys(question: str) -> None:
    result = ask(shelf(), question)
    assert not (isinstance(result, Answer) and result.marks)
