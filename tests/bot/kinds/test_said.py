"""Whose words are meant where the words for who describe somebody, and what is said where they describe nobody."""

from bot.answers import Abstention, Answer, Reason
from bot.kinds.desk import Desk
from bot.kinds.judged import Judged, Scored
from bot.kinds.said import answer_said, described_in, refusal, whose
from bot.questions.question import Question
from index.ranking.describing import Described
from index.ranking.evidence import Evidence
from index.story import Hit, Passage, Span, Speaker, Statement, Story
from tests.bot.shelf import HeldInMemory

TEXT = """The guard shut the gate, said Pavel Orr, the station manager.
Nobody had warned us, said Lena Voss, who drives the night train.
The vet, Sister Agnes Hale, was late."""
STORY = Story("gate", TEXT)
ORR, VOSS = Speaker("orr", "Pavel Orr", roles=("station manager",)), Speaker("voss", "Lena Voss")


def _said(speaker: str, words: str, mention: str) -> Statement:
    start, at = TEXT.index(words), TEXT.index(mention)
    span, who = Span(start, start + len(words)), Span(at, at + len(mention))
    return Statement("gate", 1, span, "direct", speaker, who, None, 0, 0)


SAID = (
    _said("orr", "The guard shut the gate", "Pavel Orr, the station manager"),
    _said("voss", "Nobody had warned us", "Lena Voss, who drives the night train"),
)
SHELF = HeldInMemory([STORY], SAID, [ORR, VOSS])
JUDGED = Judged(
    Evidence(tuple(Hit(Passage("gate", 1, one.span, 0), 1.0 - at) for at, one in enumerate(SAID)), 0.9),
    (Scored(SAID[0], 1.0, 0.5), Scored(SAID[1], 0.0, 0.3)),
    {"orr": ORR, "voss": VOSS},
    {},
)


def _asked(who: str) -> Question:
    return Question(f"what did {who} say?", "said", {"said": 1.0}, {"who": who})


def _answered(who: str) -> Answer | Abstention:
    return answer_said(Desk(SHELF, f"what did {who} say?"), _asked(who), JUDGED)


def test_whoever_is_described_comes_before_whoever_says_what_the_judge_likes_best() -> None:
    assert whose(JUDGED, Described()) == (ORR, VOSS)
    described = described_in(Desk(SHELF, "?"), _asked("the train driver"), JUDGED)
    assert whose(JUDGED, described) == (VOSS, ORR)
    answer = _answered("the train driver")
    assert isinstance(answer, Answer)
    assert answer.statements == SAID[1:]


def test_who_is_named_is_not_looked_for_among_the_described() -> None:
    assert described_in(Desk(SHELF, "?"), _asked("Pavel"), JUDGED) == Described()
    assert described_in(Desk(SHELF, "?"), Question("what was said?", "said", {}, {}), JUDGED) == Described()
    assert described_in(Desk(SHELF, "?"), _asked("the"), JUDGED) == Described()


def test_a_description_of_somebody_who_says_nothing_is_refused_and_says_so() -> None:
    answer = _answered("sister agnes")
    assert isinstance(answer, Abstention)
    assert answer.reason is Reason.MENTIONED_NOT_QUOTED
    assert answer.name == "sister agnes"


def test_a_refusal_is_about_whoever_is_described() -> None:
    question = "what did the train driver say about pensions?"
    about = Question(question, "said-about", {"said-about": 1.0}, {"who": "the train driver", "about": "pensions"})
    answer = refusal(Desk(SHELF, question), about, JUDGED)
    assert answer.speakers == (VOSS,)
    assert answer.nearest == SAID[1:]
