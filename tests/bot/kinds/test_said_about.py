"""What is said of something where the question names nobody: everybody's best words on it, each speaker once."""

from collections.abc import Collection, Sequence

import pytest

from bot.answers import Abstention, Answer, Result
from bot.kinds.answering import JUDGED
from bot.kinds.desk import Desk
from bot.kinds.judged import judge
from bot.questions.question import Question
from bot.questions.reader import Kind
from bot.rendering.discord_message import render_pages
from index.ranking.evidence import Evidence
from index.search.passages import passages_of
from index.story import Hit, Span, Speaker, Statement, Story
from tests.bot.shelf import HeldInMemory

FERRY = Story(
    "ferry",
    "“The ferry is late,” said Ada Burke.\n\n“It is old.”\n\nBo Hall said it sails.\n\nCy Moss sang at the quay.",
)
FAIR = Story("fair", "“It was fun,” said Di Finn at the fair.")
COURT = Story("court", "“No ferry, no fine,” said Ed Gale.")
PEOPLE = tuple(Speaker(name[-4:].lower(), name) for name in ("Ada Burke", "Bo Hall", "Cy Moss", "Di Finn", "Ed Gale"))
ADA, BO, CY, DI, ED = (one.id for one in PEOPLE)
TOLD = (
    (FERRY, "“The ferry is late,”", ADA, 6.0),
    (FAIR, "“It was fun,”", DI, 5.5),
    (COURT, "“No ferry, no fine,”", ED, 5.0),
    (FERRY, "“It is old.”", ADA, 4.5),
    (FERRY, "it sails", BO, 2.0),
    (FERRY, "sang", CY, -3.0),
)
SAID = tuple(
    Statement(story.id, 1, Span(at := story.text.index(words), at + len(words)), "indirect", who, None, None, at, 0)
    for story, words, who, _ in TOLD
)


class Weighed(HeldInMemory):
    """Stories whose sentences have scores; of several only the best few are weighed, of one all."""

    told: tuple[tuple[Story, str, str, float], ...] = TOLD

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        hits = [
            Hit(
                passage,
                max((score for of, words, _, score in self.told if of is story and words in sentence), default=-9.0),
            )
            for story in self.stories
            if stories is None or story.id in stories
            for passage in passages_of(story)
            if (sentence := passage.span.of(story.text))
        ]
        hits.sort(key=lambda hit: -hit.score)
        kept = tuple(hits if stories else hits[:3])
        return Evidence(kept, 0.9, answers=tuple(0.5 for _ in kept))


SHELF = Weighed((FERRY, FAIR, COURT), SAID, PEOPLE)


def answered(
    slots: dict[str, str], kind: Kind = "said-about", anybody: float = 1.0, context: tuple[str, ...] = ()
) -> Result:
    """What is answered to a question on the ferry that was read so."""
    text = "what did everyone say about the ferry?"
    asked = Question(text, kind, {kind: 1 - anybody, "said-about": anybody}, slots, context)  # type: ignore[arg-type]  # a kind of ours
    desk = Desk(SHELF, text)
    return JUDGED[kind](desk, asked, judge(desk, text))


@pytest.mark.parametrize(("kind", "anybody"), [("said-about", 1.0), ("stance", 0.2)])
def test_everybody_in_the_stories_on_it_is_shown_with_their_best_words_once(kind: Kind, anybody: float) -> None:
    found = answered({"about": "the ferry"}, kind, anybody)
    assert isinstance(found, Answer)
    assert [(one.speaker, one.span.of(SHELF.story(one.story).text)) for one in found.statements] == [
        (ADA, "“The ferry is late,”"),
        (BO, "it sails"),
        (ED, "“No ferry, no fine,”"),
    ]
    assert [who.id for who in found.speakers] == [ADA, BO, ED]
    body = render_pages(found, SHELF).pages[0].body
    assert body.count("**Ada Burke**") == body.count("**Bo Hall**") == 1
    assert "Ada Burke on" not in body


@pytest.mark.parametrize(
    ("slots", "kind", "anybody", "context"),
    [
        ({"about": "the ferry", "who": "Burke"}, "said-about", 1.0, ()),
        ({"about": "the ferry"}, "said-about", 1.0, ("what did Burke say?",)),
        ({"about": "the ferry"}, "stance", 0.0, ()),
        ({"about": "the ferry to Mars"}, "said-about", 1.0, ()),
        ({}, "said-about", 1.0, ()),
    ],
)
def test_where_somebody_is_named_or_no_story_is_on_it_a_question_is_answered_as_any_other(
    slots: dict[str, str], kind: Kind, anybody: float, context: tuple[str, ...]
) -> None:
    found = answered(slots, kind, anybody, context)
    spoken = [] if isinstance(found, Abstention) else [one.speaker for one in found.statements]
    assert spoken != [ADA, BO, ED]


def test_what_the_reporter_tells_is_not_answered_with_what_others_say_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.kinds.fact.sureness", lambda *_: 0.95)  # the scores here are made up
    longer = Story("ferry", f"{FERRY.text}\n\nThe ferry is forty years old.")
    spoken = tuple((longer if of is FERRY else of, words, who, score) for of, words, who, score in TOLD)

    class Told(Weighed):
        told = (*spoken, (longer, "The ferry is forty years old.", "", 9.0))

    text = "what does the story say about the ferry?"
    asked = Question(text, "said-about", {"said-about": 1.0}, {"about": "the ferry"})
    desk = Desk(Told((longer, FAIR, COURT), SAID, PEOPLE), text)
    found = JUDGED["said-about"](desk, asked, judge(desk, text))
    assert isinstance(found, Answer)
    assert not found.statements


def test_what_is_looked_up_in_one_story_is_not_what_was_found_in_all() -> None:
    desk = Desk(SHELF, "the ferry")
    everywhere, here = desk.evidence("the ferry"), desk.within(story="ferry").evidence("the ferry")
    assert {hit.passage.story for hit in everywhere.hits} != {hit.passage.story for hit in here.hits} == {"ferry"}


def test_what_the_judge_read_for_a_question_goes_along_with_the_answer_and_is_not_read_again() -> None:
    looks: list[str] = []

    class Counted(Weighed):
        def evidence(
            self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
        ) -> Evidence:
            looks.append(question)
            return super().evidence(question, context=context, limit=limit, stories=stories)

    text = "what about the ferry?"
    desk = Desk(Counted((FERRY, FAIR, COURT), SAID, PEOPLE), text)
    judged = judge(desk, text, ("what did Burke say?",))
    assert desk.beside() == judged.hits[: desk.limits.passages]
    assert looks == [text]
    assert desk.within(story="ferry").beside()
    assert looks == [text, text]
