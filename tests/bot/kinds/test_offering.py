"""What is offered beside a refusal: only what is sure to be answered, and near to what was asked."""

import pytest

from bot.answers import Abstention, Answer, Reason, Result
from bot.asking import ask
from index.story import Cue, Kind, Span, Speaker, Stance, Statement, Story
from tests.bot.shelf import HeldInMemory

TEXT = (
    "The firm Dorne Water will raise its prices, though Rita Hoyle, the mayor of Dorne, is against it.\n\n"
    "“We have no choice,” said a spokesman for Dorne Water.\n\n"
    "“It is robbery,” the mayor said.\n\n"
    "Elton John will sing at the town hall, said Kim Vale."
)
SPOKESMAN = Speaker("voice", "a spokesman for Dorne Water", "unnamed")
MAYOR = Speaker("mayor", "the mayor", "unnamed")
VALE = Speaker("vale", "Kim Vale", "person", ("Vale",))


BOATS = (
    "Karl Lund, 49, said he was tired and denied that he had quarrelled with Moss over the boat.\n\n"
    "Eva Moss said that the boat was not for sale.\n\n"
    "Moss added that mending the mast, the sails, the rudder and the anchor would take 15 days.\n\n"
    "Lund accused the crew of “drinking the harbour dry on a Sunday.”\n\n"
    "One sailor said the crew was sober."
)
KARL, MOSS = (Speaker(n, f"{g} {n.title()}", "person", (n.title(),)) for g, n in (("Karl", "lund"), ("Eva", "moss")))
SAILOR = Speaker("sailor", "One sailor", "unnamed")
BERG = Speaker("mayor", "Ola Berg", "person", ("Berg",))
OTHER = "Ola Berg said the fair was fun."


def boats() -> HeldInMemory:
    said: tuple[tuple[str, Speaker, Stance], ...] = (
        ("he was tired", KARL, "says"),
        ("he had quarrelled with Moss over the boat", KARL, "denies"),
        ("the boat was not for sale", MOSS, "says"),
        ("mending the mast, the sails, the rudder and the anchor would take 15 days", MOSS, "says"),
        ("the crew of “drinking the harbour dry on a Sunday.”", KARL, "says"),
        ("the crew was sober", SAILOR, "says"),
    )
    statements = [Statement("fair", 1, Span(14, 30), "indirect", "mayor", None, Cue(Span(9, 13)), 0, 0)]
    for number, (words, who, stance) in enumerate(said):
        at = BOATS.index(words)
        cue = Cue(Span(at - 6, at - 1), stance)
        paragraph = BOATS.count("\n\n", 0, at)
        statements.append(
            Statement("boat", 1, Span(at, at + len(words)), "indirect", who.id, None, cue, number, paragraph)
        )
    stories = [Story("fair", OTHER, "The fair"), Story("boat", BOATS, "The boat")]
    return HeldInMemory(stories, statements, (BERG, KARL, MOSS, SAILOR))


def said(words: str, who: str | None, number: int, *, sure: float = 1.0) -> Statement:
    at = TEXT.index(words)
    cue = Cue(Span(at + len(words) + 1, at + len(words) + 5))
    kind: Kind = "direct" if words.startswith("“") else "indirect"
    span = Span(at, at + len(words))
    return Statement("dorne", 1, span, kind, who, None, cue, number, number + 1, confidence=sure)


def dorne(*, sure: float = 1.0) -> HeldInMemory:
    statements = (
        said("“We have no choice,”", "voice", 0),
        said("“It is robbery,”", "mayor", 1),
        said("Elton John will sing at the town hall", "vale", 2, sure=sure),
    )
    return HeldInMemory([Story("dorne", TEXT)], statements, (SPOKESMAN, MAYOR, VALE))


def refused(result: Result) -> Abstention:
    assert isinstance(result, Abstention)
    return result


def test_of_somebody_who_is_only_mentioned_it_is_offered_what_the_stories_say() -> None:
    result = refused(ask(dorne(), "what did Elton John say?"))
    assert result.reason is Reason.MENTIONED_NOT_QUOTED
    assert result.choices == ("what do the stories say about Elton John?",)
    assert isinstance(ask(dorne(), result.choices[0]), Answer)


def test_a_name_that_nobody_has_brings_up_nobody_else() -> None:
    assert refused(ask(boats(), "what did Obama say?")).choices == ()
    assert refused(ask(boats(), "what did Lundt say about tea?")).choices == ("what did Karl Lund say?",)


@pytest.mark.parametrize("name", ["Dorne Water", "Rita Hoyle"])
def test_nobody_is_said_to_be_silent_whose_words_may_stand_there_under_another_name(name: str) -> None:
    result = ask(dorne(), f"what did {name} say?")
    assert not (isinstance(result, Abstention) and result.reason is Reason.MENTIONED_NOT_QUOTED)


def test_words_that_a_story_leaves_open_may_be_those_of_whoever_is_named_there() -> None:
    text = "The chef Bo Dahl left the inn on Monday.\n\n“I am done with soup.”\n\nThe inn is shut."
    at = text.index("“")
    left_open = Statement("inn", 1, Span(at, at + 22), "direct", None, None, None, 0, 1)
    result = refused(ask(HeldInMemory([Story("inn", text)], [left_open]), "what did Bo Dahl say?"))
    assert result.reason is Reason.NOT_IN_STORY
    assert result.nearest == (left_open,)


def test_who_said_something_near_is_offered_and_only_where_that_is_sure() -> None:
    near = refused(ask(dorne(), "who said the town hall will burn in the night of the long knives?"))
    assert set(near.choices) <= {"what did Kim Vale say?"}
    unsure = refused(ask(dorne(sure=0.2), "who said the town hall will burn in the night of the long knives?"))
    assert unsure.choices == ()
