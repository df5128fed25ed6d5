"""Denials, refusals to say and other acts: never taken for assertions, and found where they are asked for."""

from datetime import date
from time import perf_counter

import pytest

from bot.answering import ask
from bot.answers import Abstention, Answer, Reason
from bot.rendering.discord_message import render_pages
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from index.story import Cue, Span, Speaker, Stance, Statement, Story
from tests.bot.answering.shelf import HeldInMemory

TEXT = (
    "Museum director Edith Palm denied that the alarm had been switched off.\n\n"
    "Police chief Dan Mull declined to say whether anybody was hurt.\n\n"
    "“The coins are safe,” Palm said.\n\n"
    "Judge Rosa Khan warned Palm to expect questions.\n\n"
    "Councillor Ray Bide opposes the new locks.\n\n"
    "“The new locks cost a fortune,” Palm added."
)
PALM = Speaker("palm", "Edith Palm", "person", ("Palm",), ("Museum director",))
MULL = Speaker("mull", "Dan Mull", "person", ("Mull",), ("Police chief",))
KHAN = Speaker("khan", "Rosa Khan", "person", ("Khan",), ("Judge",))
BIDE = Speaker("bide", "Ray Bide", "person", ("Bide",), ("Councillor",))
POLICE = Speaker("police", "police", "unnamed", ("the police",))
DENIED, DECLINED, SAFE, WARNED, OPPOSED, FORTUNE = (
    "the alarm had been switched off",
    "whether anybody was hurt",
    "“The coins are safe,”",
    "Palm to expect questions",
    "the new locks",
    "“The new locks cost a fortune,”",
)


def shelf() -> HeldInMemory:
    said: tuple[tuple[str, Speaker, str, Stance], ...] = (
        (DENIED, PALM, "denied", "denies"),
        (DECLINED, MULL, "declined to say", "declines"),
        (SAFE, PALM, "said", "says"),
        (WARNED, KHAN, "warned", "says"),
        (OPPOSED, BIDE, "opposes", "says"),
        (FORTUNE, PALM, "added", "says"),
    )
    statements = [
        Statement(
            "coins", 1, span_of(words), "direct" if words.startswith("“") else "indirect", who.id, None,
            Cue(span_of(cue), stance), number, 2 * number,
        )
        for number, (words, who, cue, stance) in enumerate(said)
    ]  # fmt: skip
    return HeldInMemory([Story("coins", TEXT, "Coins", "Post", date(2024, 5, 6))], statements, (PALM, MULL, KHAN, BIDE))


def span_of(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def words_of(result: Answer | Abstention) -> list[str]:
    statements = result.statements if isinstance(result, Answer) else result.nearest
    return [statement.span.of(TEXT) for statement in statements]


@pytest.mark.parametrize(
    "question",
    [
        "did Palm say the alarm had been switched off?",
        "is it true that Palm said the alarm had been switched off",
        "did Edith Palm say that the alarm was switched off?",
    ],
)
def test_whoever_denied_it_did_not_say_it(question: str) -> None:
    result = ask(shelf(), question)
    assert isinstance(result, Answer)
    assert result.verdict == "no"
    assert words_of(result) == [DENIED]
    assert plain(result, seen_by(result, shelf())).startswith("No: ")


def test_nobody_said_what_was_only_denied() -> None:
    result = ask(shelf(), "who said the alarm had been switched off?")
    assert isinstance(result, Abstention)
    assert words_of(result)[0] == DENIED


@pytest.mark.parametrize(
    "question", ["what did Palm say?", "what did Palm say about the alarm?", "what did Palm deny?"]
)
def test_a_denial_is_shown_as_one_on_every_face(question: str) -> None:
    result = ask(shelf(), question)
    assert DENIED in words_of(result)
    assert "a denial" in plain(result, seen_by(result, shelf()))
    page = render_pages(result, shelf()).pages[0].body
    assert "Denied" in page[: page.index("had been switched")]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("who denied anything?", [DENIED]),
        ("did anybody deny it?", [DENIED]),
        ("who denied that the alarm was switched off?", [DENIED]),
        ("who declined to comment?", [DECLINED]),
        ("did Khan warn Palm?", [WARNED]),
    ],
)
def test_an_act_is_found_by_how_it_is_reported(question: str, words: list[str]) -> None:
    result = ask(shelf(), question)
    assert isinstance(result, Answer)
    assert words_of(result) == words


def test_an_act_that_nothing_shows_is_not_put_on_whoever_only_spoke_of_it() -> None:
    result = ask(shelf(), "who supports the new locks?")
    assert "Edith Palm" not in {speaker.name for speaker in result.speakers}
    refused = ask(shelf(), "did Bide warn Palm?")
    assert isinstance(refused, Abstention)
    assert refused.reason is Reason.NOT_IN_STORY


def test_a_title_in_full_means_its_holder_and_not_a_group_with_a_part_of_it() -> None:
    held = shelf()
    with_police = HeldInMemory(held.stories, held.statements(), (*held.speakers(), POLICE))
    result = ask(with_police, "what did the police chief say?")
    assert [speaker.name for speaker in result.speakers] == ["Dan Mull"]


def test_a_question_about_a_story_that_is_not_held_is_refused() -> None:
    assert isinstance(ask(shelf(), "how many coins are there?", story="nowhere"), Abstention)


def test_who_denied_anything_among_thousands_of_denials_is_told_soon() -> None:
    lines = [f"Palm denied that coin {n} was lost.\n" for n in range(2_000)]
    at, said = 0, []
    for number, line in enumerate(lines):
        cue = Cue(Span(at + 5, at + 11), "denies")
        said.append(Statement("coins", 1, Span(at + 12, at + len(line)), "indirect", "palm", None, cue, number, number))
        at += len(line)
    started = perf_counter()
    result = ask(HeldInMemory([Story("coins", "".join(lines))], said, [PALM]), "who denied anything?")
    assert isinstance(result, Answer)
    assert perf_counter() - started < 4
