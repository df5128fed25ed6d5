"""What a question leaves out, taken from the turn before: more of somebody, another of the name, whose age is asked."""

from collections.abc import Collection, Sequence

import pytest

from bot.answering import ask
from bot.answers import Abstention, Answer, Reason, Result, Turn
from index.ranking.evidence import Evidence
from index.story import Cue, Span, Speaker, Statement, Story
from tests.bot.answering.shelf import HeldInMemory

TEXT = (
    "“The well is dry,” Mary Kerr said.\n\n“The tower leans,” Kerr said.\n\n"
    "“The well is full,” Tom Kerr said. Rose Adler, the verger, disagreed.\n\n"
    "“The tower stands,” James Lyle said.\n\n"
    "Robert Finch dug the well and built the tower."
)
MARY = Speaker("mary", "Mary Kerr", "person", ("Kerr",), ("Mrs",))
TOM = Speaker("tom", "Tom Kerr", "person", (), ("Mr",))
LYLE = Speaker("lyle", "James Lyle", "person", ("Lyle",), ("Mr",))
WELL, TOWER, FULL, STANDS = "“The well is dry,”", "“The tower leans,”", "“The well is full,”", "“The tower stands,”"


class Asked(HeldInMemory):
    """One story that notes what it was asked."""

    def __init__(self) -> None:
        said = ((WELL, MARY), (TOWER, MARY), (FULL, TOM), (STANDS, LYLE))
        statements = []
        for number, (words, who) in enumerate(said):
            at = TEXT.index(words)
            cue = Cue(Span(TEXT.index("said", at), TEXT.index("said", at) + 4))
            statements.append(
                Statement("well", 1, Span(at, at + len(words)), "direct", who.id, None, cue, number, number)
            )
        super().__init__([Story("well", TEXT, "The well")], statements, (MARY, TOM, LYLE))
        self.questions: list[str] = []

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        self.questions.append(question)
        return Evidence(self.search(question, limit=limit, stories=stories), 0.9)


def asked(question: str, before: str) -> Result:
    return ask(Asked(), question, history=[Turn(before)], story="well")


def words_of(result: Result) -> list[str]:
    return [s.span.of(TEXT) for s in (result.statements if isinstance(result, Answer) else result.nearest)]


@pytest.mark.parametrize("question", ["more", "tell me more", "what else?", "anything more?"])
def test_more_is_what_they_said_that_was_not_shown(question: str) -> None:
    assert words_of(asked(question, "what did Mary Kerr say about the well?")) == [TOWER]


def test_where_all_was_shown_more_says_so() -> None:
    result = asked("more", "what did James Lyle say?")
    assert isinstance(result, Abstention)
    assert (result.name, result.topic) == ("James Lyle", "anything else")
    assert words_of(result) == [STANDS]


@pytest.mark.parametrize(
    ("question", "before", "meant"),
    [
        ("how old is he?", "what did James Lyle say?", "how old is James Lyle"),
        ("how old is his brother?", "what did Lyle say?", "how old is James Lyle's brother"),
        ("who is she?", "what did Mary Kerr say?", "who is Mary Kerr"),
        ("how old is she?", "what did James Lyle say?", "how old is she?"),
    ],
)
def test_a_fact_about_him_is_asked_with_the_name(question: str, before: str, meant: str) -> None:
    shelf = Asked()
    result = ask(shelf, question, history=[Turn(before)], story="well")
    assert result.question == question
    assert meant in shelf.questions


def test_who_disagreed_is_not_everybody() -> None:
    result = asked("did anyone disagree?", "what did Tom Kerr say about the well?")
    assert isinstance(result, Answer)
    assert not result.statements
    assert "disagreed" in result.passages[0].passage.span.of(TEXT)


def test_he_after_a_woman_is_not_she() -> None:
    result = asked("how did he respond?", "what did Mary Kerr say about the well?")
    assert isinstance(result, Abstention)
    assert result.reason is Reason.SEVERAL_SPEAKERS_MATCH
    assert {speaker.name for speaker in result.speakers} == {"Tom Kerr", "James Lyle"}


def test_he_may_be_whom_the_stories_do_not_know_as_a_person() -> None:
    held = Asked()
    unknown = Speaker(MARY.id, "Kerr of Ely", "organisation")
    shelf = HeldInMemory(held.stories, held.statements(), (unknown, TOM, LYLE))
    result = ask(shelf, "what did he say about the tower?", history=[Turn("what did Kerr of Ely say?")], story="well")
    assert [speaker.id for speaker in result.speakers] == [MARY.id]


def test_the_other_of_a_name_is_not_the_one_talked_of() -> None:
    assert words_of(asked("what about the other Kerr?", "what did Mary Kerr say?")) == [FULL]
    nobody = asked("what about the other Lyle?", "what did James Lyle say?")
    assert isinstance(nobody, Abstention)


def test_a_person_who_says_nothing_is_a_person_and_no_topic() -> None:
    result = asked("and Finch?", "what did James Lyle say about the tower?")
    assert isinstance(result, Abstention)
    assert (result.reason, result.name) == (Reason.MENTIONED_NOT_QUOTED, "Finch")
    assert words_of(asked("and the tower?", "what did Mary Kerr say about the well?")) == [TOWER]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what did Mary Kerr say about the well and what did Lyle say?", [WELL, STANDS]),
        ("what did Mary Kerr say about the well and who said the tower stands?", [WELL, STANDS]),
        ("what did Mary Kerr say about the well and what did Finch say?", [WELL]),
        ("what did Finch say and what did James Lyle say?", [STANDS]),
        ("what did Mary Kerr say about the well and what was in it?", [WELL]),
    ],
)
def test_of_two_questions_in_one_each_is_answered(question: str, words: list[str]) -> None:
    result = ask(Asked(), question, story="well")
    assert result.question == question
    assert words_of(result) == words
