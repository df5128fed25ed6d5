"""Whom a role means by a story's own words, and that nobody's words are shown for somebody whom it does not quote."""

import pytest

from bot.answering import ask
from bot.answering.roles import namings
from bot.answers import Abstention, Answer, Reason
from index.story import Cue, Span, Speaker, Statement, Story
from tests.bot.answering.shelf import HeldInMemory

TEXT = (
    "Leader of the council Cllr Vera Sand (Ind) said: “The pier stays open.”\n\n"
    "The leader of the Green group, Cllr Otto Brink, said: “The pier is rotten.”\n\n"
    "“I can swim,” lifeguard Mia Holt said. Her brother, Jan Holt, is a lifeguard too.\n\n"
    "Ruth Amsel (Ind), 61, the cabinet member for tourism, admitted: “We saw the report.”\n\n"
    "The report was written by engineer Paul Stern, and deputy mayor Lena Frost had it for a year.\n\n"
    "Surveyor Nick Ward warned that the pier would fall. The harbour company said that boats still use the pier.\n\n"
    "Shops near the pier sell ice. The ferry union has an office on the pier."
)
SAND, BRINK, MIA, AMSEL = (
    Speaker(name.split()[0].lower(), name, "person", (name.split()[1],), ("Cllr",))
    for name in ("Vera Sand", "Otto Brink", "Mia Holt", "Ruth Amsel")
)
SAID = (("“The pier stays open.”", SAND), ("“The pier is rotten.”", BRINK), ("“I can swim,”", MIA),
        ("“We saw the report.”", AMSEL))  # fmt: skip


def shelf() -> HeldInMemory:
    statements = []
    for number, (words, who) in enumerate(SAID):
        at = TEXT.index(words)
        cue = Cue(Span(at + len(words), at + len(words) + 1))
        statements.append(
            Statement("pier", 1, Span(at, at + len(words)), "direct", who.id, None, cue, number, 2 * number)
        )
    return HeldInMemory([Story("pier", TEXT, "The pier")], statements, (SAND, BRINK, MIA, AMSEL))


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("the council leader", "Vera Sand"),
        ("the leader of the council", "Vera Sand"),
        ("the Green leader", "Otto Brink"),
        ("the lifeguard", "Mia Holt"),
        ("the tourism cabinet member", "Ruth Amsel"),
    ],
)
def test_a_role_that_the_story_gives_a_name_means_whoever_has_the_name(role: str, name: str) -> None:
    result = ask(shelf(), f"what did {role} say?")
    assert isinstance(result, Answer)
    assert result.form == "said"
    assert [speaker.name for speaker in result.speakers] == [name]


@pytest.mark.parametrize(
    ("role", "reason", "named"),
    [
        ("the engineer", Reason.MENTIONED_NOT_QUOTED, "Paul Stern"),
        ("the deputy mayor", Reason.MENTIONED_NOT_QUOTED, "Lena Frost"),
        ("the mayor", Reason.MENTIONED_NOT_QUOTED, "the mayor"),
        ("the ferry union", Reason.MENTIONED_NOT_QUOTED, "the ferry union"),
        ("the deputy council leader", Reason.NO_SUCH_SPEAKER, "the deputy council leader"),
        ("the pier engineer", Reason.NO_SUCH_SPEAKER, "the pier engineer"),
    ],
)
def test_whom_no_story_quotes_gets_nobody_elses_words(role: str, reason: Reason, named: str) -> None:
    for about in ("", " about the pier"):
        result = ask(shelf(), f"what did {role} say{about}?")
        assert isinstance(result, Abstention)
        assert (result.reason, result.name) == (reason, named)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what did the harbour company say about the pier?", "The harbour company said that boats"),
        ("what did the surveyor say about the pier?", "Surveyor Nick Ward warned"),
    ],
)
def test_what_a_story_only_reports_is_shown_where_it_is_reported(question: str, words: str) -> None:
    result = ask(shelf(), question)
    assert isinstance(result, Answer)
    assert words in result.passages[0].passage.span.of(TEXT)
    assert not result.statements


