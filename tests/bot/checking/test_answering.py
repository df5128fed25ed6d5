"""Checks as they are answered: each quotation of a text by itself, with the words that bear the verdict out."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.answers import Answer
from bot.asking import check, check_all
from bot.checking.answering import CHECK_S, MANY_STORIES
from bot.errors import TooSlow
from bot.rendering.contract import verdict_of
from bot.shelf import Shelf, in_time
from index.story import Cue, Span, Speaker, Statement, Story
from tests.bot.checking.conftest import Reading
from tests.bot.checking.test_kinds import written
from tests.bot.shelf import HeldInMemory, seed_by_hand


def verdicts(shelf: Shelf, text: str) -> list[tuple[str | None, str | None]]:
    return [(one.whose, verdict_of(one.result)) for one in check_all(shelf, text)]


def test_two_people_in_one_message_are_each_held_to_their_own_words() -> None:
    message = (
        "Pelosi said “He has proved that he is unqualified and unfit to serve” while Sessions said "
        "“I'm not aware of any of those activities” and Ryan said “We need it now”"
    )
    assert verdicts(seed_by_hand(), message) == [
        ("Pelosi", "trimmed"),
        ("Sessions", "exact"),
        ("Ryan", "other-speaker"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ryan: I don't see any purpose",
        "I don't see any purpose, Ryan said",
        "&quot;I don't see any purpose&quot; (Ryan)",
    ],
)
def test_a_cue_without_marks_and_a_label_say_whose_words_they_are(text: str) -> None:
    assert verdicts(seed_by_hand(), text) == [("Ryan", "trimmed")]


@pytest.mark.parametrize("word", ["investigation", "it is", "the", "…", "—", "?"])
def test_a_word_or_nothing_is_no_quotation_that_could_be_altered(word: str) -> None:
    assert set(verdicts(seed_by_hand(), word)) <= {(None, "none"), (None, "trimmed")}


@pytest.mark.parametrize(
    ("quote", "left_out", "put_in"),
    [
        ("We could wait for rain this summer", "not", None),
        ("We could never wait for rain this summer", None, None),
        ("We could not hardly wait for rain this summer", None, "hardly"),
        ("Nobody asks the bankers about the water", None, None),
        ("Somebody asks the farmers about the water", "nobody", None),
        ("We can pay for a second well and we wont ask", "not", None),
        ("We can't pay for a second well and we will never ask", None, None),
        ("We can't pay for a second well and we won't beg", None, None),
    ],
)
def test_a_word_of_denial_that_one_has_and_the_other_lacks_is_named(
    read: Reading, quote: str, left_out: str | None, put_in: str | None
) -> None:
    shelf = read(
        "The valley was dry.\n\n“We could not wait for rain this summer,” said Ada Burke. “Nobody asks the farmers "
        "about the water.”\n\n“We can’t pay for a second well and we won’t ask,” said Cy Dunn."
    )
    [one] = check_all(shelf, f"“{quote}”")

    assert isinstance(one.result, Answer)
    assert one.result.verdict == "changed"
    assert one.result.compared
    assert (one.result.compared.left_out, one.result.compared.put_in) == (left_out, put_in)


def test_none_of_several_quotations_is_dropped() -> None:
    message = "Is any of this right? “We need it now”, “pigs can fly over the moon”, “That's not true”"
    assert verdicts(seed_by_hand(), message) == [(None, "exact"), (None, "none"), (None, "exact")]


def test_pieces_that_do_not_stand_together_get_a_verdict_each(read: Reading) -> None:
    text, _ = written()["flood"]
    assert verdicts(
        read(text), "“We had ten minutes,” said Gail Moor. “Nobody warned us, nobody phoned us, nobody came.”"
    ) == [
        ("Gail Moor", "exact"),
        ("Gail Moor", "changed"),
    ]


def test_a_name_that_stands_for_a_body_is_nobody_else() -> None:
    words = "“We are sorry,” said a spokesman for Brill Water."
    said = Statement("s", 1, Span(0, 15), "direct", "spokesman", Span(21, 47), Cue(Span(16, 20)), 0, 0)
    voice = Speaker("spokesman", "a spokesman for Brill Water", "unnamed")
    shelf = HeldInMemory([Story("s", words)], [said], [voice])
    assert verdict_of(check(shelf, "We are sorry", speaker="Brill Water")) == "exact"
    assert verdict_of(check(shelf, "We are sorry", speaker="Ann Lee")) == "other-speaker"


def test_what_differs_is_set_beside_the_storys_words(read: Reading) -> None:
    text, _ = written()["library"]
    result = check(read(text), "I was right about these people", speaker="Ray Huff")
    assert isinstance(result, Answer)
    assert result.compared
    assert result.compared.changed == 1
    differing = [step for step in result.compared.steps if not step.same]
    assert [(step.given and step.given.of(result.compared.given), step.stored and step.stored.of(text))
            for step in differing] == [("right", "wrong")]  # fmt: skip


def test_words_that_a_statement_has_as_denied_are_denied_whoever_is_asked() -> None:
    words = "Crane denied saying “heads will roll at this plant”."
    said = Statement("s", 1, Span(20, 51), "direct", "crane", Span(0, 5), Cue(Span(6, 19), "denies"), 0, 0)
    shelf = HeldInMemory([Story("s", words)], [said], [Speaker("crane", "Neil Crane", "person", ("Crane",))])
    assert verdict_of(check(shelf, "heads will roll at this plant")) == "denied"
    assert verdict_of(check(shelf, "heads will roll", speaker="Neil Crane")) == "denied"


def test_somebody_who_says_that_they_never_said_it_did_not(read: Reading) -> None:
    shelf = read("“I never said ‘heads will roll at this plant’,” Neil Crane said on Monday.\n")
    assert verdict_of(check(shelf, "heads will roll at this plant", speaker="Neil Crane")) == "denied"
    assert verdict_of(check(shelf, "I never said heads will roll at this plant", speaker="Neil Crane")) == "exact"


def test_of_many_stories_those_that_have_the_words_are_looked_at() -> None:
    lines = [f"“The {sign * 3} harbour is never going to shut,” said Ann Lee." for sign in "abcdefghijklmnopqrstuvwxyz"]
    texts = [f"{line} {number}" for number in range(MANY_STORIES // len(lines) + 1) for line in lines]
    stories = [Story(f"s{number}", text) for number, text in enumerate(texts)]
    said = [
        Statement(story.id, 1, Span(0, story.text.index("”") + 1), "direct", "lee", None, None, 0, 0)
        for story in stories
    ]
    shelf = HeldInMemory(stories, said, [Speaker("lee", "Ann Lee")])
    assert len(stories) > MANY_STORIES
    result = check(shelf, "The ggg harbour is never going to shut")
    assert verdict_of(result) == "exact"
    assert isinstance(result, Answer)
    assert "ggg" in shelf.story(result.statements[0].story).text
    assert verdict_of(check(shelf, "The ggg harbour is going to shut")) == "changed"


def test_a_check_is_given_up_once_its_time_is_over() -> None:
    times: Iterator[float] = iter([0.0, 1.0, CHECK_S + 1])
    look = in_time(CHECK_S, lambda: next(times))
    look()
    with pytest.raises(TooSlow):
        look()


def test_many_copies_of_one_sentence_are_no_more_work_than_their_number() -> None:
    line = "“The harbour is open on monday,” said Ann Lee.\n\n"
    said = Statement("s", 1, Span(0, 32), "direct", "lee", None, None, 0, 0)
    many = 2_000
    statements = [
        replace(said, span=Span(at * len(line), at * len(line) + 32), attribution=at, paragraph=at)
        for at in range(many)
    ]
    shelf = HeldInMemory([Story("s", line * many)], statements, [Speaker("lee", "Ann Lee")])
    assert verdict_of(check(shelf, "the harbour is open on monday", speaker="Bo Dahl")) == "other-speaker"
    assert verdict_of(check(shelf, "the market was shut on friday " * 300, speaker="Ann Lee")) == "none"
