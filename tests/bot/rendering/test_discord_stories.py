"""Stories as Discord shows them: above the words, around them, in lists, and by themselves."""

import re
from dataclasses import replace

import pytest

from bot.answers import Answer
from bot.rendering.discord_letter import Pages, letter
from bot.rendering.discord_message import render_pages
from bot.rendering.discord_stories import render_context, render_stories, render_story
from index.story import MEMBER, SHARED, Hit, Passage, Span, Speaker, Story
from tests.bot.discord_side.shelf import FakeShelf, one_statement, passage_answer, said_by, seed_shelf
from tests.bot.rendering.written import a_story, bodies, several

SHELF = seed_shelf()
URL = "https://news.example/story_(one)"


def test_a_story_with_an_address_is_linked_at_the_words() -> None:
    shelf = one_statement("“Nobody expected the rain.”", url=URL)
    body = bodies(said_by(shelf, "Ann Lee"), shelf)

    wanted = "https://news.example/story_%28one%29#:~:text=Nobody%20expected%20the%20rain."
    assert f"[¶1](<{wanted}>)" in body
    assert "[**A title**](<https://news.example/story_%28one%29>) · The Paper, 1 May 2024\n" in body


def test_words_that_stand_twice_are_linked_without_a_place() -> None:
    shelf = one_statement("“No more of this.”", url=URL, before="No more of this. ")

    assert bodies(said_by(shelf, "Ann Lee"), shelf).endswith(" ¶1")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/", "no address", "https://", "https://[bad"])
def test_an_address_that_is_no_page_is_not_linked(url: str) -> None:
    shelf = one_statement("“Nobody expected the rain.”", url=url)

    assert "](" not in bodies(said_by(shelf, "Ann Lee"), shelf)


def test_what_is_asked_about_one_story_of_several_is_told_below_the_story() -> None:
    [story] = SHELF.stories
    both = replace(SHELF, stories=(story, replace(story, id="other", title="Another")))
    answer = replace(passage_answer(both, "Segey Kislyak"), part="date", marks=())

    assert bodies(answer, both) == f"-# **{story.title}** · KUSI, 2 March 2017\nIt appeared on 2 March 2017."
    assert bodies(answer, SHELF) == "It appeared on 2 March 2017."


def test_the_words_of_one_story_stand_together_below_its_headline() -> None:
    shelf = several(a_story("a"), a_story("b"))
    mixed = tuple(shelf.held[at] for at in (0, 2, 1, 3))

    body = bodies(Answer("q", "said", shelf.people, mixed), shelf)

    assert body.count("What the council of a said of it") == 1
    assert re.findall("council of .|It is .", body) == [
        "council of a", "It is 1", "It is 2", "council of b", "It is 1", "It is 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (a_story("a"), "The Paper, 1 May 2024\n"),
        (a_story("a", None), "no outlet given, 1 May 2024\n"),
        (a_story(f"{MEMBER}a"), "The Paper, 1 May 2024 · added by a member\n"),
    ],
)
def test_beside_the_words_it_says_where_the_story_is_from(held: Story, said: str) -> None:
    shelf = several(held)

    assert said in bodies(said_by(shelf, "Ann Lee"), shelf)


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


def test_the_surroundings_hold_the_words_in_bold_and_nothing_else() -> None:
    page = render_pages(said_by(SHELF, "Nancy Pelosi"), SHELF).pages[0]
    around = render_context(page, SHELF).pages[0].body

    assert '**"He has proved that he is unqualified and unfit to serve in that position of trust."**' in around
    assert "** House Minority Leader Nancy Pelosi told reporters Thursday. **" in around


def test_what_stands_around_two_utterances_near_each_other_is_shown_once() -> None:
    told = said_by(SHELF, "Paul Ryan")
    [page] = render_pages(told, SHELF).pages
    around = "\n".join(one.body for one in render_context(page, SHELF).pages)

    assert len(page.utterances) == 2
    assert around.startswith("-# KUSI, 2 March 2017 · paragraphs 5–6 of")
    assert around.count("House Speaker Ryan said") == 1
    assert around.count("**") == 6
    assert "paragraphs 5–6 of" in around


def test_who_speaks_and_the_stories_are_told_in_a_sentence_and_can_be_chosen() -> None:
    who = letter(render_pages(Answer("q", "speakers", speakers=SHELF.people), SHELF))
    stories = letter(render_stories(SHELF))

    assert who.body.startswith("12 people speak in 1 story.\n")
    assert stories.body.startswith("12 people speak in 1 story.\n")
    assert [(one.leads, one.options[0].label) for one in (*who.menus, *stories.menus)] == [
        ("speaker", "CNN"),
        ("story", "Attorney General Jeff Sessions recuses himself"),
    ]


def test_of_some_who_speak_the_stories_are_counted_in_which_they_do() -> None:
    shelf = several(a_story("a"), a_story("b"))
    other = replace(
        shelf,
        people=(*shelf.people, Speaker("bo", "Bo Hall")),
        held=(*shelf.held, replace(shelf.held[0], speaker="bo")),
    )

    assert bodies(Answer("q", "speakers", speakers=other.people), other).startswith("2 people speak in 2 stories.")
    assert bodies(Answer("q", "speakers", speakers=other.people[1:]), other).startswith("1 person speaks in 1 story.")


def listed(*stories: Story, topic: str | None = None) -> tuple[Pages, FakeShelf]:
    """The stories as an answer lists them, on a shelf that has one more."""
    shelf = several(*stories, a_story("z", "The Mail"))
    hits = tuple(Hit(Passage(one.id, 1, Span(0, 10), 0), 1.0) for one in stories)
    return render_pages(Answer("q", "stories", passages=hits, topic=topic), shelf), shelf


def test_what_is_held_is_listed_with_its_outlets_and_each_story_can_be_opened() -> None:
    pages, _ = listed(a_story("a"), a_story("b"), a_story("c", None))
    shown = letter(pages)

    assert shown.body.startswith(
        "3 of the 4 stories, which are from The Paper and The Mail:\n\n**What the council of a"
    )
    assert shown.body.count("\n-# The Paper, 1 May 2024 · 2 statements") == 2
    assert "It is 1" not in shown.body
    [menu] = shown.menus
    assert (menu.leads, len(menu.options)) == ("story", 3)


def test_of_stories_that_speak_of_something_the_words_are_shown_and_each_can_be_opened() -> None:
    pages, _ = listed(a_story("a"), a_story("b"), topic="it")
    shown = letter(pages)

    assert shown.body.startswith("-# **What the council of a said of it** · The Paper, 1 May 2024\n“It is 1.”")
    assert [(one.leads, len(one.options)) for one in shown.menus] == [("story", 2), ("more", 3)]


def test_the_story_of_an_answer_is_no_list() -> None:
    assert letter(listed(a_story("a"))[0]).body.startswith("**What the council of a said of it**\n-# ")


def test_ones_own_stories_are_listed_before_those_of_everybody() -> None:
    own, other = a_story("own"), replace(a_story("other"), id=f"{SHARED}other")

    assert [one.label for one in render_stories(several(own, other)).pages[0].options] == [
        "What the council of own said of it",
        "What the council of other said of it",
    ]
