"""Which of somebody's statements are about a topic: by their own words, and by what stands just before them."""

from bot.answering import ask
from bot.answers import Abstention, Answer, Reason, Turn
from index.story import Cue, Span, Speaker, Statement, Story
from tests.bot.answering.shelf import HeldInMemory

TEXT = (
    "The mayor wants the schools to stay open until six. “Parents need it,” Mara Lind said.\n\n"
    "The bridge is closed. “It is the frost,” Lind said."
)
LIND = Speaker("lind", "Mara Lind", "person", ("Lind",), ("Mayor",))
SCHOOLS, BRIDGE = "“Parents need it,”", "“It is the frost,”"


def shelf() -> HeldInMemory:
    statements = []
    for number, words in enumerate((SCHOOLS, BRIDGE)):
        at, told = TEXT.index(words), TEXT.index("said", TEXT.index(words))
        cue = Cue(Span(told, told + 4))
        statements.append(Statement("town", 1, Span(at, at + len(words)), "direct", "lind", None, cue, number, number))
    return HeldInMemory([Story("town", TEXT, "Town news")], statements, (LIND,))


def test_what_a_statement_is_about_may_stand_in_the_sentence_before_it() -> None:
    for topic, words in (("the schools", SCHOOLS), ("the bridge", BRIDGE)):
        result = ask(shelf(), f"what did Lind say about {topic}?")
        assert isinstance(result, Answer)
        assert [statement.span.of(TEXT) for statement in result.statements] == [words]


def test_what_stands_in_another_paragraph_does_not_make_it_about_that() -> None:
    assert not isinstance(ask(shelf(), "what did Lind say about the harbour?"), Answer)


def test_she_in_a_first_question_to_many_stories_may_be_any_of_the_newest() -> None:
    other = Story("harbour", "The harbour is open again after the storm, all of it.", "Harbour news")
    people = (LIND, Speaker("holt", "Anna Holt", "person", ("Holt",)))
    holt = Statement("harbour", 1, Span(4, 11), "indirect", "holt", None, None, 0, 0)
    both = HeldInMemory([*shelf().stories, other], [*shelf().statements(), holt], people)
    result = ask(both, "what did she say?")
    assert isinstance(result, Abstention)
    assert result.reason is Reason.SEVERAL_SPEAKERS_MATCH
    assert {speaker.name for speaker in result.speakers} == {"Mara Lind", "Anna Holt"}


def test_who_else_is_asked_of_the_story_at_hand() -> None:
    other = Story("harbour", "The harbour is open again after the storm, all of it.", "Harbour news")
    people = (LIND, Speaker("holt", "Anna Holt", "person", ("Holt",)), Speaker("moss", "Jon Moss", "person", ("Moss",)))
    said = [
        Statement("harbour", 1, Span(4, 11), "indirect", "holt", None, None, 0, 0),
        Statement("harbour", 1, Span(12, 19), "indirect", "moss", None, None, 1, 0),
    ]
    both = HeldInMemory([*shelf().stories, other], [*shelf().statements(), *said], people)
    result = ask(both, "who else?", history=[Turn("what did Holt say?")])
    assert [speaker.name for speaker in result.speakers] == ["Jon Moss"]
