"""How a story is cut into passages."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.sentences import sentence_spans
from index.reading import read_text
from index.search.passages import MAX_PASSAGE, MIN_PASSAGE, block_spans, passages_of
from index.statements.paragraphs import find_paragraphs
from index.story import Span, Story

WORDS = ["Mr.", "the", "U.S.", "said.", "“We", "go.”", "\n\n", "\n", "Why?", "a.m.", "No.", "7", "(and", "off)", "End!"]
WRITTEN = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text(max_size=300)


def cut(text: str) -> list[str]:
    return [passage.span.of(text) for passage in passages_of(Story("x", text))]


SENTENCES = [
    ["The river rose in the night.", "Nobody was hurt by it."],
    ["Gov. Ann Lee met Sen. Tom Berg and Mr. Hall at 7 a.m. on St. John Street."],
    ["He lives in the U.S.", "The others are from the U.K. and elsewhere."],
    ["The U.S. Senate voted on the bill of J. P. Morgan Inc. and others."],
    ["It cost $3.5 million in all, or 1.2 percent of the budget."],
    ["“It was a long night,” she said.", "“We will rebuild.”", "He agreed."],
    ["Was it worth that?", "They all said so!", "And then they left."],
    ["I believe that he should resign.", "“A nominee has perjured himself."],
    ["She waited … and waited.", "Then it came..."],
    ["(It was late.)", "[The hall was full.]", "7 of them stayed."],
]


@pytest.mark.parametrize("sentences", SENTENCES, ids=lambda sentences: sentences[0])
def test_a_text_is_cut_into_its_sentences(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [span.of(text) for span in sentence_spans(text, Span(0, len(text)))] == sentences


def test_sentences_run_together_with_their_marks_are_cut_apart() -> None:
    text = "“We will rebuild it.”“That will take years.”"
    assert [span.of(text) for span in sentence_spans(text, Span(0, len(text)))] == [
        "“We will rebuild it.”", "“That will take years.”",
    ]  # fmt: skip


def test_a_very_short_sentence_joins_its_neighbour() -> None:
    assert cut("He said so. The whole of the council voted for the new bridge on Monday.") == [
        "He said so. The whole of the council voted for the new bridge on Monday."
    ]


def test_a_passage_never_crosses_a_paragraph() -> None:
    assert cut("Yes.\nNo.\n\nMaybe.") == ["Yes.", "No.", "Maybe."]


def test_lines_that_are_only_folded_are_one_paragraph() -> None:
    line = "The council met in the old town hall on Monday night and talked about the"
    text = "\n".join([line] * 6) + "\n\n" + "\n".join([line] * 6)
    assert len(block_spans(text)) == 2
    assert len(find_paragraphs(text)) == 2
    assert max(map(len, cut(text))) > len(line)


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    clause = "the council, which had met on Monday, went on to talk about the bridge"
    pieces = cut(", ".join([clause] * 20) + ".")
    assert len(pieces) > 2
    assert all(len(piece) <= MAX_PASSAGE for piece in pieces)
    assert all(piece.endswith((",", ".")) for piece in pieces)


@given(WRITTEN)
@settings(max_examples=300, deadline=None)
def test_passages_cover_every_word_in_order_and_keep_to_their_limits(text: str) -> None:
    story = Story("x", text, version=3)
    paragraphs = find_paragraphs(text)
    end = 0
    for passage in passages_of(story):
        assert (passage.story, passage.version) == ("x", 3)
        assert passage.span.start >= end
        assert not text[end : passage.span.start].strip()
        assert 0 < len(passage.span) <= MAX_PASSAGE
        assert paragraphs[passage.paragraph].start <= passage.span.start < paragraphs[passage.paragraph].end
        end = passage.span.end
    assert not text[end:].strip()


@given(WRITTEN)
@settings(max_examples=100, deadline=None)
def test_sentences_of_a_stretch_stay_inside_it(text: str) -> None:
    within = Span(len(text) // 4, len(text) - len(text) // 4)
    assert all(within.covers(span) for span in sentence_spans(text, within))


def test_the_sentences_of_the_seed_are_passages_of_their_own(seed_path: Path) -> None:
    pieces = cut(read_text(seed_path.read_text(encoding="utf-8"), "seed").text)
    assert '"He has proved that he is unqualified and unfit to serve in that position of trust."' in pieces
    assert "Response from local leaders" in pieces
    assert "Without the full faith of the American public, I believe Mr. Sessions should resign." in pieces


def test_the_lines_that_name_a_storys_title_and_source_are_no_passages() -> None:
    text = (
        "Title: The old bridge\nSource: The Post\nDate: 2024-05-06\n\nThe bridge reopened to walkers on Monday morning."
    )
    assert [passage.span.of(text) for passage in passages_of(Story("bridge", text))] == [text.split("\n\n")[1]]


@pytest.mark.parametrize(
    "top",
    [
        "Old bridge opens again\n\nPublished 22 May 2023\nBy Dr Ann Lee, Science Correspondent\n\n",
        "Old bridge opens again\n\nBy Ann Lee and Tom Berg, The Kelby Post\nMay 22, 2023\n\n",
        "FOR IMMEDIATE RELEASE\n\nOld bridge opens again\n\n",
        "2023-05-22\n\n# Old bridge opens again\n\nBy Ann Lee\n\n",
    ],
)
def test_byline_date_and_release_lines_are_no_passages_but_the_headline_is(top: str) -> None:
    text = top + "Walkers crossed the bridge on Monday."
    assert [piece.strip("# ") for piece in cut(text)] == ["Old bridge opens again", text.removeprefix(top)]


def test_a_byline_above_a_story_without_a_headline_is_no_passage() -> None:
    assert cut("By Ann Lee\n\nWalkers crossed the bridge on Monday.") == ["Walkers crossed the bridge on Monday."]


def test_a_date_before_the_first_sentence_stays_with_it() -> None:
    text = "2017-03-02 KELBY (AP) — Walkers crossed the bridge on Monday."
    assert cut(text) == [text]


@pytest.mark.parametrize("line", ["a", "Ann: yes", "\u00e9"])
def test_of_very_many_short_lines_no_passage_is_shorter_than_the_least_but_the_last(line: str) -> None:
    text = f"{line}\n" * 20_000

    passages = passages_of(Story("x", text))

    assert all(len(passage.span) >= MIN_PASSAGE for passage in passages[:-1])
    assert len(passages) <= len(text) / MIN_PASSAGE + 1
    assert (passages[0].span.start, passages[-1].span.end) == (0, len(text) - 1)
