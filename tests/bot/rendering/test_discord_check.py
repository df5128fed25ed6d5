"""Checks as Discord shows them: the verdict first, in words and colour, then what differs, then who and where."""

from dataclasses import replace

import pytest

from bot.answers import Answer, Checked
from bot.asking import check_all
from bot.rendering.discord_check import LEFT_OUT, OURS, THEIRS, render_checks
from bot.rendering.discord_letter import Tone
from bot.rendering.discord_message import render_pages
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from index.story import Cue, Span
from tests.bot.shelf import seed_by_hand

SHELF = seed_by_hand()
BOTH = f"{THEIRS} {OURS}"


def checked(text: str, speaker: str | None = None) -> Checked:
    [one] = check_all(SHELF, text, speaker=speaker)
    return one


def shown(text: str, speaker: str | None = None) -> tuple[str, Tone]:
    pages = render_pages(checked(text, speaker).result, SHELF)
    return pages.pages[0].body, pages.tone


@pytest.mark.parametrize(
    ("quote", "speaker", "first", "tone"),
    [
        ("That's not true.", "Franken", "**✓ Exact**\n\n", "confirmed"),
        ("he had not met with the Russians", "Franken", "**≈ Trimmed**\n", "differs"),
        (
            "That's not true.",
            "Pelosi",
            "**✗ Somebody else’s words**\nThese words are Al Franken’s, not Pelosi’s",
            "wrong",
        ),
        ("Sessions recused himself Thursday", None, "**– The reporter’s words**\n", "differs"),
        ("pigs can fly over the moon", None, "**✗ Found nowhere**\n", "nothing"),
        ("I did … have communications with the Russians", None, "**✗ Altered: “not” is left out**\n", "wrong"),
        ("I did have communications with the Russians", None, "**✗ Altered: “not” is left out**\n", "wrong"),
        ("He has never proved that he is unqualified and unfit", None, "**✗ Altered: “never” is put in**\n", "wrong"),
        (
            "He has proved that he is not unworthy and unfit",
            None,
            "**✗ Altered: “not” is put in, 2 words in all**",
            "wrong",
        ),
        ("He has proved that he is unworthy and unfit", None, "**✗ Altered: 1 word**\n", "wrong"),
        ("He has proved that he is unfit to serve", None, "**✗ Altered: 2 words left out**\n", "wrong"),
        ("He has now proved that he is unqualified", None, "**✗ Altered: 1 word put in**\n", "wrong"),
        ("He has proved that he is … unfit to serve", None, "**≈ Trimmed**\n", "differs"),
        ("unqualified", None, "**– Too few words**\nSo few may stand anywhere: give more", "nothing"),
    ],
)
def test_the_verdict_comes_first_in_words_and_colour(quote: str, speaker: str | None, first: str, tone: Tone) -> None:
    body, colour = shown(quote, speaker)
    assert body.startswith(first)
    assert colour == tone


@pytest.mark.parametrize(
    ("quote", "line", "legend"),
    [
        ("He has proved that he is unworthy and unfit to serve", "he is ~~unworthy~~ **unqualified** and", BOTH),
        ("He has proved that he is unfit to serve", "proved that he is **unqualified and** unfit to serve", LEFT_OUT),
        ("He has never proved that he is unqualified and unfit", "He has ~~never~~ proved that", THEIRS),
        ("I did … have communications", "I did **not** have communications", LEFT_OUT),
        ("He has proved that he is … unfit", "proved that he is **unqualified and** unfit", LEFT_OUT),
    ],
)  # fmt: skip
def test_what_differs_follows_with_a_legend_of_the_marks_that_are_there(quote: str, line: str, legend: str) -> None:
    body, _ = shown(quote)
    assert line in body.splitlines()[1]
    assert body.splitlines()[2] == f"-# {legend}"


def test_a_mark_of_omission_where_nothing_is_left_out_is_no_difference() -> None:
    body, tone = shown("He has proved … that he is unqualified")
    assert body.startswith("**≈ Trimmed**\nThe story has these words, but more was said than was quoted.\n\n**N")
    assert tone == "differs"


def test_of_words_too_few_to_check_it_can_be_asked_who_said_them() -> None:
    pages = render_pages(checked("“Unqualified”").result, SHELF)
    assert pages.choices == ("who said unqualified?",)


def test_what_was_given_is_shown_as_text() -> None:
    body, _ = shown("He has proved that he is un<@123>fit **x** and unfit to serve in that position")
    assert "\\<\\@123\\>" in body


def test_several_quotations_get_a_line_each_with_a_gap_between_them_in_the_colour_of_the_worst() -> None:
    found = check_all(
        SHELF, "Ryan said “We need it now”, Pelosi said “pigs can fly” and Franken said “That's not true”"
    )
    pages = render_checks(found, SHELF)
    [page] = pages.pages
    first, rest = page.body.split("\n", 1)
    lines = rest.replace("\n-# ", " -# ").split("\n\n")
    assert first == "-# 3 quotations:"
    assert [line.partition(" · ")[0] for line in lines] == [
        "**✗ Somebody else’s words**",
        "**✗ Found nowhere** (as Pelosi’s)",
        "**✓ Exact**",
    ]
    assert lines[0].endswith(" -# Elizabeth Warren · KUSI, 2 March 2017 ¶9")
    assert pages.tone == "wrong"


def test_of_several_quotations_of_which_one_only_lacks_a_word_the_legend_is_given() -> None:
    found = check_all(SHELF, "“We need it now” and “I did have communications with the Russians”")
    [page] = render_checks(found, SHELF).pages

    assert "~~" not in page.body.partition("\n")[2]
    assert page.body.startswith("-# 2 quotations · **what was left out**\n")


def test_what_was_denied_is_said_once() -> None:
    found = checked("I did not have communications with the Russians").result
    assert isinstance(found, Answer)
    denied = [replace(one, cue=Cue(Span(0, 4), "denies")) for one in found.statements[:1]]
    body = render_pages(replace(found, verdict="denied", statements=tuple(denied)), SHELF).pages[0].body
    assert body.count("Denied") == 1


def test_that_words_stand_nowhere_is_said_like_any_other_verdict() -> None:
    body, tone = shown("pigs can fly")
    assert body.splitlines()[:2] == ["**✗ Found nowhere**", "These words stand nowhere in the story."]
    assert tone == "nothing"


def test_a_terminal_shows_the_same_without_colour() -> None:
    result = checked("He has proved that he is unworthy and unfit to serve").result
    assert isinstance(result, Answer)
    text = plain(result, seen_by(result, SHELF))
    assert text.startswith(
        "✗ Altered: 1 word\n\n"
        "As given {→ as it stands}: He has proved that he is {unworthy → unqualified} and unfit to serve\n\n"
    )
