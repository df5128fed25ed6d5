"""A result as plain text."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from bot.answers import Abstention, Answer, Mark, Reason, Result
from bot.rendering.plain import plain, story_line
from bot.rendering.seen import seen_by
from bot.rendering.utterances import cue_words, shown_words
from bot.rendering.wording import whole_quotations
from index.story import Hit, Passage, Span, Story
from tests.bot.discord_side.shelf import FakeShelf, said_by, seed_shelf
from tests.bot.rendering.written import made_up, results

SEED = seed_shelf()
TEXT = SEED.stories[0].text


def shown(result: Result, shelf: FakeShelf = SEED) -> str:
    return plain(result, seen_by(result, shelf))


def fact(words: str, answer: str) -> Answer:
    start, at = TEXT.index(words), TEXT.index(answer)
    hit = Hit(Passage("seed", 1, Span(start, start + len(words)), 4), 1.0)
    return Answer("q", "fact", passages=(hit,), marks=(Mark("seed", Span(at, at + len(answer))),))


@pytest.mark.parametrize(
    ("story", "line"),
    [
        (Story("rain", "x", title="The wet week"), "The wet week · rain"),
        (Story("rain", "x", title="The wet week", date=date(2024, 5, 1)), "The wet week · 1 May 2024 · rain"),
        (Story("rain", "x", source="The Bay Post"), "The Bay Post · rain"),
        (Story("rain", "x"), "rain"),
    ],
)
def test_the_line_of_a_story_has_what_is_known_of_it_once(story: Story, line: str) -> None:
    assert story_line(story) == line


def test_what_a_speaker_said_is_their_words_with_the_attribution_below() -> None:
    assert shown(said_by(SEED, "Paul Ryan")).split("\n\n")[1] == (
        '"If he, himself, is the subject of an investigation, of course he would," … '
        "\"But if he's not, I don't see any purpose or reason to doing this.\"\n"
        "  Paul Ryan, House Speaker · told reporters Thursday · KUSI, 2 March 2017 · paragraph 6 of 21"
    )


def test_every_statement_of_the_seed_is_shown_verbatim() -> None:
    for speaker in SEED.speakers():
        text = shown(said_by(SEED, speaker.name))
        assert all(said.span.of(TEXT) in text for said in SEED.statements() if said.speaker == speaker.id)


def test_a_fact_leads_with_the_words_that_answer_it_and_gives_their_place() -> None:
    assert shown(fact("House Speaker Ryan said", "Ryan")) == (
        "Ryan\n\nHouse Speaker Ryan said\n  KUSI, 2 March 2017 · paragraph 5 of 21"
    )


def test_an_abstention_says_why_what_is_nearest_and_what_to_ask() -> None:
    nearest = said_by(SEED, "Nancy Pelosi").statements[:1]
    text = shown(Abstention("q", Reason.NOT_IN_STORY, nearest=nearest, choices=("what did Pelosi say?",)))
    blocks = text.split("\n\n")
    assert blocks[:2] == ["The story does not say that.", "The nearest that was said:"]
    assert nearest[0].span.of(TEXT) in blocks[2]
    assert blocks[3] == "You could ask: what did Pelosi say?"


def test_near_copies_are_named_and_not_repeated() -> None:
    said = said_by(SEED, "Nancy Pelosi").statements[:1]
    text = shown(Answer("q", "said", statements=said, folded=((0, said[0]),)))
    assert text.count(said[0].span.of(TEXT)) == 1
    assert text.endswith("also in KUSI, 2 March 2017")


def test_a_story_that_looks_cut_off_says_so_with_its_words() -> None:
    cut = FakeShelf(
        (replace(SEED.stories[0], text=TEXT[: TEXT.index("But if he's not") + 60]),), SEED.held, SEED.people
    )
    said = replace(said_by(SEED, "Paul Ryan"), statements=SEED.held[:1])
    assert shown(said, cut).endswith("· the story looks cut off: it stops in the middle of a sentence")


def test_speakers_and_stories_are_listed_one_a_line() -> None:
    assert shown(Answer("q", "speakers", speakers=SEED.speakers())).splitlines()[1] == "Jeff Sessions, Attorney General"
    listed = shown(Answer("q", "stories", statements=said_by(SEED, "Paul Ryan").statements))
    assert listed == "Attorney General Jeff Sessions recuses himself · KUSI, 2 March 2017 · seed"


@made_up
@given(results())
def test_no_quotation_mark_stands_around_anything_but_the_storys_own_words(made: tuple[Result, FakeShelf]) -> None:
    result, shelf = made
    story = shelf.stories[0]
    found = result.nearest if isinstance(result, Abstention) else result.statements
    stored = [said.span for said in found] + [hit.passage.span for hit in result.passages]
    each = [whole_quotations([hit], lambda _: story)[0] for hit in result.passages]
    stored += [hit.passage.span for hit in (*each, *whole_quotations(result.passages, lambda _: story))]
    stored += [mark.span for mark in result.marks] if isinstance(result, Answer) else []
    verbatim = {span.of(story.text) for span in stored} | {cue_words(said, story) or "" for said in found} - {""}
    verbatim |= {lead + said.span.of(story.text) for said in found if (lead := shown_words(said, story).lead)}
    text = plain(result, seen_by(result, shelf))
    own = {
        at
        for words in verbatim
        for match in re.finditer(f'(?=([“„«"]?{re.escape(words)}[”»"]?))', text)
        for at in range(*match.span(1))
    }
    assert not [at for at, letter in enumerate(text) if letter in '“”„«»"' and at not in own]


@made_up
@given(results())
def test_each_statement_of_an_answer_is_shown_as_stored(made: tuple[Result, FakeShelf]) -> None:
    result, shelf = made
    if isinstance(result, Answer) and result.form not in ("speakers", "stories"):
        text = plain(result, seen_by(result, shelf))
        assert all(said.span.of(shelf.stories[0].text) in text for said in result.spoken)


def test_the_answers_to_two_questions_stand_apart_each_under_its_own() -> None:
    ryan = replace(said_by(SEED, "Paul Ryan"), question="what did “Ryan” say")
    nothing = Abstention("who opposed it?", Reason.NOT_IN_STORY)
    text = shown(replace(ryan, question="both", apart=(ryan, nothing)))
    first, second = text.split("\n\nwho opposed it?\n\n")
    assert first == f"what did Ryan say?\n\n{shown(ryan)}"
    assert second == "The story does not say that."


def test_an_answer_without_statements_shows_its_passages_whatever_was_asked() -> None:
    found = fact("House Speaker Ryan said", "Ryan")
    said = replace(found, form="who-said", marks=())
    assert shown(said) == "House Speaker Ryan said\n  KUSI, 2 March 2017 · paragraph 5 of 21"
