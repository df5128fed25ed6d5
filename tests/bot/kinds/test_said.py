"""Whose words are meant where the words for who describe somebody, and what is said where they describe nobody."""

from dataclasses import replace

import pytest

from bot.answers import Abstention, Answer, Reason
from bot.kinds.desk import Desk
from bot.kinds.judged import Judged, Scored, described_in
from bot.kinds.people import meant_by
from bot.kinds.said import answer_said, refusal, whose
from bot.kinds.whether import answer_whether
from bot.kinds.who_said import answer_who_said
from bot.questions.question import Question
from bot.questions.reader import Kind
from index.ranking.describing import Described
from index.ranking.evidence import Evidence
from index.ranking.linking import Link
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
    Evidence(tuple(Hit(Passage("gate", 1, one.span, 0), 1.0 - at) for at, one in enumerate(SAID)), 0.8),
    (Scored(SAID[0], 1.0, 0.5), Scored(SAID[1], 0.0, 0.3)),
    {"orr": ORR, "voss": VOSS},
    {},
)


def _asked(who: str) -> Question:
    return Question(f"what did {who} say?", "said", {"said": 1.0}, {"who": who})


def _answered(who: str) -> Answer | Abstention:
    return answer_said(Desk(SHELF, f"what did {who} say?"), _asked(who), _with_who(who))


def _described(who: str) -> Described:
    return described_in(Desk(SHELF, "?"), who, JUDGED)


def _with_who(who: str) -> Judged:
    return replace(JUDGED, described=_described(who))


def test_whoever_is_described_comes_before_whoever_says_what_the_judge_likes_best() -> None:
    assert whose(JUDGED) == (ORR, VOSS)
    assert whose(_with_who("the train driver")) == (VOSS, ORR)
    answer = _answered("the train driver")
    assert isinstance(answer, Answer)
    assert answer.statements == SAID[1:]


def test_of_somebody_who_has_nothing_to_do_with_the_question_only_what_answers_is_shown() -> None:
    unlikely = Scored(SAID[0], 1.0, 0.5), Scored(_said("orr", "was late", "Pavel Orr"), -3.0, 0.01)
    asked = Question("what was yelled?", "said", {"said": 1.0}, {})
    shelf = HeldInMemory([STORY], [one.statement for one in unlikely], [ORR, VOSS])
    answer = answer_said(Desk(shelf, asked.text), asked, replace(JUDGED, scored=unlikely))
    assert isinstance(answer, Answer)
    assert answer.statements == SAID[:1]
    linked = answer_said(
        Desk(shelf, asked.text), asked, replace(JUDGED, scored=unlikely, links={"orr": Link(role=0.5)})
    )
    assert isinstance(linked, Answer)
    assert len(linked.statements) == 2


@pytest.mark.parametrize(("links", "first"), [({"voss": 0.9}, "voss"), ({"voss": 0.9, "orr": 1.0}, "orr"), ({}, "orr")])
def test_where_nothing_was_read_as_who_the_only_one_named_is_meant(links: dict[str, float], first: str) -> None:
    asked = Question("what's voss said?", "said", {"said": 1.0}, {})
    scored = Scored(SAID[0], 5.0, 0.97), Scored(SAID[1], -4.0, 0.01)
    judged = replace(JUDGED, links={key: Link(name) for key, name in links.items()}, scored=scored)
    found = answer_said(Desk(SHELF, asked.text), asked, judged)
    assert isinstance(found, Answer)
    assert found.statements[0].speaker == first


def test_who_is_named_is_not_looked_for_among_the_described() -> None:
    assert _described("Pavel") == Described()
    assert _described("the") == Described()


def test_a_description_of_somebody_who_says_nothing_is_refused_and_says_so() -> None:
    answer = _answered("sister agnes")
    assert isinstance(answer, Abstention)
    assert answer.reason is Reason.MENTIONED_NOT_QUOTED
    assert answer.name == "sister agnes"


def test_who_has_another_office_than_the_one_asked_about_is_not_quoted_for_it() -> None:
    deputy = replace(ORR, roles=("deputy station manager",))
    sure = replace(JUDGED.evidence, answerable=1.0, answers=(0.9, 0.1))
    judged = replace(JUDGED, evidence=sure, voices={"orr": deputy, "voss": VOSS}).in_office("the station manager")
    assert [one.statement for one in judged.scored] == list(SAID[1:])
    for kind in (answer_said, answer_whether):
        answer = kind(Desk(SHELF, "?"), _asked("the station manager"), judged)
        assert isinstance(answer, Abstention)
    named = replace(JUDGED, voices={"orr": deputy}).in_office("station manager Orr")
    assert named.scored == JUDGED.scored


