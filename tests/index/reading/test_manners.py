"""Texts and Markdown files that open in many manners: title, outlet, day, author, and where the story itself begins."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.rendering.wording import place_words
from index.reading import about_spans, read_source, read_text
from index.reading.credits import read_credit
from index.reading.markdown import unmarked
from index.search.passages import passages_of
from index.statements.paragraphs import find_paragraphs
from index.story import Story

MANNERS = [json.loads(line) for line in (Path(__file__).parent / "text_manners.jsonl").read_text("utf-8").splitlines()]
FACTS = ("title", "outlet", "date", "author", "first")
FLOORS = {"seen": (12, 11, 11, 12, 12), "aside": (11, 11, 11, 11, 11)}
"""Of twelve each; what reading was written on, and what it was not."""


def first_paragraph(story: Story) -> str | None:
    about = about_spans(story.text, story.title)
    told = (one for one in find_paragraphs(story.text) if not any(span.covers(one) for span in about))
    return next((one.of(story.text) for one in told), None)


def facts_of(case: dict[str, str], folder: Path) -> tuple[str | None, ...]:
    path = folder / case["name"]
    path.write_bytes(case["text"].encode())
    (story,) = read_source(str(path))
    day = story.date.isoformat() if story.date else None
    return story.title, story.source, day, story.author, first_paragraph(story)


@pytest.mark.parametrize("half", ["seen", "aside"])
def test_what_a_text_says_of_itself_is_read(half: str, tmp_path: Path) -> None:
    cases = [case for case in MANNERS if case["half"] == half]
    found = [facts_of(case, tmp_path) for case in cases]
    right = tuple(
        sum(facts[at] == case[fact] for case, facts in zip(cases, found, strict=True)) for at, fact in enumerate(FACTS)
    )
    assert all(count >= floor for count, floor in zip(right, FLOORS[half], strict=True)), right


def test_what_only_tells_of_a_story_is_no_passage_and_no_paragraph_of_it() -> None:
    story = read_text(
        "Lido to close\n\nBy Dora Pell\n\nThe Wexley Gazette\n\n14 May 2024\n\nIt shuts.\n\nNobody came.\n"
    )
    assert [one.span.of(story.text) for one in passages_of(story)] == ["It shuts.", "Nobody came."]
    assert place_words(4, story) == "paragraph 1 of 2"
    assert place_words(4, story, 5) == "paragraphs 1–2 of 2"


@pytest.mark.parametrize(
    ("line", "author", "outlet", "day"),
    [
        ("The Wexley Gazette, 14 May 2024", None, "The Wexley Gazette", date(2024, 5, 14)),
        ("The Wexley Gazette | 14 May 2024", None, "The Wexley Gazette", date(2024, 5, 14)),
        ("By Alison Greer, court reporter", "Alison Greer", None, None),
        ("By Associated Press", None, "Associated Press", None),
        ("Tuesday, May 14, 2024 at 6:15 p.m. | Dora Pell | 3 min read", "Dora Pell", None, date(2024, 5, 14)),
        ("Posted: 10:15 AM, May 14, 2024", None, None, date(2024, 5, 14)),
        ("Last updated 17.48 GMT, 14 May 2024", None, None, date(2024, 5, 14)),
        ("Science desk | 14 May 2024", None, None, date(2024, 5, 14)),
    ],
)
def test_a_line_of_credits_is_read(line: str, author: str | None, outlet: str | None, day: date | None) -> None:
    credit = read_credit(line)
    assert credit is not None
    assert (credit.author, credit.outlet, credit.day) == (author, outlet, day)


@pytest.mark.parametrize(
    "line",
    [
        "Company Participants",
        "The council met on 14 May 2024 in private.",
        "By Monday nobody was left.",
        "Nobody came",
        "“The Gazette”",
        "---",
    ],
)
def test_a_line_of_the_story_is_no_credit(line: str) -> None:
    assert read_credit(line) is None


@pytest.mark.parametrize(
    ("text", "title", "place", "day"),
    [
        (
            "ORLEY, May 5, 2026 -- Crane Steel is to close its mill.\n\nIt shuts.\n",
            "Crane Steel is to close its mill",
            "ORLEY",
            date(2026, 5, 5),
        ),
        (
            "FOR IMMEDIATE RELEASE\n\nContact:\nAnn Lee, Head of Media\npress@crane.example\n\n"
            "Crane to close its mill\n\nORLEY, May 5, 2026 - Crane Steel is to close its mill.\n",
            "Crane to close its mill",
            "ORLEY",
            date(2026, 5, 5),
        ),
        (
            "Crane Foods, Inc. (CRN) Earnings Call\n\nWe had a solid quarter.\n",
            "Crane Foods, Inc. (CRN) Earnings Call",
            None,
            None,
        ),
    ],
)
def test_a_release_tells_where_and_when_it_was_issued(
    text: str, title: str | None, place: str | None, day: date | None
) -> None:
    story = read_text(text)
    assert (story.title, story.place, story.date) == (title, place, day)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("# A *b*\n\nSee [the _plan_](https://x.org/a_b) **now**.", "A b\n\nSee the plan now.\n"),
        ("A\n===\n\n- one\n- two\n\n3. three\n4. four\n", "A\n\n- one\n- two\n\n3. three\n4. four\n"),
        ("He wrote:\n\n> We shall go.\n>\n> All of us.\n", "He wrote:\n\n“We shall go.\n\n“All of us.”\n"),
        ("> A standfirst\n\nWords.", "A standfirst\n\nWords.\n"),
        ("![a](b.png)\n\n<!-- c -->\n\nA<br>b &amp; \\*c\\*<b>d</b>\n", "A\nb & *c*d\n"),
        ("| a | b |\n|---|---|\n| c | d |\n", "a | b\nc | d\n"),
        ("---\ntitle: T\n---\n\n*Words.*\n", "---\ntitle: T\n---\nWords.\n"),
        ("Nothing of it is\r\nmarked.  \r\n\r\nNothing.", "Nothing of it is\r\nmarked.  \r\n\r\nNothing."),
    ],
)
def test_markdown_loses_its_marks_and_no_word(written: str, text: str) -> None:
    assert unmarked(written)[0] == text
