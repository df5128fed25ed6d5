"""When, where and to whom something was said that was shown before: told by the words that tell it, or not told."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from bot.answers import Abstention, Answer, Reason, Turn
from bot.asking import ask
from bot.kinds.desk import Desk
from bot.kinds.earlier import detail_of
from bot.rendering.discord_message import render_pages
from bot.rendering.sentences import reason_sentence
from index.library.folder import Library
from index.ranking.evidence import Evidence
from index.story import Cue, Hit, Passage, Span, Speaker, Statement, Story
from tests.bot.shelf import HeldInMemory

TEXT = (
    "“We will never sell the pier,” Mayor Ana Lund told the harbour board on Friday. "
    "“It is ours,” said Tom Reed, a diver at Cold Bay."
)
LUND, REED = Speaker("lund", "Ana Lund"), Speaker("reed", "Tom Reed", "person", (), ("a diver at Cold Bay",))


def _said(speaker: Speaker, words: str, cue: str, addressee: str | None = None) -> Statement:
    spans = [Span(TEXT.index(one), TEXT.index(one) + len(one)) for one in (words, cue, speaker.name)]
    return Statement("pier", 1, spans[0], "direct", speaker.id, spans[2], Cue(spans[1]), 0, 1, addressee=addressee)


OF_LUND = _said(LUND, "“We will never sell the pier,”", "told the harbour board on Friday", "the harbour board")
OF_REED = _said(REED, "“It is ours,”", "said Tom Reed")


class Read(HeldInMemory):
    """A story that is read closely, in which nothing is likely to answer."""

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        return Evidence((Hit(Passage("pier", 1, Span(0, 20), 1), 1.0),), 0.0, answers=(0.0,))


SHELF = Read([Story("pier", TEXT)], [OF_LUND, OF_REED], [LUND, REED])
OF_BOTH = Answer("who spoke?", "said", (LUND, REED), (OF_LUND, OF_REED))


def test_when_it_was_said_is_told_by_the_words_that_tell_it() -> None:
    found = detail_of(Desk(SHELF, "when did they say that?"), "when", OF_BOTH, ("who spoke?",))
    assert isinstance(found, Answer)
    assert [mark.span.of(TEXT).removeprefix("on ") for mark in found.marks] == ["Friday"]
    assert found.statements == (OF_LUND,)
    body = render_pages(found, SHELF).pages[0].body
    assert "**" in body
    assert "It is ours" not in body


def test_to_whom_it_was_said_is_whom_it_was_told() -> None:
    found = detail_of(Desk(SHELF, "to whom?"), "to-whom", OF_BOTH, ("who spoke?",))
    assert isinstance(found, Answer)
    assert [mark.span.of(TEXT) for mark in found.marks] == ["the harbour board"]


def test_what_a_story_does_not_tell_of_what_was_said_is_refused_beside_it() -> None:
    of_reed = replace(OF_BOTH, speakers=(REED,), statements=(OF_REED,))
    found = detail_of(Desk(SHELF, "where did he say that?"), "where", of_reed, ("reed?",))
    assert isinstance(found, Abstention)
    assert (found.reason, found.detail, found.nearest) == (Reason.NOT_IN_STORY, "where", (OF_REED,))
    assert reason_sentence(found) == "The story does not say where."


def test_whom_it_was_told_is_no_part_of_a_word_of_the_quotation() -> None:
    text = "“Another day, another pier,” Ana Lund told her on Friday."
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in ("“Another day, another pier,”", "told her")]
    said = Statement("pier", 1, spans[0], "direct", "lund", None, Cue(spans[1]), 0, 1, addressee="her")
    found = detail_of(
        Desk(Read([Story("pier", text)], [said], [LUND]), "to whom?"),
        "to-whom",
        replace(OF_BOTH, statements=(said,)),
        (),
    )
    assert isinstance(found, Answer)
    assert [mark.span for mark in found.marks] == [Span(text.index("her on"), text.index("her on") + 3)]


def test_what_a_speaker_is_tells_no_place_where_it_was_said() -> None:
    at_the_bay = replace(REED, roles=())
    told = {}
    for who in (REED, at_the_bay):
        shelf = Read([Story("pier", TEXT)], [OF_REED], [who])
        before = replace(OF_BOTH, speakers=(who,), statements=(OF_REED,))
        told[who.roles] = isinstance(detail_of(Desk(shelf, "where?"), "where", before, ()), Answer)
    assert not told[REED.roles]


def test_behind_a_yes_or_no_it_is_not_asked_when_it_was_said() -> None:
    found = detail_of(Desk(SHELF, "when?"), "when", replace(OF_BOTH, verdict="yes", likely=0.9), ("was it sold?",))
    assert isinstance(found, Abstention)
    assert found.detail is None


def test_where_nothing_is_read_closely_the_words_are_shown_again_without_a_verdict() -> None:
    bare = HeldInMemory([Story("pier", TEXT)], [OF_LUND], [LUND])
    checked = replace(OF_BOTH, statements=(OF_LUND,), verdict="exact")
    found = detail_of(Desk(bare, "when?"), "when", checked, ("lund?",))
    assert isinstance(found, Answer)
    assert (found.form, found.statements, found.verdict) == ("said", (OF_LUND,), None)


@pytest.mark.parametrize(
    ("asked", "told"),
    [("when did he say that?", "Thursday"), ("who did he say it to?", "reporters"), ("when", "Thursday")],
)
def test_one_after_the_other_about_the_same_words(seed_library: Library, asked: str, told: str) -> None:
    before = (Turn("what did Ryan say?"), Turn("when was that?"))
    found = ask(seed_library, asked, history=before)
    assert isinstance(found, Answer)
    story = seed_library.story(found.marks[0].story)
    assert told in [mark.span.of(story.text) for mark in found.marks]


@pytest.mark.parametrize("asked", ["who is he?", "whos he", "who is Ryan?", "who's Paul Ryan"])
def test_who_somebody_is_is_what_the_story_calls_them(seed_library: Library, asked: str) -> None:
    found = ask(seed_library, asked, history=[Turn("what did Ryan say?")])
    assert isinstance(found, Answer)
    assert not found.statements
    story = seed_library.stories[0]
    assert "House Speaker Paul Ryan" in found.passages[0].passage.span.of(story.text)
