"""Results as pages of Discord markdown: whose words, how they came, and that everything fits."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Abstention, Answer, Reason
from bot.rendering.discord_context import render_context
from bot.rendering.discord_layout import PAGE_MAX
from bot.rendering.discord_letter import letter, sentence
from bot.rendering.discord_message import render_pages
from bot.rendering.discord_story import render_story
from index.story import Cue
from tests.bot.discord_side.shelf import FakeShelf, one_statement, passage_answer, said_by, seed_shelf

SHELF = seed_shelf()
URL = "https://news.example/story_(one)"
TEXT = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=3000)
MARKUP = st.text(alphabet='\\*_~`|<>@#:/[]()-. \n"“”aé😀', min_size=1, max_size=3000)


def bodies(answer: Answer | Abstention, shelf: FakeShelf = SHELF) -> str:
    return "\n=====\n".join(page.body for page in render_pages(answer, shelf).pages)


def test_a_quotation_in_two_parts_is_shown_whole_with_who_how_where_and_when() -> None:
    assert (
        '> "If he, himself, is the subject of an investigation, of course he would," … '
        "\"But if he's not, I don't see any purpose or reason to doing this.\"\n"
        "-# told reporters Thursday · KUSI, 2 March 2017 · paragraph 6 of 21"
    ) in bodies(said_by(SHELF, "Paul Ryan"))


def test_the_reporters_words_stand_in_no_quotation_marks_of_ours() -> None:
    body = bodies(said_by(SHELF, "Kamala D. Harris"))

    assert "*U.S. Senator Kamala D. Harris also called on* Sessions to resign\n" in body
    assert "in the reporter's words" in body
    assert "“" not in body
    assert '"' not in body


def test_a_post_is_put_in_marks_and_barred_as_somebodys_own_words() -> None:
    assert "> “And we need Attorney General Jeff Sessions – who should" in bodies(said_by(SHELF, "Elizabeth Warren"))


def test_words_that_came_through_another_say_so() -> None:
    assert "> ‘No one is above the law.’\n-# said · via Scott Peters" in bodies(said_by(SHELF, "Jeff Sessions"))


@pytest.mark.parametrize(
    ("stance", "shown"), [("denies", "a denial"), ("declines", "declined to say"), ("unsaid", "was not said")]
)
def test_what_was_not_simply_said_looks_different(stance: str, shown: str) -> None:
    answer = said_by(SHELF, "Jeff Sessions")
    first = answer.statements[0]
    assert first.cue is not None
    denied = replace(first, cue=Cue(first.cue.span, stance))  # type: ignore[arg-type]

    assert shown in bodies(replace(answer, statements=(denied,)))


def test_the_name_is_said_once_for_neighbouring_words_of_one_speaker() -> None:
    assert bodies(said_by(SHELF, "Al Franken")).count("**Al Franken**") == 1


def test_the_words_that_answer_a_question_of_fact_are_bold_in_their_passage() -> None:
    body = bodies(passage_answer(SHELF, "Segey Kislyak"))

    assert "with Russian Ambassador **Segey Kislyak**." in body
    assert "KUSI, 2 March 2017 · paragraph 1 of 21" in body


def test_a_story_with_an_address_is_linked_at_the_words() -> None:
    shelf = one_statement("“Nobody expected the rain.”", url=URL)
    body = bodies(said_by(shelf, "Ann Lee"), shelf)

    wanted = "https://news.example/story_%28one%29#:~:text=Nobody%20expected%20the%20rain."
    assert f"[The Paper, 1 May 2024](<{wanted}>)" in body


def test_words_that_stand_twice_are_linked_without_a_place() -> None:
    shelf = one_statement("“No more of this.”", url=URL, before="No more of this. ")

    assert "[The Paper, 1 May 2024](<https://news.example/story_%28one%29>)" in bodies(said_by(shelf, "Ann Lee"), shelf)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/", "no address", "https://", "https://[bad"])
def test_an_address_that_is_no_page_is_not_linked(url: str) -> None:
    shelf = one_statement("“Nobody expected the rain.”", url=url)

    assert "](" not in bodies(said_by(shelf, "Ann Lee"), shelf)


def test_an_abstention_says_why_and_shows_the_nearest_and_what_to_ask() -> None:
    ryan = said_by(SHELF, "Paul Ryan")
    choices = ("what did Paul Ryan say?",)
    nothing = Abstention(
        "q", Reason.NOT_IN_STORY, nearest=ryan.statements[1:][::-1], choices=choices, name="Paul Ryan", topic="taxes"
    )
    pages = render_pages(nothing, SHELF)

    assert pages.pages[0].body.startswith("The story does not say what Paul Ryan said about taxes.")
    assert 'of course he would," … "But if he\'s not' in pages.pages[0].body
    labels = [button.label for button in letter(pages).buttons]
    assert labels == ["In context", "👍", "👎", "Wrong speaker", "what did Paul Ryan say?"]


def test_an_empty_library_says_so() -> None:
    shelf = FakeShelf((), (), ())

    assert bodies(Abstention("q", Reason.NOT_IN_STORY), shelf) == "This library holds no stories yet."


def test_a_story_no_longer_held_is_said_where_its_words_would_stand() -> None:
    answer = said_by(SHELF, "Paul Ryan")

    assert "no longer held" in bodies(answer, FakeShelf((), (), ()))


def test_the_question_is_shown_only_where_it_does_not_stand_above() -> None:
    answer = said_by(SHELF, "Paul Ryan")

    assert letter(render_pages(answer, SHELF)).question is None
    assert letter(render_pages(answer, SHELF, question="what did Ryan say?")).question == "what did Ryan say?"


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXT, MARKUP), st.one_of(TEXT, MARKUP))
def test_whatever_was_said_by_whomever_every_page_fits_and_every_line_is_whole(words: str, name: str) -> None:
    shelf = one_statement(words, f"x{name[:300]}", url="https://news.example/" + "a/" * 200)
    pages = render_pages(said_by(shelf, f"x{name[:300]}"), shelf)

    assert all(0 < len(page.body) < PAGE_MAX for page in pages.pages)
    assert re.search(r"paragraph 1 of \d+( · the story looks cut off: it [a-z ]+)?$", pages.pages[-1].body)
    for page in pages.pages:
        surroundings = render_context(page, shelf)
        assert all(0 < len(around.body) < PAGE_MAX for around in surroundings.pages)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abc .", min_size=2500, max_size=6000))
def test_long_words_arrive_whole_each_part_in_a_pair_of_marks(words: str) -> None:
    spoken = f"“{words}”"
    shelf = one_statement(spoken)
    quoted = [
        line.removeprefix("> ")
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


def test_the_surroundings_hold_the_words_in_bold_and_nothing_else() -> None:
    page = render_pages(said_by(SHELF, "Nancy Pelosi"), SHELF).pages[0]
    around = render_context(page, SHELF).pages[0].body

    assert '**"He has proved that he is unqualified and unfit to serve in that position of trust."**' in around
    assert "** House Minority Leader Nancy Pelosi told reporters Thursday. **" in around


def test_what_is_shown_beside_words_that_nobody_said_is_called_the_nearest() -> None:
    nearest = said_by(SHELF, "Nancy Pelosi").statements
    nothing = Abstention("did Pelosi say it?", Reason.NOT_IN_STORY, nearest=nearest, quotation="pigs can fly")

    assert bodies(nothing).startswith(
        "✗ Found nowhere · These words stand nowhere in the story.\n-# The nearest that it has:\n\n**N"
    )


def cut_off(shelf: FakeShelf) -> FakeShelf:
    """The same, of a story that ends in the middle of a sentence."""
    [story] = shelf.stories
    return replace(shelf, stories=(replace(story, text=f"{story.text} The council will then vote on"),))


def test_that_a_story_looks_cut_off_is_said_once_in_a_reply() -> None:
    shelf = cut_off(SHELF)

    assert bodies(said_by(shelf, "Paul Ryan"), shelf).count("looks cut off") == 1


def test_a_story_that_looks_cut_off_says_so_where_it_is_shown_whole() -> None:
    shelf = cut_off(SHELF)

    assert "looks cut off" in render_story(shelf.stories[0], shelf).pages[0].body
    assert "looks cut off" not in render_story(SHELF.stories[0], SHELF).pages[0].body


def test_verdicts_stand_beside_the_other_buttons_where_a_row_holds_them_all() -> None:
    short, long = (render_pages(said_by(SHELF, name), SHELF) for name in ("Paul Ryan", "Scott Peters"))
    paged = replace(long, pages=long.pages * 2)

    assert {button.row for button in letter(short, private=True).buttons} == {0}
    assert [len([one for one in letter(paged, private=True).buttons if one.row == row]) for row in (0, 1)] == [5, 3]
