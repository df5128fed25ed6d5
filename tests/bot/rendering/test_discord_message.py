"""Results as Discord markdown: whose words, how they came, and what is said where there are none."""

import re
from dataclasses import replace

import pytest

from bot.answers import Abstention, Answer, Reason
from bot.rendering.contract import as_json
from bot.rendering.discord_letter import letter
from bot.rendering.discord_message import render_pages
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from index.story import Cue, Hit, Passage, Span
from tests.bot.discord_side.shelf import FakeShelf, passage_answer, said_by, seed_shelf
from tests.bot.rendering.written import bodies

SHELF = seed_shelf()


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


def test_where_nothing_is_near_it_says_how_to_find_what_there_is() -> None:
    nothing = Abstention("q", Reason.NOT_IN_STORY)

    assert bodies(nothing) == "The story does not say that.\n-# `/stories` lists what I can be asked about."
    assert "`/stories`" not in bodies(replace(nothing, nearest=said_by(SHELF, "Nancy Pelosi").statements))


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


def test_what_is_shown_beside_words_that_nobody_said_is_not_called_the_nearest() -> None:
    nearest = said_by(SHELF, "Nancy Pelosi").statements
    nothing = Abstention("did Pelosi say it?", Reason.NOT_IN_STORY, nearest=nearest, quotation="pigs can fly")

    assert bodies(nothing).startswith(
        "**✗ Found nowhere**\nThese words stand nowhere in the story.\n-# What was said instead:\n\n**N"
    )
