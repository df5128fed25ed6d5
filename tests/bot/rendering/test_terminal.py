"""A result laid out for a person at a terminal."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from rich.console import Console, RenderableType

from bot.answers import Abstention, Reason, Result
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from bot.rendering.terminal import rendered, rendered_speakers, rendered_stories, rendered_story
from bot.rendering.wording import in_signs
from index.story import Story
from tests.bot.discord_side.shelf import FakeShelf, one_statement, said_by, seed_shelf
from tests.bot.rendering.written import made_up, results

SEED = seed_shelf()


def printed(layout: RenderableType, *, width: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    colours = "truecolor" if colour else None
    Console(file=out, width=width, force_terminal=colour, color_system=colours).print(layout)  # type: ignore[arg-type]
    return out.getvalue()


def laid_out(result: Result, shelf: FakeShelf = SEED, *, width: int = 80, colour: bool = False) -> str:
    return printed(rendered(result, seen_by(result, shelf), width=width), width=width, colour=colour)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for speaker in SEED.speakers():
        assert max(map(len, laid_out(said_by(SEED, speaker.name), width=width).splitlines())) <= width


def test_where_it_is_narrow_the_attribution_stands_in_one_column() -> None:
    lines = laid_out(said_by(SEED, "Paul Ryan"), width=40).splitlines()
    assert "  told reporters Thursday" in [line.rstrip() for line in lines]


def test_somebodys_words_are_bold_and_a_reporters_are_not() -> None:
    assert "\x1b[1m" in laid_out(said_by(SEED, "Nancy Pelosi"), colour=True)
    assert "\x1b[1m" not in laid_out(said_by(SEED, "Kamala D. Harris"), colour=True)


def test_a_yes_or_no_that_is_only_likely_has_neither_the_colour_of_right_nor_of_wrong() -> None:
    said = said_by(SEED, "Kamala D. Harris")
    sure, likely = (laid_out(replace(said, verdict="no", likely=one), colour=True) for one in (1.0, 0.9))
    green, red = "\x1b[1;32m", "\x1b[1;31m"
    assert f"{red}No, as the story tells it:" in sure
    assert "\x1b[1mMost likely no:" in likely
    assert not {red, green} & {likely[at : at + len(red)] for at in range(len(likely))}


def test_markup_in_a_story_is_shown_as_text() -> None:
    shelf = one_statement("“[bold]No[/bold] :smile:”")
    assert "[bold]No[/bold] :smile:" in laid_out(said_by(shelf, "Ann Lee"), shelf)


def test_no_control_character_of_a_story_reaches_the_terminal() -> None:
    shelf = one_statement("“\x1b]0;owned\x07 \x1b[31m\u202eno”")
    text = laid_out(said_by(shelf, "Ann Lee"), shelf)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "␛]0;owned␇" in text


def test_signs_for_control_characters_keep_every_offset() -> None:
    text = "a\x00\x1b\x7f\x85\u202eb\n\t"
    assert len(in_signs(text)) == len(text)
    assert in_signs(text).startswith("a␀␛␡")


def test_an_abstention_says_why_and_what_to_ask() -> None:
    text = laid_out(Abstention("q", Reason.NOT_IN_STORY, choices=("who speaks?",)))
    assert "The story does not say that." in text
    assert "You could ask: who speaks?" in text


@pytest.mark.parametrize("width", [30, 100])
def test_lists_of_speakers_and_stories_fit_and_count(width: int) -> None:
    speakers = printed(rendered_speakers([(who, 2) for who in SEED.speakers()], width=width), width=width)
    assert speakers.count("2 statements") == len(SEED.speakers())
    assert "statement · seed" in printed(rendered_stories([(SEED.stories[0], 1)]), width=width)


def test_a_title_is_not_said_twice_where_the_outlet_is_not_known() -> None:
    rain = Story("rain", "It rained.", title="The wet week", date=date(2024, 5, 1))
    listed, whole = printed(rendered_stories([(rain, 1)])), printed(rendered_story(rain, ()))
    assert [line.strip() for line in listed.splitlines()] == ["The wet week", "1 May 2024 · 1 statement · rain"]
    assert [line.strip() for line in whole.splitlines()] == ["The wet week", "1 May 2024", "", "It rained."]
    undated = replace(rain, date=None)
    assert [line.strip() for line in printed(rendered_story(undated, ())).splitlines()] == [
        *("The wet week", "", "It rained.")
    ]


def test_a_story_is_shown_whole() -> None:
    text = printed(rendered_story(SEED.stories[0], SEED.statements()), width=4000)
    assert all(line.strip() in text for line in SEED.stories[0].text.splitlines())


@made_up
@given(results())
def test_any_result_can_be_laid_out(made: tuple[Result, FakeShelf]) -> None:
    result, shelf = made
    assert isinstance(laid_out(result, shelf), str)


def test_the_answers_to_two_questions_stand_apart_each_under_its_own() -> None:
    ryan, pelosi = (replace(said_by(SEED, name), question=f"and {name}") for name in ("Paul Ryan", "Nancy Pelosi"))
    text = laid_out(replace(ryan, apart=(ryan, pelosi)))
    places = [
        text.index(part) for part in ("and Paul Ryan?", "  Paul Ryan, House", "and Nancy Pelosi?", "  Nancy Pelosi")
    ]
    assert places == sorted(places)


@made_up
@given(results())
def test_a_terminal_says_what_plain_text_says(made: tuple[Result, FakeShelf]) -> None:
    result, shelf = made
    if isinstance(result, Abstention) or result.form != "stories":
        plainly = in_signs(plain(result, seen_by(result, shelf)))
        assert laid_out(result, shelf, width=10_000).split() == plainly.split()
