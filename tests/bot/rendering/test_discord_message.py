"""Results as pages of Discord markdown: whose words, how they came, and that everything fits."""

import re
import textwrap
from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Abstention, Answer, Reason
from bot.rendering.contract import as_json
from bot.rendering.discord_context import render_context, render_stories, render_story
from bot.rendering.discord_layout import PAGE_MAX, Pages
from bot.rendering.discord_letter import letter, sentence
from bot.rendering.discord_message import render_pages
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from bot.rendering.sentences import heading
from index.story import MEMBER, Cue, Hit, Passage, Span, Speaker, Statement, Story
from tests.bot.discord_side.shelf import FakeShelf, one_statement, passage_answer, said_by, seed_shelf

SHELF = seed_shelf()
URL = "https://news.example/story_(one)"
TEXT = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=3000)
MARKUP = st.text(alphabet='\\*_~`|<>@#:/[]()-. \n"“”aé😀', min_size=1, max_size=3000)


def bodies(answer: Answer | Abstention, shelf: FakeShelf = SHELF) -> str:
    return "\n=====\n".join(page.body for page in render_pages(answer, shelf).pages)


def test_a_quotation_in_two_parts_is_shown_whole_with_who_how_where_and_when() -> None:
    body = bodies(said_by(SHELF, "Paul Ryan"))

    assert (
        '> "If he, himself, is the subject of an investigation, of course he would," … '
        "\"But if he's not, I don't see any purpose or reason to doing this.\" — *told reporters Thursday* · ¶6"
    ) in body
    assert body.startswith(
        "**Paul Ryan** · House Speaker\n-# **Attorney General Jeff Sessions recuses himself** · KUSI, 2 March 2017\n"
    )


def test_the_reporters_words_stand_in_no_quotation_marks_of_ours() -> None:
    body = bodies(said_by(SHELF, "Kamala D. Harris"))

    assert "*U.S. Senator Kamala D. Harris also called on* Sessions to resign — *in the reporter's words* · ¶21" in body
    assert "in the reporter's words" in body
    assert "“" not in body
    assert '"' not in body


def test_a_post_is_put_in_marks_and_barred_as_somebodys_own_words() -> None:
    assert "> “And we need Attorney General Jeff Sessions – who should" in bodies(said_by(SHELF, "Elizabeth Warren"))


def test_words_that_came_through_another_say_so() -> None:
    assert "> ‘No one is above the law.’ — *via Scott Peters* · ¶17" in bodies(said_by(SHELF, "Jeff Sessions"))


@pytest.mark.parametrize(
    ("stance", "shown"), [("denies", "**✗ Denied**"), ("declines", "**– Declined to say**"), ("unsaid", "**✗ Not said")]
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
    assert body.startswith("-# **Attorney General Jeff Sessions recuses himself** · KUSI, 2 March 2017\n")
    assert body.endswith(" ¶1")


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (("Nobody asked us.",), ("It said: “Nobody asked us. We will go to court.”",)),
        (("We will go to court.”",), ("It said: “Nobody asked us. We will go to court.”",)),
        (("Nobody asked us.", "We will go to court.”"), ("It said: “Nobody asked us. We will go to court.”",)),
        (("Ships came.",), ("Ships came.",)),
        (("One of many.",), ("One of many.",)),  # of a quotation too long to be shown whole
    ],
)
def test_no_passage_is_shown_that_is_a_part_of_a_quotation(found: tuple[str, ...], shown: tuple[str, ...]) -> None:
    [story] = SHELF.stories
    long = "“" + "There are so many of them. " * 20 + "One of many.”"
    text = f"Ships came. It said: “Nobody asked us. We will go to court.” They left.\n\n{long}\n"
    shelf = replace(SHELF, stories=(replace(story, text=text),))
    spans = [Span(at, at + len(words)) for words in found for at in (text.index(words),)]
    hits = tuple(Hit(Passage(story.id, story.version, span, 0), 1.0) for span in spans)
    answer = Answer("q", "summary", passages=hits)

    assert tuple(re.sub(r" ¶\d+$", "", line) for line in bodies(answer, shelf).split("\n")[1:] if line) == shown
    assert plain(answer, seen_by(answer, shelf)).count("\n  ") == len(shown)
    # What is silenced: JSON is typed as objects, of any shape.
    assert as_json(answer, shelf)["passages"][0]["text"] == found[0]  # type: ignore[call-overload, index]