def test_a_refusal_is_about_whoever_is_described() -> None:
    question = "what did the train driver say about pensions?"
    about = Question(question, "said-about", {"said-about": 1.0}, {"who": "the train driver", "about": "pensions"})
    answer = refusal(Desk(SHELF, question), about, _with_who("the train driver"))
    assert answer.speakers == (VOSS,)
    assert answer.nearest == SAID[1:]


def test_a_name_with_words_that_are_not_theirs_describes_somebody() -> None:
    assert _described("Orr") == Described()
    assert _described("station manager Pavel Orr") == Described()
    assert _described("the driver of Orr's train").chances.keys() == {"orr", "voss"}


def test_where_nobody_is_called_so_and_an_answer_is_all_but_sure_the_sentences_tell_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.kinds.said.sureness", lambda *_: 0.95)
    read = replace(JUDGED, evidence=replace(JUDGED.evidence, answers=(0.9, 0.1)))
    answer = answer_said(Desk(SHELF, "?"), _asked("sister agnes"), read)
    assert isinstance(answer, Answer)
    assert not answer.statements
    assert [hit.passage.span.of(TEXT) for hit in answer.passages] == TEXT.split("\n")[:2]  # with who says them
    assert isinstance(answer_said(Desk(SHELF, "?"), _asked("sister agnes"), JUDGED), Abstention)


def _shown(kind: Kind, *chances: float, who: str | None = None) -> tuple[Statement, ...]:
    """What is shown of SAID, the first of which leads, where each is so likely to answer."""
    scored = tuple(Scored(one, 1.0 - at, chance) for at, (one, chance) in enumerate(zip(SAID, chances, strict=True)))
    asked = Question("?", kind, {kind: 1.0}, {"who": who} if who else {})
    by_kind = {"stance": answer_who_said, "who-said": answer_who_said, "whether": answer_whether}
    answer = by_kind.get(kind, answer_said)(Desk(SHELF, "?"), asked, replace(JUDGED, scored=scored))
    assert isinstance(answer, Answer)
    return answer.statements


def test_how_somebody_reacted_may_be_told_by_somebody_else() -> None:
    assert _shown("reaction", 0.9, 0.1, who="Voss") == SAID[:1]
    assert _shown("said-about", 0.9, 0.1, who="Voss") == SAID[1:]


def test_who_is_for_or_against_is_everybody_who_is_likely_at_all() -> None:
    assert _shown("stance", 0.9, 0.03) == SAID
    assert _shown("who-said", 0.9, 0.03) == SAID[:1]
    assert _shown("stance", 0.9, 0.01) == SAID[:1]


def test_where_the_best_is_not_sure_others_are_shown_after_it() -> None:
    assert _shown("who-said", 0.75, 0.1) == _shown("whether", 0.75, 0.1) == SAID
    assert _shown("who-said", 0.85, 0.1) == _shown("whether", 0.85, 0.1) == SAID[:1]


def test_of_two_of_a_name_a_title_tells_which_is_meant() -> None:
    walter, lyle = Speaker("walter", "Walter Voss", roles=("Sen.",)), Speaker("lyle", "Lyle Voss", roles=("Gov.",))
    said = [replace(SAID[0], speaker=one.id) for one in (walter, lyle)]
    desk = Desk(HeldInMemory([STORY], said, [walter, lyle]), "what did voss say?")
    assert [[one.id for one in meant_by(desk, words).speakers] for words in ("sen voss", "gov. voss", "voss")] == [
        ["walter"],
        ["lyle"],
        ["walter", "lyle"],
    ]


def test_whose_spokeswoman_is_asked_for_is_told_by_her_role() -> None:
    orr = Speaker("orr", "Pavel Orr")
    hers = Speaker("leary", "Tamsin Leary", roles=("Orr's spokeswoman",))
    said = [replace(SAID[0], speaker=one.id) for one in (orr, hers)]
    desk = Desk(HeldInMemory([STORY], said, [orr, hers]), "what did orr's spokeswoman say?")
    asked = ("orr's spokeswoman", "orr", "voss's spokeswoman")
    assert [[one.id for one in meant_by(desk, words).speakers] for words in asked] == [["leary"], ["orr"], []]


def test_whose_attorney_is_asked_for_is_not_whoever_has_one() -> None:
    judged = replace(JUDGED, links={"orr": Link(name=0.9)})
    answer = answer_said(Desk(SHELF, "what did orrs attorney say?"), _asked("orr's attorney"), judged)
    assert isinstance(answer, Abstention) or "orr" not in [one.speaker for one in answer.statements]
    assert isinstance(answer_said(Desk(SHELF, "what did orr say?"), _asked("orr"), judged), Answer)
