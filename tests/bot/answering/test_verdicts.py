"""Whether somebody said it: a denial in the same sentence, a no, another figure, words that nobody put in quotes."""

import pytest

from bot.answering import ask
from bot.answers import Abstention, Answer, Result
from index.story import Cue, Span, Speaker, Stance, Statement, Story
from tests.bot.answering.shelf import HeldInMemory

TEXT = (
    "Karl Lund, 49, said he was tired and denied that he had quarrelled with Moss over the boat.\n\n"
    "Eva Moss said that the boat was not for sale.\n\n"
    "Moss added that mending the mast, the sails, the rudder and the anchor would take 15 days.\n\n"
    "Lund accused the crew of “drinking the harbour dry on a Sunday.”\n\n"
    "One sailor said the crew was sober."
)
LUND, MOSS = (Speaker(n, f"{g} {n.title()}", "person", (n.title(),)) for g, n in (("Karl", "lund"), ("Eva", "moss")))
SAILOR = Speaker("sailor", "One sailor", "unnamed")
MAYOR = Speaker("mayor", "Ola Berg", "person", ("Berg",))
OTHER = "Ola Berg said the fair was fun."


def shelf() -> HeldInMemory:
    said: tuple[tuple[str, Speaker, Stance], ...] = (
        ("he was tired", LUND, "says"),
        ("he had quarrelled with Moss over the boat", LUND, "denies"),
        ("the boat was not for sale", MOSS, "says"),
        ("mending the mast, the sails, the rudder and the anchor would take 15 days", MOSS, "says"),
        ("the crew of “drinking the harbour dry on a Sunday.”", LUND, "says"),
        ("the crew was sober", SAILOR, "says"),
    )
    statements = [Statement("fair", 1, Span(14, 30), "indirect", "mayor", None, Cue(Span(9, 13)), 0, 0)]
    for number, (words, who, stance) in enumerate(said):
        at = TEXT.index(words)
        cue = Cue(Span(at - 6, at - 1), stance)
        paragraph = TEXT.count("\n\n", 0, at)
        statements.append(
            Statement("boat", 1, Span(at, at + len(words)), "indirect", who.id, None, cue, number, paragraph)
        )
    stories = [Story("fair", OTHER, "The fair"), Story("boat", TEXT, "The boat")]
    return HeldInMemory(stories, statements, (MAYOR, LUND, MOSS, SAILOR))


def words_of(result: Result) -> list[str]:
    found = result.statements if isinstance(result, Answer) else result.nearest
    return [statement.span.of(TEXT) for statement in found]


def test_a_denial_counts_though_other_words_stand_beside_it() -> None:
    result = ask(shelf(), "did Lund say he quarrelled with Moss?")
    assert isinstance(result, Answer)
    assert result.verdict == "no"
    assert words_of(result) == ["he had quarrelled with Moss over the boat"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("did Moss deny the boat was for sale?", "the boat was not for sale"),
        ("did Lund deny that he quarrelled with Moss over the boat?", "he had quarrelled with Moss over the boat"),
    ],
)
def test_to_say_no_is_to_deny(question: str, words: str) -> None:
    result = ask(shelf(), question)
    assert isinstance(result, Answer)
    assert result.verdict == "yes"
    assert words_of(result) == [words]


def test_another_figure_bears_nothing_out() -> None:
    result = ask(shelf(), "did Moss say mending the mast, sails, rudder and anchor would take 5 days?")
    assert isinstance(result, Abstention)
    assert words_of(result)[0] == "mending the mast, the sails, the rudder and the anchor would take 15 days"
    assert isinstance(ask(shelf(), "did Moss say mending mast, sails and rudder would take 15 days?"), Answer)


def test_who_quotes_nothing_leaves_nothing_out() -> None:
    result = ask(shelf(), "did Lund accuse the crew of drinking the harbour dry?")
    assert isinstance(result, Answer)
    assert result.verdict == "yes"
    quoted = ask(shelf(), 'did Lund say "drinking the harbour dry"?')
    assert isinstance(quoted, Answer)
    assert quoted.verdict == "trimmed"
