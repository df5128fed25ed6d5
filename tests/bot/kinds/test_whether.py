"""A yes or a no that was read out of the best words: beside them, likely at most, and only where they settle it."""

from dataclasses import replace

import pytest

from bot.answers import Answer
from bot.kinds.desk import Desk
from bot.kinds.judged import Judged, Scored
from bot.kinds.whether import SETTLED, _is_a_namesakes, _is_taken_back_elsewhere, _with_opinion
from bot.questions.question import Question
from bot.rendering.contract import as_json
from bot.rendering.discord_message import render_pages
from bot.rendering.sentences import verdict_line
from index.ranking.entailment import Entailment
from index.ranking.evidence import Evidence
from index.story import Cue, Span, Speaker, Stance, Statement, Story
from tests.bot.shelf import HeldInMemory

STORY = Story("pier", "“We will never sell the pier,” said Mayor Ana Lund.")
MAYOR = Speaker("lund", "Ana Lund")
SAID = Statement("pier", 1, Span(0, 30), "direct", "lund", Span(42, 50), None, 0, 1)
SHELF = HeldInMemory([STORY], [SAID], [MAYOR])
ASKED = Question("is lund selling the pier?", "whether", {}, {})
PLAIN = Answer("is lund selling the pier?", "said", (MAYOR,), (SAID,))


def told(chance: float, settled: float = 1.0) -> Answer:
    """The answer after it was read how likely a yes is, and whether the words settle it."""
    return _with_opinion(PLAIN, ASKED, Entailment(settled, chance))


@pytest.mark.parametrize(
    ("chance", "line"),
    [
        (0.97, "Most likely yes:"),
        (0.78, "It reads like a yes:"),
        (0.22, "It reads like a no:"),
        (0.58, "Perhaps yes:"),
        (0.45, "Perhaps no:"),
        (0.02, "Most likely no:"),
    ],
)
def test_a_verdict_that_was_read_is_never_more_than_likely(chance: float, line: str) -> None:
    answer = told(chance)
    assert verdict_line(answer) == line
    assert as_json(answer, SHELF)["verdict"] == ("yes" if chance > 0.5 else "no")
    assert line in render_pages(answer, SHELF).pages[0].body


def test_what_the_words_leave_open_gets_no_verdict() -> None:
    assert told(0.97, SETTLED - 0.01).verdict is None
    assert told(0.97, SETTLED + 0.01).verdict == "yes"


def test_what_was_never_said_is_no_yes_though_what_was_said_is_like_it() -> None:
    never, did = "“we will sell the pier”", "“We may sell a part of the pier,”"
    text = f"Lund never said {never}. {did} Lund said."
    story = Story("pier", text)
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in (never, did)]
    unsaid = replace(SAID, span=spans[0], cue=Cue(Span(0, 4), "unsaid"))
    said = replace(SAID, span=spans[1], cue=Cue(Span(0, 4)))
    shelf = HeldInMemory([story], [unsaid, said], [MAYOR])
    judged = Judged(Evidence(()), (Scored(said, 1.0, 0.6), Scored(unsaid, 0.5, 0.4)), {"lund": MAYOR}, {})
    answer = replace(PLAIN, statements=(said,))
    for words, taken_back in (("selling the pier", True), ("selling a part of the pier", False)):
        asked = Question(f"did lund talk of {words}?", "whether", {}, {"words": words})
        assert _is_taken_back_elsewhere(Desk(shelf, asked.text), asked, judged, answer) == taken_back


@pytest.mark.parametrize("stance", ["denies", "unsaid"])
def test_words_that_somebody_denies_or_never_said_say_no(stance: Stance) -> None:
    denied = replace(PLAIN, statements=(replace(SAID, cue=Cue(Span(33, 37), stance)),))
    assert [_with_opinion(denied, ASKED, Entailment(1.0, chance)).verdict for chance in (0.9, 0.1)] == ["no", "no"]
    whether_they_do = Question("did lund deny selling the pier?", "whether", {}, {})
    assert _with_opinion(denied, whether_they_do, Entailment(1.0, 0.9)).verdict == "yes"


def test_what_somebody_else_says_is_no_yes_for_whoever_is_named_in_full() -> None:
    namesake = Speaker("tom", "Tom Lund")
    scored = (Scored(SAID, 1.0, 0.9),)
    judged = Judged(Evidence(), scored, {"lund": MAYOR, "tom": namesake, "rosa": Speaker("rosa", "Rosa Diaz")}, {})
    asked = {
        who: Question(f"did {who} say it", "whether", {}, {"who": who}) for who in ("tom lund", "ana lund", "lund")
    }
    told_of = {who: _is_a_namesakes(PLAIN, question, judged) for who, question in asked.items()}
    assert told_of == {"tom lund": True, "ana lund": False, "lund": False}


def test_where_nothing_was_read_closely_there_is_no_opinion() -> None:
    assert _with_opinion(PLAIN, ASKED, None) is PLAIN


def test_only_a_verdict_beyond_doubt_has_the_colour_of_right_or_wrong() -> None:
    sure = render_pages(replace(PLAIN, verdict="no"), SHELF)
    likely = render_pages(replace(PLAIN, verdict="no", likely=0.9), SHELF)
    assert verdict_line(replace(PLAIN, verdict="no")) == "No, as the story tells it:"
    assert sure.tone != likely.tone
