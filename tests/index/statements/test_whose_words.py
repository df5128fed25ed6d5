"""Whose words a quotation is that has no cue beside it, or more than one name."""

import pytest

from index.statements.extraction import Attributor
from index.story import Story
from tests.index.statements.conftest import said

MILL = (
    "Man charged over fire\n\nDan Smith, 34, appeared in court on Monday.\n\n{}\n\nThe case was put off until June.\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "“I did it,” Smith told police, according to an affidavit.",
        "“I did it,” Dan Smith said, according to witnesses.",
        "“I did it,” said Dan Smith, according to a recording heard by the Herald.",
        "According to the affidavit, Dan Smith told police, “I did it.”",
    ],
)
def test_who_passed_the_words_on_did_not_say_them(attributor: Attributor, sentence: str) -> None:
    story = Story("s", MILL.format(sentence))
    found = attributor.attribute(story)
    assert [name for name, words in said(story, found) if "I did it" in words] == ["Dan Smith"]
    relay = next(one.relay for one in found.statements if "I did it" in one.span.of(story.text))
    assert any(word in relay[0] for word in ("affidavit", "witnesses", "recording"))


def test_a_paper_that_states_it_behind_did_not_say_it(attributor: Attributor) -> None:
    story = Story("s", MILL.format("“I did it,” Dan Smith said, the affidavit states."))
    found = said(story, attributor.attribute(story))
    assert [name for name, words in found if "I did it" in words] == ["Dan Smith"]


OAK = (
    "Club in crisis\n\nChairman Ted Oak told the forum: “We owe nine million.\n\n{}\n\n“I want to stay,” Leo Banks "
    "said.\n"
)
CLAUSE = (
    "Club in crisis\n\nChairman Ted Oak said the club was deep in debt.\n\n{}\n\nLeo Banks said: “I want to stay.”\n"
)


@pytest.mark.parametrize(
    ("story", "words"),
    [(OAK, "“And we have no plan.”"), (CLAUSE, "“We have no buyer for the ground, and they walked away.”")],
)
def test_a_quotation_goes_on_with_who_spoke_not_with_who_is_named_next(
    attributor: Attributor, story: str, words: str
) -> None:
    one = Story("s", story.format(words))
    assert [name for name, span in said(one, attributor.attribute(one)) if span == words] == ["Ted Oak"]


@pytest.mark.parametrize("before", ["Alan Dunmore shook his head.", "Porter Alan Dunmore has two jobs."])
def test_a_gesture_names_who_says_what_follows_it(attributor: Attributor, before: str) -> None:
    story = Story(
        "s", f"Last days\n\nThe depot shuts in June.\n\n{before} “I have nothing left to give.”\n\nRain fell.\n"
    )
    found = [name for name, words in said(story, attributor.attribute(story)) if "nothing left" in words]
    assert found == ["Alan Dunmore"]
