"""Conversations about many stories: one question may well be about another story than the one before."""

from collections.abc import Collection, Sequence
from datetime import date

import pytest

from bot.answers import Abstention, Answer, Reason, Turn
from bot.asking import ask
from index.ranking.evidence import Evidence
from index.story import Span, Speaker, Statement, Story
from tests.bot.shelf import HeldInMemory

BRIDGE = "Hannah Brandt did not return calls. “We know nothing,” said Mrs. Brandt's neighbor."
BUS = "The bus overturned on Monday, injuring nine children. “It was fast,” said Dale Boone."
NEIGHBOR = Speaker("neighbor", "Mrs. Brandt's neighbor", "unnamed")
BOONE = Speaker("boone", "Dale Boone", "person", ("Boone",))


class Recording(HeldInMemory):
    """Stories that note with what earlier turns they were asked."""

    def __init__(self) -> None:
        said = ((BRIDGE, "bridge", "“We know nothing,”", NEIGHBOR), (BUS, "bus", "“It was fast,”", BOONE))
        statements = [
            Statement(
                story, 1, Span(text.index(words), text.index(words) + len(words)), "direct", who.id, None, None, 0, 0
            )
            for text, story, words, who in said
        ]
        super().__init__([Story("bridge", BRIDGE), Story("bus", BUS)], statements, (NEIGHBOR, BOONE))
        self.contexts: list[tuple[str, ...]] = []

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        self.contexts.append(tuple(context))
        return Evidence(self.search(question, limit=limit, stories=stories), 0.9)


@pytest.mark.parametrize(
    ("question", "story", "leans"),
    [
        ("how many children were hurt when the school bus overturned in Denton?", None, False),
        ("how many of them were hurt?", None, True),
        ("how many?", None, True),
        ("how many children were hurt when the school bus overturned in Denton?", "bus", False),
    ],
)
def test_a_question_that_is_whole_does_not_lean_on_the_turn_before(
    question: str, story: str | None, leans: bool
) -> None:
    shelf = Recording()
    ask(shelf, question, history=[Turn("did Hannah Brandt return calls?", "no")], story=story)
    assert any(shelf.contexts) == leans


class Telling(Recording):
    """Stories of which one tells what is asked; they note which were asked."""

    def __init__(self, tells: str, chance: float) -> None:
        super().__init__()
        self.tells, self.chance, self.asked = tells, chance, list[tuple[str, ...]]()

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        found = super().evidence(question, context=context, limit=limit, stories=stories)
        if context:
            self.asked.append(tuple(stories or ()))
        return Evidence(found.hits, self.chance if stories is None or self.tells in stories else 0.0)


@pytest.mark.parametrize(
    ("tells", "chance", "asked", "answered"),
    [
        ("bus", 0.5, [("bus",)], True),
        ("bridge", 0.9, [("bus",), ()], True),
        ("bridge", 0.5, [("bus",), ()], False),
    ],
)
def test_what_leans_on_a_question_is_asked_of_its_story_first_and_of_all_where_they_surely_tell(
    tells: str, chance: float, asked: list[tuple[str, ...]], answered: bool
) -> None:
    shelf = Telling(tells, chance)
    found = ask(shelf, "how many of them were hurt?", history=[Turn("did the bus overturn on Monday?"), Turn("where?")])
    assert shelf.asked == asked
    assert isinstance(found, Answer) == answered


def test_the_stories_held_are_all_of_them_whatever_was_asked_before() -> None:
    shelf = Recording()
    for question in ("how many stories do you have?", "list the stories", "which outlets do you have?"):
        result = ask(shelf, question, history=[Turn("what did Boone say?", "“It was fast,”")])
        assert isinstance(result, Answer)
        assert {hit.passage.story for hit in result.passages} == {"bridge", "bus"}


def test_what_is_new_is_the_latest_by_date_first_and_nothing_where_nothing_is_held() -> None:
    days = {"old": date(2024, 5, 1), "new": date(2024, 5, 3), "undated": None, "newer": date(2024, 5, 4)}
    result = ask(HeldInMemory([Story(name, BUS, date=day) for name, day in days.items()], [], []), "what's new?")
    assert isinstance(result, Answer)
    assert [hit.passage.story for hit in result.passages] == ["newer", "new", "old", "undated"]
    assert isinstance(ask(HeldInMemory([], [], []), "what's new?"), Abstention)


def test_in_which_story_is_about_what_was_shown() -> None:
    result = ask(Recording(), "in which story?", history=[Turn("what did Boone say?", "“It was fast,”")])
    assert isinstance(result, Answer)
    assert {statement.story for statement in result.statements} == {"bus"}


def test_somebodys_neighbor_is_somebody_else() -> None:
    refused = ask(Recording(), "what did Brandt say?")
    assert isinstance(refused, Abstention)
    assert refused.reason == Reason.MENTIONED_NOT_QUOTED
    answer = ask(Recording(), "what did Brandt's neighbor say?")
    assert isinstance(answer, Answer)
    assert [statement.speaker for statement in answer.statements] == ["neighbor"]
