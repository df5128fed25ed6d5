"""Answers of sentences: whom a sentence is about is said with it."""

import pytest

from bot.answers import Answer
from bot.kinds.desk import Desk
from bot.kinds.fact import from_sentences
from bot.kinds.judged import Judged
from bot.questions.question import Question
from bot.questions.reader import Kind
from index.ranking.evidence import Evidence
from index.story import Hit, Passage, Span, Speaker, Statement, Story
from tests.bot.shelf import HeldInMemory

ANA = Speaker("lund", "Ana Lund")
SAID = Statement("pier", 1, Span(0, 3), "direct", "lund", None, None, 0, 1)


def shown(text: str, sentence: str, kind: Kind = "said-about", said: Statement = SAID) -> str:
    """The first words shown where a sentence of a story answers."""
    story = Story("pier", text)
    at = text.index(sentence)
    hit = Hit(Passage("pier", 1, Span(at, at + len(sentence)), text[:at].count("\n")), 1.0)
    asked = Question("what of the pier?", kind, {}, {})
    desk = Desk(HeldInMemory([story], [said], [ANA]), asked.text)
    answer = from_sentences(desk, asked, Judged(Evidence((hit,)), (), {"lund": ANA}, {}))
    assert isinstance(answer, Answer)
    return answer.passages[0].passage.span.of(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It rained. Ana Lund came late. She would keep the pier.", "Ana Lund came late. She would keep the pier."),
        ("Ana Lund came late. It rained. She would keep the pier.",
         "Ana Lund came late. It rained. She would keep the pier."),
        ("It rained all day. She would keep the pier.", "She would keep the pier."),
        ("Ana Lund came late.\nShe would keep the pier.", "She would keep the pier."),
    ],
)  # fmt: skip
def test_a_sentence_about_him_or_her_begins_with_who_that_is_where_its_paragraph_tells(text: str, wanted: str) -> None:
    assert shown(text, "She would keep the pier.") == wanted


def test_a_sentence_with_a_name_before_its_pronoun_stands_as_it_is() -> None:
    text = "Ana Lund came late. On Monday Lund said that she would keep the pier."
    assert shown(text, "On Monday Lund said that she would keep the pier.").startswith("On Monday")


def test_a_sentence_of_a_quotation_comes_with_the_one_that_tells_whose_it_is() -> None:
    text = "It rained. “The pier is ours. It has stood since 1890,” said Ana Lund on Monday. Nobody came."
    words, mention = text.index("“The pier"), text.index("Ana Lund")
    said = Statement(
        "pier", 1, Span(words, text.index(" said")), "direct", "lund", Span(mention, mention + 8), None, 0, 1
    )
    told = "“The pier is ours. It has stood since 1890,” said Ana Lund on Monday."
    assert shown(text, "“The pier is ours.", said=said) == told
    assert shown(text, "“The pier is ours.", "fact", said=said) == "“The pier is ours."
    assert shown(text, "Nobody came.", said=said) == "Nobody came."
    apart = text.replace("ours. It", "ours.\nIt")
    assert shown(apart, "“The pier is ours.", said=said) == "“The pier is ours."


def test_a_fact_stands_as_it_is() -> None:
    assert (
        shown("Ana Lund came late. She was born in 1950.", "She was born in 1950.", "fact") == "She was born in 1950."
    )
