"""Results as pages: that everything fits, what comes first of much, and what stands below."""

import re
import textwrap
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Abstention, Answer, Reason
from bot.rendering.discord_letter import PAGE_MAX, Pages, fitted_lines, letter, sentence
from bot.rendering.discord_message import render_pages
from bot.rendering.discord_stories import render_context, render_story
from bot.rendering.sentences import heading
from index.story import Span, Speaker, Statement
from tests.bot.discord_side.shelf import FakeShelf, one_statement, said_by, seed_shelf
from tests.bot.rendering.written import a_story, bodies, several

SHELF = seed_shelf()
TEXT = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=3000)
MARKUP = st.text(alphabet='\\*_~`|<>@#:/[]()-. \n"“”aé😀', min_size=1, max_size=3000)


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXT, MARKUP), st.one_of(TEXT, MARKUP))
def test_whatever_was_said_by_whomever_every_page_fits_and_every_line_is_whole(words: str, name: str) -> None:
    shelf = one_statement(words, f"x{name[:300]}", url="https://news.example/" + "a/" * 200)
    pages = render_pages(said_by(shelf, f"x{name[:300]}"), shelf)

    assert all(0 < len(page.body) < PAGE_MAX for page in pages.pages)
    assert re.search(r" \[?¶1(\]\(<[^>]+>\))?$", pages.pages[-1].body)
    for page in pages.pages:
        surroundings = render_context(page, shelf)
        assert all(0 < len(around.body) < PAGE_MAX for around in surroundings.pages)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abc .", min_size=2500, max_size=6000))
def test_long_words_arrive_whole_each_part_in_a_pair_of_marks(words: str) -> None:
    spoken = f"“{words}”"
    shelf = one_statement(spoken)
    quoted = [
        line.removeprefix("> ").removesuffix(" ¶1")
        for page in render_pages(said_by(shelf, "Ann Lee"), shelf).pages
        for line in page.body.split("\n")
        if line.startswith("> ")
    ]

    assert all(line[0] == "“" and line[-1] == "”" for line in quoted)
    assert "".join("".join(quoted).split()).replace("“", "").replace("”", "") == "".join(words.split())


@settings(max_examples=60, deadline=None)
@given(st.one_of(TEXT, MARKUP))
def test_any_sentence_fits_a_message(text: str) -> None:
    assert len(sentence(text).body) <= 2_000


def test_no_button_is_dead_and_there_are_never_more_than_three() -> None:
    page = render_pages(said_by(SHELF, "Paul Ryan"), SHELF).pages[0]
    pages = Pages((page,) * 3, "words", choices=("one?", "two?", "three?"), adds=True)

    labels = [[button.label for button in letter(pages, at, private=True).buttons] for at in range(3)]

    assert labels == [["More", "Add a story", "one?"], ["Back", "More", "Add a story"], ["Back", "Add a story", "one?"]]
    assert [one.label for one in letter(pages, private=True).menus[0].options] == [
        "In context", "All", "Share", "👍 Good answer", "👎 Bad answer", "Wrong speaker",
    ]  # fmt: skip


def speaking(people: int, times: int, *, length: int = 20) -> tuple[Answer, FakeShelf]:
    """Who said something: so many people, the likeliest first, each so often, in two stories by turns."""
    lines = [f"“{at:02} {'it rains ' * (length // 9)}.”" for at in range(people * times)]
    text, stories = "\n".join(lines), [a_story(name) for name in "ab"]
    ends = list(accumulate(len(line) + 1 for line in lines))
    who = tuple(Speaker(f"p{at}", f"Ann {chr(65 + at)}", roles=("mayor",)) for at in range(people))
    said = tuple(
        Statement(
            "ab"[at % people % 2],
            1,
            Span(end - len(line) - 1, end - 1),
            "direct",
            f"p{at % people}",
            None,
            None,
            at,
            at,
        )
        for at, (line, end) in enumerate(zip(lines, ends, strict=True))
    )
    shelf = FakeShelf(tuple(replace(one, text=text) for one in stories), said, who)
    return Answer("q", "who-said", who, said), shelf


def names_on(pages: Pages) -> list[list[str]]:
    return [re.findall(r"\*\*Ann (.)\*\*", page.body) for page in pages.pages]


