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


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("“We have listened”, said Fay Lund. “Rubbish”, said Ian Pope.", "Rubbish", "Ian Pope"),
        ("Jan Ames, 34, nurse\n“Yes. I got married on it.”\n\nTom Bell, 71\n“Let it go.”", "got married", "Jan Ames"),
        ("“Yes, I got married on it.” Jan Ames, 34, nurse\n\n“Let it go.” Tom Bell, 71, retired", "Let it", "Tom Bell"),
        (
            "Gus Hill, a ranger, was clear.\n\n“Two men went through it.”\n\n“I ran,” said Amy Shaw.",
            "Two men",
            "Gus Hill",
        ),
        (
            "“It was stolen,” said Det. Sgt. Mark Old, leading the inquiry. “It was found on fire.”",
            "on fire",
            "Mark Old",
        ),
        ("“It is cold, man,” said the man, who gave his name only as “Tex”.", "It is cold", "Tex"),
        ("“Gunfire again,” said a street sweeper who goes by the name “Smiley.”", "Gunfire", "Smiley"),
    ],
)
def test_words_are_whose_name_stands_beside_them(whole: Attributor, text: str, words: str, who: str) -> None:
    story = Story("s", f"Notes from Orley\n\n{text}\n\nNobody was hurt, police said on Monday.\n")
    assert [name for name, given in said(story, whole.attribute(story)) if words in given] == [who]


def test_what_somebody_said_by_a_paper_is_a_statement_of_theirs_too(whole: Attributor) -> None:
    story = Story("s", MILL.format("Dan Smith told officers that he did it, according to a police report."))
    found = said(story, whole.attribute(story))
    assert ("Dan Smith", "he did it") in found
    assert any(name == "a police report" for name, _ in found)


def test_who_asks_in_an_interview_is_whose_byline_it_has(whole: Attributor) -> None:
    talk = "Q: Who knew?\n\nA: We all did.\n\nQ: Why?\n\nA: No idea."
    story = Story("s", f"The mine\n\nBy Mara Quill\n\nDes Tamm worked at the mine.\n\n{talk}")
    assert [name for name, _ in said(story, whole.attribute(story))] == ["Mara Quill", "Des Tamm"] * 2


def test_the_zone_of_a_time_is_nobody(attributor: Attributor) -> None:
    text = "21:00 BST\nVote put off\n“We have listened,” says Fay Lund.\n20:00 BST\nBoos in hall\n19:00 UTC\nDoors\n"
    story = Story("s", text)
    assert {name for name, _ in said(story, attributor.attribute(story))} == {"Fay Lund"}
