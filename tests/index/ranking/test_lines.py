"""Who speaks in a sentence, and what a question has to do with them."""

import pytest

from index.ranking.lines import LINKS, Line, Linked, Voices
from index.story import Passage, Span, Speaker, Statement

ANN = Speaker("ann", "Ann Berg", roles=("Mayor",))
BO = Speaker("bo", "Bo Falk", roles=("harbour pilot",))
TEXT = "“The quay is shut,” Ann Berg said. Bo Falk said it was safe. It rained."
SENTENCES = ("“The quay is shut,” Ann Berg said.", "Bo Falk said it was safe.", "It rained.")


def voices() -> Voices:
    said = (("“The quay is shut,”", ANN), ("it was safe", BO))
    statements = [
        Statement(
            "quay", 1, Span(TEXT.index(words), TEXT.index(words) + len(words)), "direct", who.id, None, None, at, 0
        )
        for at, (words, who) in enumerate(said)
    ]
    return Voices(lambda story: statements, lambda story: (ANN, BO))


def lines() -> list[Line]:
    spans = (Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in SENTENCES)
    return voices().lines([Passage("quay", 1, span, 0) for span in spans])


def test_a_sentence_is_theirs_who_say_enough_of_it() -> None:
    assert [line.speakers for line in lines()] == [(ANN,), (BO,), ()]
    assert [line.label for line in lines()] == ["Ann Berg, Mayor", "Bo Falk, harbour pilot", ""]


@pytest.mark.parametrize(
    ("question", "before", "codes"),
    [
        ("what did Berg say?", (), ("named's", "another's", "nobody's")),
        ("what did the pilot say?", (), ("another's", "role's", "nobody's")),
        ("is it safe?", (), ("somebody's", "somebody's", "nobody's")),
        ("and why?", ("what did Berg say?",), ("named's", "another's", "nobody's")),
    ],
)
def test_each_sentence_is_marked_by_who_is_asked_about(
    question: str, before: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    linked = Linked.of(question, before, (ANN, BO))
    assert tuple(LINKS[linked.code(line, text)] for line, text in zip(lines(), SENTENCES, strict=True)) == codes


def test_a_sentence_that_nobody_says_may_have_the_name() -> None:
    linked = Linked.of("what about Berg?", (), (ANN, BO))
    assert LINKS[linked.code(Line(), "Berg, 49, came later.")] == "mentions"