def test_of_many_who_say_it_the_likeliest_three_come_first_each_once_and_the_others_behind_them() -> None:
    answer, shelf = speaking(9, 3)

    pages = render_pages(answer, shelf)

    assert names_on(pages) == [["A", "C", "B"], ["D", "F", "H", "E", "G"]]
    assert [page.count("“") for page in (one.body for one in pages.pages)] == [3, 5]
    assert letter(pages).footer == "6 more speakers · Page 1 of 2"
    assert [(one.leads, [option.label for option in one.options]) for one in letter(pages).menus][:1] == [
        ("speaker", ["Ann A", "Ann C", "Ann B"])
    ]


def test_the_likeliest_come_first_also_where_one_of_them_says_it_again() -> None:
    answer, shelf = speaking(4, 2)

    pages = render_pages(replace(answer, statements=answer.statements[:5]), shelf)

    assert names_on(pages) == [["A", "C", "B"], ["D"]]


@pytest.mark.parametrize(
    ("people", "times", "length", "shown"),
    [
        (2, 2, 20, [["A", "B"]]),  # all of it has room
        (3, 2, 20, [["A", "C", "B"]]),  # each once has room
        (3, 1, 900, [["A"], ["C"], ["B"]]),
        (1, 7, 20, [["A"]]),
    ],
)
def test_where_each_once_has_room_nobody_is_left_for_later(
    people: int, times: int, length: int, shown: list[list[str]]
) -> None:
    pages = render_pages(*speaking(people, times, length=length))

    assert names_on(pages) == shown
    assert not any(page.behind for page in pages.pages)


def test_of_very_many_there_are_two_pages_and_a_menu_of_the_others() -> None:
    pages = render_pages(*speaking(12, 2))

    assert [len(names) for names in names_on(pages)] == [3, 5]
    assert [letter(pages, at).footer for at in (0, 1)] == [
        "9 more speakers · Page 1 of 2",
        "4 more in the menu · Page 2 of 2",
    ]
    assert [one.label[-1] for one in letter(pages, 1).menus[0].options] == [*"DFHEG", *"IJKL"]
    assert len(letter(render_pages(*speaking(40, 1)), 1).menus[0].options) == 25


def test_of_four_the_last_is_behind_the_first_three_though_there_were_room() -> None:
    pages = render_pages(*speaking(4, 1))

    assert names_on(pages) == [["A", "C", "B"], ["D"]]
    assert letter(pages).footer == "1 more speaker · Page 1 of 2"


def test_whoever_said_more_than_is_shown_can_be_chosen_from_a_menu_and_where_all_is_shown_there_is_none() -> None:
    assert [one.leads for one in letter(render_pages(*speaking(3, 2))).menus] == ["speaker", "more"]
    assert [one.leads for one in letter(render_pages(*speaking(2, 2))).menus] == ["more"]


def test_what_a_speaker_says_in_a_story_stands_together_though_another_says_something_likelier() -> None:
    answer, shelf = speaking(3, 2)
    body = render_pages(replace(answer, statements=answer.statements[:4]), shelf).pages[0].body

    assert re.findall(r"\*\*Ann (.)\*\*|“(0\d)", body) == [
        ("A", ""), ("", "00"), ("", "03"), ("C", ""), ("", "02"), ("B", ""), ("", "01"),
    ]  # fmt: skip


def test_what_one_person_said_is_shown_whole_however_much_it_is() -> None:
    answer, shelf = speaking(1, 12)
    pages = render_pages(replace(answer, form="said"), shelf)

    assert sum(page.body.count("“") for page in pages.pages) == 12


PHONE, DESKTOP = (42, 50), (68, 80)
"""Code points in a line of an embed on a phone and on a desktop, of usual and of small writing."""


def lines_on(width: tuple[int, int], body: str) -> tuple[int, int]:
    """The lines that words take at a width, and those that all else takes beside and above them."""
    usual, small = width
    words = besides = 0
    for line in filter(None, re.sub(r"\]\(<[^>]*>\)|[*\\]", "", body).split("\n")):
        if line.startswith("> "):
            quoted, _, tail = line[2:].rpartition("”")
            own = len(textwrap.wrap(f"{quoted}”", usual))
            words += own
            besides += len(textwrap.wrap(f"{quoted}”{tail}", usual)) - own
        else:
            besides += len(textwrap.wrap(line.removeprefix("-# "), small))
    return words, besides


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_what_stands_beside_five_quotations_takes_no_more_lines_than_they_do(width: tuple[int, int]) -> None:
    shelf = several(a_story("a"))
    five = tuple(replace(one, attribution=at) for at, one in enumerate(shelf.held * 3))[:5]
    spread = tuple(replace(one, span=Span(0, 10 - at)) for at, one in enumerate(five))

    [page] = render_pages(Answer("q", "said", shelf.people, spread), shelf).pages

    words, besides = lines_on(width, page.body)
    assert words == 5
    assert besides <= words