@pytest.mark.parametrize(("marked", "shown"), [("140", "**1,140**"), ("wel", "**twelve**"), ("twelve", "**twelve**")])
def test_no_half_of_a_word_or_a_number_is_bold(marked: str, shown: str) -> None:
    story = replace(SHELF.stories[0], text="It has room for 1,140 people and twelve dogs.\n")
    answer = passage_answer(replace(SHELF, stories=(story,)), marked)

    assert shown in bodies(answer, replace(SHELF, stories=(story,)))


def test_paragraphs_below_each_other_have_a_gap_between_them_and_lines_of_a_list_none() -> None:
    first, second = (passage_answer(SHELF, words).passages[0] for words in ("failed to disclose", "total confidence"))
    summary = Answer("q", "summary", passages=(first, second))

    assert bodies(summary).count("\n\n") == 1
    assert "\n\n" not in bodies(Answer("q", "speakers", speakers=SHELF.people)).partition("\n\n")[2]


def test_what_is_asked_about_one_story_of_several_is_told_below_the_story() -> None:
    [story] = SHELF.stories
    both = replace(SHELF, stories=(story, replace(story, id="other", title="Another")))
    answer = replace(passage_answer(both, "Segey Kislyak"), part="date", marks=())

    assert bodies(answer, both) == f"-# **{story.title}** · KUSI, 2 March 2017\nIt appeared on 2 March 2017."
    assert bodies(answer, SHELF) == "It appeared on 2 March 2017."


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


def test_an_abstention_says_why_and_shows_the_nearest_and_what_to_ask() -> None:
    ryan = said_by(SHELF, "Paul Ryan")
    choices = ("what did Paul Ryan say?",)
    nothing = Abstention(
        "q", Reason.NOT_IN_STORY, nearest=ryan.statements[1:][::-1], choices=choices, name="Paul Ryan", topic="taxes"
    )
    pages = render_pages(nothing, SHELF)

    assert pages.pages[0].body.startswith("The story does not say what Paul Ryan said about taxes.")
    assert 'of course he would," … "But if he\'s not' in pages.pages[0].body
    shown = letter(pages)
    assert [button.label for button in shown.buttons] == ["what did Paul Ryan say?", "Quote card"]
    assert [one.label for one in shown.menus[0].options] == [
        "In context", "👍 Good answer", "👎 Bad answer", "Wrong speaker",
    ]  # fmt: skip


def test_where_nobody_is_called_so_it_says_how_to_find_who_speaks() -> None:
    nobody = Abstention("q", Reason.NO_SUCH_SPEAKER, name="Napoleon")

    assert bodies(nobody) == "Nobody called Napoleon speaks in the story.\n-# `/speakers` says who does."
    assert "`/speakers`" not in bodies(replace(nobody, choices=("what did Paul Ryan say?",)))


def test_an_empty_library_says_so() -> None:
    shelf = FakeShelf((), (), ())

    assert bodies(Abstention("q", Reason.NOT_IN_STORY), shelf).startswith("There are no stories here yet. `/story add`")


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


