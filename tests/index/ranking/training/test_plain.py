"""Questions in a story's own words, made of its statements."""

from index.ranking.training.plain import plain_lines
from index.story import Cue, Span, Speaker, Stance, Statement, Story

TEXT = (
    "The pier will be closed by Friday, Ann Lee said. Ivo Hale denied that the council had been told in March. "
    "“I will stay,” said Mia Crane. Hale added that the ferry was never safe in winter storms."
)
PEOPLE = (Speaker("lee", "Ann Lee"), Speaker("hale", "Ivo Hale"), Speaker("crane", "Mia Crane"))


def statement(words: str, speaker: str, stance: Stance = "says", sure: float = 0.9) -> Statement:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    return Statement("s", 1, span, "indirect", speaker, None, Cue(span, stance), 0, 0, confidence=sure)


CLOSED = statement("The pier will be closed by Friday", "lee")
TOLD = statement("the council had been told in March", "hale", "denies")
STAY = statement("“I will stay,”", "crane")
SAFE = statement("that the ferry was never safe in winter storms", "hale")
DOUBTED = statement("The pier will be closed by Friday", "lee", sure=0.5)


def test_each_question_is_about_what_somebody_says_in_its_words_and_the_same_twice() -> None:
    said = [CLOSED, TOLD, STAY, SAFE]
    lines = list(plain_lines(Story("s", TEXT), PEOPLE, said))
    assert lines == list(plain_lines(Story("s", TEXT), PEOPLE, said))
    assert [line["kind"] for line in lines] == ["whether", "whether", "who-said"]
    yes_or_no, of_another, who = lines
    told = next(one for one in said if one.span.start == yes_or_no["evidence"][0]["start"])
    assert yes_or_no["verdict"] == ("no" if told is TOLD else "yes")
    assert not of_another["answerable"]
    assert of_another["evidence"] == []
    assert "verdict" not in of_another
    assert who["answerable"]
    for line in lines:
        assert any(one.span.of(TEXT).removeprefix("that ").split(" ", 1)[1] in line["question"] for one in said)
        assert "I will stay" not in line["question"]


def test_nobody_is_asked_about_what_is_hardly_sure_or_passed_on() -> None:
    assert list(plain_lines(Story("s", TEXT), PEOPLE, [DOUBTED])) == []


def test_alone_in_a_story_nobody_is_asked_about_another_s_words() -> None:
    lines = list(plain_lines(Story("s", TEXT), PEOPLE[1:2], [TOLD, SAFE]))
    assert [(line["kind"], line["answerable"]) for line in lines] == [("whether", True), ("whether", True)]