def test_two_words_have_at_most_three_lines_beside_them_on_a_phone() -> None:
    long = replace(a_story("a"), title="A headline that goes on and on " * 5, source="The Long Named Paper " * 5)

    words, besides = lines_on(PHONE, bodies(said_by(several(long), "Ann Lee"), several(long)))

    assert words == 2
    assert besides <= 4


@pytest.mark.parametrize("likely", [1.0, 0.9, 0.7])
def test_a_yes_or_no_stands_once_above_all_the_words_that_it_is_read_from(likely: float) -> None:
    shelf = several(a_story("a"))
    seven = tuple(replace(one, attribution=at) for at, one in enumerate(shelf.held * 7))[:7]
    answer = Answer("q", "said", shelf.people, seven, verdict="no", likely=likely)
    line = heading(answer)
    assert line
    pages = render_pages(answer, shelf)

    first, *rest = pages.pages
    assert first.body.startswith(f"{line}\n\n**Ann Lee**")
    assert len(rest) == 1
    assert line not in rest[0].body
    assert [one.label for one in letter(pages).buttons] == ["More", "Quote card"]
    assert letter(pages, private=True).body == first.body
    assert (pages.tone == "wrong") == (likely == 1.0)


def test_the_answers_to_two_questions_stand_apart_on_one_page_where_there_is_room() -> None:
    ryan, pelosi = (replace(said_by(SHELF, name), question=f"and {name}") for name in ("Paul Ryan", "Nancy Pelosi"))
    nothing = Abstention("who opposed it?", Reason.NOT_IN_STORY, choices=("what did Ryan say?",))
    both, refused = (render_pages(replace(ryan, apart=parts), SHELF) for parts in ((ryan, pelosi), (ryan, nothing)))
    assert both.pages[0].body.startswith("**and Paul Ryan?**\n**Paul Ryan**")
    assert "\n\n**and Nancy Pelosi?**\n**Nancy Pelosi**" in both.pages[0].body
    assert {said[0].speaker for said in both.pages[0].utterances} == {one.id for one in ryan.speakers + pelosi.speakers}
    assert refused.pages[0].body.endswith("**who opposed it?**\nThe story does not say that.")
    assert refused.choices == nothing.choices


def test_answers_to_two_questions_that_are_long_have_pages_of_their_own() -> None:
    long = one_statement("“" + "It was a long day. " * 60 + "”")
    said = said_by(long, "Ann Lee")
    pages = render_pages(replace(said, apart=(said, said)), long).pages
    assert len(pages) == 2
    assert all(len(page.body) <= PAGE_MAX for page in pages)


@pytest.mark.parametrize(
    ("items", "besides", "shown", "more"),
    [
        (["one", "two"], 0, 2, 0),
        (["one", "two"], 3, 2, 3),
        ([f"{number:02}" + "x" * 298 for number in range(9)], 0, 6, 3),
        (["x" * 120 + "\n" + "y" * 120] * 9, 4, 7, 6),
        (["x" * PAGE_MAX], 0, 0, 1),
    ],
)
def test_a_list_has_whole_items_and_the_number_of_those_left_out(
    items: list[str], besides: int, shown: int, more: int
) -> None:
    last = [f"-# and {more} more"] if more else []
    assert fitted_lines("**All**", items, besides=besides) == "\n".join(["**All**", *items[:shown], *last])
    assert len(fitted_lines("**All**", items, besides=besides)) <= PAGE_MAX


def test_a_story_below_a_long_title_is_shown_whole() -> None:
    text, long = "_" * 3_000, "*" * 160
    [story] = one_statement(text, url="https://news.example/" + "a" * 270).stories
    shelf = FakeShelf((replace(story, text=text, title=long, source=long, author=long),), (), ())
    pages = render_story(shelf.stories[0], shelf).pages
    assert sum(page.body.count("\\_") for page in pages) == len(text)
    assert all(len(page.body) <= PAGE_MAX for page in pages)