def test_what_is_shown_beside_words_that_nobody_said_is_called_the_nearest() -> None:
    nearest = said_by(SHELF, "Nancy Pelosi").statements
    nothing = Abstention("did Pelosi say it?", Reason.NOT_IN_STORY, nearest=nearest, quotation="pigs can fly")

    assert bodies(nothing).startswith(
        "**✗ Found nowhere**\nThese words stand nowhere in the story.\n-# The nearest that was said:\n\n**N"
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


def test_no_button_is_dead_and_there_are_never_more_than_three() -> None:
    page = render_pages(said_by(SHELF, "Paul Ryan"), SHELF).pages[0]
    pages = Pages((page,) * 3, "words", choices=("one?", "two?", "three?"), adds=True)

    labels = [[button.label for button in letter(pages, at, private=True).buttons] for at in range(3)]

    assert labels == [["More", "Add a story", "one?"], ["Back", "More", "Add a story"], ["Back", "Add a story", "one?"]]
    assert [one.label for one in letter(pages, private=True).menus[0].options] == [
        "In context", "All", "Share", "👍 Good answer", "👎 Bad answer", "Wrong speaker",
    ]  # fmt: skip


def several(*stories: Story) -> FakeShelf:
    """A shelf on which one person says two short things in each of the stories, which are about nothing else."""
    said = tuple(
        Statement(one.id, 1, Span(at, at + 9), "direct", "ann", None, None, at, at) for one in stories for at in (0, 11)
    )
    return FakeShelf(stories, said, (Speaker("ann", "Ann Lee", roles=("mayor of the town",)),))


def speaking(people: int, times: int, *, length: int = 20) -> tuple[Answer, FakeShelf]:
    """Who said something: so many people, the likeliest first, each so often, in two stories by turns."""
    lines = [f"“{at:02} {'it rains ' * (length // 9)}.”" for at in range(people * times)]
    text, stories = "\n".join(lines), [story(name) for name in "ab"]
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

    assert names_on(pages) == [["A", "C", "B"], ["D", "F", "H", "E", "G"], ["I"]]
    assert [page.count("“") for page in (one.body for one in pages.pages)] == [3, 5, 1]
    assert letter(pages).footer == "6 more speakers · Page 1 of 3"
    assert letter(pages, 1).footer == "Page 2 of 3"
    assert [(one.leads, [option.label for option in one.options]) for one in letter(pages).menus][:1] == [
        ("speaker", ["Ann A", "Ann C", "Ann B"])
    ]


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


def story(name: str, source: str | None = "The Paper") -> Story:
    return Story(name, "“It is 1.”\n“It is 2.”\n", f"What the council of {name} said of it", source, date(2024, 5, 1))


def test_the_words_of_one_story_stand_together_below_its_headline() -> None:
    shelf = several(story("a"), story("b"))
    mixed = tuple(shelf.held[at] for at in (0, 2, 1, 3))

    body = bodies(Answer("q", "said", shelf.people, mixed), shelf)

    assert body.count("What the council of a said of it") == 1
    assert re.findall("council of .|It is .", body) == [
        "council of a", "It is 1", "It is 2", "council of b", "It is 1", "It is 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (story("a"), "The Paper, 1 May 2024\n"),
        (story("a", None), "no outlet given, 1 May 2024\n"),
        (story(f"{MEMBER}a"), "The Paper, 1 May 2024 · added by a member\n"),
    ],
)
def test_beside_the_words_it_says_where_the_story_is_from(held: Story, said: str) -> None:
    shelf = several(held)

    assert said in bodies(said_by(shelf, "Ann Lee"), shelf)


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
    shelf = several(story("a"))
    five = tuple(replace(one, attribution=at) for at, one in enumerate(shelf.held * 3))[:5]
    spread = tuple(replace(one, span=Span(0, 10 - at)) for at, one in enumerate(five))

    [page] = render_pages(Answer("q", "said", shelf.people, spread), shelf).pages

    words, besides = lines_on(width, page.body)
    assert words == 5
    assert besides <= words


@pytest.mark.parametrize("likely", [1.0, 0.9, 0.7])
def test_a_yes_or_no_stands_once_above_all_the_words_that_it_is_read_from(likely: float) -> None:
    shelf = several(story("a"))
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


def test_two_words_have_at_most_three_lines_beside_them_on_a_phone() -> None:
    long = replace(story("a"), title="A headline that goes on and on " * 5, source="The Long Named Paper " * 5)

    words, besides = lines_on(PHONE, bodies(said_by(several(long), "Ann Lee"), several(long)))

    assert words == 2
    assert besides <= 4


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
    shelf = several(story("a"), story("b"))
    other = replace(
        shelf,
        people=(*shelf.people, Speaker("bo", "Bo Hall")),
        held=(*shelf.held, replace(shelf.held[0], speaker="bo")),
    )

    assert bodies(Answer("q", "speakers", speakers=other.people), other).startswith("2 people speak in 2 stories.")
    assert bodies(Answer("q", "speakers", speakers=other.people[1:]), other).startswith("1 person speaks in 1 story.")


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