@pytest.mark.parametrize(
    ("role", "text", "named"),
    [
        ("the manager", "The manager, Ana Ruiz, left.", ["Ana Ruiz"]),
        ("the manager", "He met the manager. Ana Ruiz left.", []),
        ("the manager", "Ana Ruiz, the adviser to the manager, left.", []),
        ("the manager", "In Paris, the manager left.", []),
        ("the manager", "assistant manager Ana Ruiz left.", []),
        ("the manager", "Former manager Bo Lee left. The manager, Ana Ruiz, stayed.", ["Ana Ruiz"]),
        ("the manager", "Former manager Bo Lee left.", ["Bo Lee"]),
        ("the chief executive", "CEO Ana Ruiz left.", ["Ana Ruiz"]),
        ("the CFO", "Chief Financial Officer Ana Ruiz left.", ["Ana Ruiz"]),
        ("the finance chief", "Chief Financial Officer Ana Ruiz left.", ["Ana Ruiz"]),
        ("the secretary", "Secretary of State Ana Ruiz left.", ["Ana Ruiz"]),
        ("the envoy", "The envoy to Rome, Faisal al-Amin, left.", ["Faisal al-Amin"]),
        ("the keeper", "keeper Ana Ruiz's gloves", ["Ana Ruiz"]),
        ("the minister", "the minister for Trade and Foreign Affairs Zorb Plink left.", []),
    ],
)
def test_a_name_is_that_of_a_role_only_beside_it(role: str, text: str, named: list[str]) -> None:
    assert [naming.name for naming in namings(role, text)] == named


CLUBS = (
    "Hill coach Ada Brook said: “We ran more.” The noise was loud.\n\nDale coach Ben Marsh said: “We ran less.”\n\n"
    "Keeper Carl Dean was hurt. Nobody from the Lake club or the Moor club came."
)
BROOK = Speaker("brook", "Ada Brook", "person", ("Brook",))
MARSH = Speaker("marsh", "Ben Marsh", "person", ("Marsh",), ("Dale coach",))


def clubs() -> HeldInMemory:
    at = [CLUBS.index("“We ran more.”"), CLUBS.index("“We ran less.”")]
    statements = [
        Statement("clubs", 1, Span(start, start + 14), "direct", who.id, None, None, number, 2 * number)
        for number, (start, who) in enumerate(zip(at, (BROOK, MARSH), strict=True))
    ]
    return HeldInMemory([Story("clubs", CLUBS, "A race")], statements, (BROOK, MARSH))


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("both coaches", ["Ada Brook", "Ben Marsh"]),
        ("the coaches", ["Ada Brook", "Ben Marsh"]),
        ("the two coaches", ["Ada Brook", "Ben Marsh"]),
        ("Brook and Dean", ["Ada Brook"]),
        ("Dean and Marsh", ["Ben Marsh"]),
    ],
)
def test_of_several_each_who_speaks_is_shown(who: str, names: list[str]) -> None:
    for about in ("", " about running"):
        result = ask(clubs(), f"what did {who} say{about}?")
        assert isinstance(result, Answer)
        assert sorted(speaker.name for speaker in result.speakers) == names


def test_of_several_of_whom_none_speaks_it_is_said_that_they_are_mentioned() -> None:
    result = ask(clubs(), "what did Lake and Moor say about the race?")
    assert isinstance(result, Abstention)
    assert (result.reason, result.name) == (Reason.MENTIONED_NOT_QUOTED, "Lake and Moor")


def test_what_one_of_two_says_of_a_topic_does_not_hide_the_other() -> None:
    result = ask(clubs(), "what did Brook and Marsh say about running more?")
    assert isinstance(result, Answer)
    assert len(result.statements) == 2
