"""Questions of fact: which words are marked as the answer, and when nothing is."""

from collections.abc import Collection, Sequence

from bot.answering import FOR_PEOPLE, ask
from bot.answers import Abstention, Answer
from index.ranking.evidence import Evidence
from index.story import Hit, Passage, Span, Story
from tests.bot.answering.shelf import HeldInMemory

TEXT = "A tree fell on a van near Kelby. The driver died. The army is ready. Ann Lee was in court."
FELL, DIED, ARMY, COURT = Span(0, 32), Span(33, 49), Span(50, 68), Span(69, 90)


class Told(HeldInMemory):
    """A shelf that tells these passages, in this order, and marks some words."""

    def __init__(self, order: Sequence[Span], mark: Span, answerable: float = 0.9, text: str = TEXT) -> None:
        super().__init__([Story("storm", text, "Storm")])
        self._order, self._mark, self._answerable = order, mark, answerable

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        hits = tuple(Hit(Passage("storm", 1, span, 0), 1.0 - at / 10) for at, span in enumerate(self._order))
        return Evidence(hits, self._answerable, ("storm", self._mark))


class Warned(HeldInMemory):
    """A shelf that keeps what it is told beforehand."""

    def __init__(self) -> None:
        super().__init__([Story("storm", TEXT, "Storm")])
        self.expected: list[str] = []

    def expect(self, question: str) -> None:
        self.expected.append(question)


def test_a_library_is_told_beforehand_of_what_is_looked_up_beside_the_answer_and_of_nothing_else() -> None:
    shelf = Warned()
    ask(shelf, "what did Lee say about the army?", limits=FOR_PEOPLE)
    assert shelf.expected == []
    ask(shelf, "what did Lee say about the army?")
    assert shelf.expected == ["what did Lee say about the army?"]


def marked(question: str, shelf: Told) -> list[str]:
    result = ask(shelf, question)
    assert isinstance(result, Answer)
    return [mark.span.of(TEXT) for mark in result.marks]


def test_the_words_that_answer_are_marked_in_the_best_passages() -> None:
    assert marked("what fell on the van?", Told((FELL, DIED, ARMY), Span(0, 6))) == ["A tree"]


def test_words_in_a_passage_that_is_not_among_the_best_are_not_the_answer() -> None:
    assert marked("which driver died near Kelby?", Told((FELL, DIED, COURT), Span(69, 76))) == []


def test_a_yes_or_no_has_no_words_marked() -> None:
    assert marked("was the van hit by a tree?", Told((FELL, DIED), Span(0, 6))) == []


def test_nobody_is_marked_as_having_done_what_no_words_show() -> None:
    shelf = Told((COURT, FELL), Span(69, 76))
    assert marked("who opposed the court?", shelf) == []
    assert marked("who was in court?", shelf) == ["Ann Lee"]


def test_a_fact_that_is_likelier_not_told_is_refused() -> None:
    assert isinstance(ask(Told((FELL,), Span(0, 6), answerable=0.2), "what fell on the bus?"), Abstention)


AGES = "Tom Berg, 61, owned the van. Ann Lee was in court. The judge was sworn in at 30."
BERG, LEE, JUDGE = Span(0, 28), Span(29, 50), Span(51, 80)


def test_an_age_is_that_of_the_person_asked_about() -> None:
    result = ask(Told((JUDGE, LEE, BERG), Span(77, 79), text=AGES), "how old is Berg?")
    assert isinstance(result, Answer)
    assert [mark.span.of(AGES) for mark in result.marks] == ["61"]


def test_an_age_that_no_story_tells_is_refused() -> None:
    shelf = Told((BERG, LEE), Span(10, 12), text=AGES)
    assert isinstance(ask(shelf, "how old is Ann Lee?"), Abstention)
    assert isinstance(ask(shelf, "how old is Jack Hall?"), Abstention)


def test_words_of_another_kind_are_not_marked_though_their_sentence_is_shown() -> None:
    assert marked("how many vans were hit?", Told((FELL, DIED), Span(27, 32))) == []
    assert marked("where was the van hit?", Told((FELL, DIED), Span(26, 31))) == ["Kelby"]


def test_what_names_nobody_asked_about_is_no_answer() -> None:
    assert isinstance(ask(Told((FELL, DIED), Span(0, 6)), "what fell on Tom Berg?"), Abstention)
    assert isinstance(ask(Told((COURT, FELL), Span(69, 76)), "who saw Ann Lee near Kelby?"), Answer)
