"""What was said over time and who is quoted, in words, JSON, CSV and pictures."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image, ImageColor

from bot.answers import Answer
from bot.rendering.discord_stories import render_quoted, render_timeline
from bot.rendering.drawing import MARGIN, PAPER, WIDTH, Point, bars_by_outlet, card, card_of, points_over_time
from bot.rendering.exports import exported
from bot.rendering.over_time import Quoted, has_picture, moment_json, over_time, quoted_in, quoted_json
from bot.rendering.utterances import Correction, corrections_in, kept
from index.story import Span, Speaker, Statement, Story
from tests.bot.discord_side.shelf import FakeShelf, one_statement, said_by, seed_shelf

ANN = Speaker("ann", "Ann Lee")
DAYS = (date(2024, 5, 1), date(2023, 1, 9), None, date(2023, 1, 20))


def shelf() -> FakeShelf:
    """Four stories, in no order, in each of which Ann says one thing."""
    stories = tuple(
        Story(f"s{at}", f"“It is {at}.”", f"Title {at}", "The Post" if at % 2 else "The Tide", day)
        for at, day in enumerate(DAYS)
    )
    said = tuple(Statement(one.id, 1, Span(0, 10), "direct", "ann", None, None, 0, 0) for one in stories)
    return FakeShelf(stories, said, (ANN,))


def test_what_was_said_stands_by_its_day_the_oldest_first_and_what_has_none_last() -> None:
    held = shelf()

    assert [one.story.id for one in over_time(held.held, held)] == ["s1", "s3", "s0", "s2"]


def test_a_timeline_says_from_when_to_when_and_shows_without_judging() -> None:
    held = shelf()

    pages = render_timeline(Answer("q", "said", (ANN,), held.held, topic="rain"), held)

    body = pages.pages[0].body
    assert body.startswith("Ann Lee on rain: 4 statements, 9 January 2023 to 1 May 2024, oldest first.\n")
    assert [body.index(f"It is {at}") for at in (1, 3, 0, 2)] == sorted(body.index(f"It is {at}") for at in range(4))
    assert "contradict" not in body
    assert pages.picture is not None
    assert pages.picture.alt.endswith("January 2023: 2, May 2024: 1.")


def test_too_few_days_are_not_drawn() -> None:
    held = shelf()

    assert not has_picture(over_time(held.held[:2], held))
    assert not has_picture(over_time(held.held[2:], held))


def test_who_is_quoted_is_counted_by_outlet() -> None:
    [ann] = quoted_in(shelf())

    assert (ann.total, ann.outlets) == (4, (("The Tide", 2), ("The Post", 2)))
    assert quoted_json(ann) == {
        "id": "ann", "name": "Ann Lee", "statements": 4, "outlets": {"The Tide": 2, "The Post": 2}
    }  # fmt: skip
    body = render_quoted(shelf()).pages[0].body
    assert body == "1 person is quoted 4 times in 4 stories.\n\n4× **Ann Lee** · The Tide 2, The Post 2"


def test_a_moment_as_json_has_its_day_and_its_words() -> None:
    held = shelf()
    first = moment_json(over_time(held.held, held)[0], ANN)

    assert (first["date"], first["outlet"], first["text"]) == ("2023-01-09", "The Post", "“It is 1.”")


@pytest.mark.parametrize("words", ["“No.”", "“" + "A long word after another. " * 20 + "”", "“" + "x" * 400 + "”"])
def test_a_card_is_as_wide_as_a_phone_wants_it_and_no_line_leaves_it(words: str) -> None:
    picture = card(words, "Ann Lee, mayor", "The Tide · 1 May 2024 · ¶2")

    image = Image.open(BytesIO(picture.content))
    assert image.width == WIDTH
    edge = image.crop((WIDTH - 40, 0, WIDTH, image.height)).getcolors()
    assert edge is not None
    assert len(edge) == 1
    assert picture.alt == f"{words} — Ann Lee, mayor. The Tide · 1 May 2024 · ¶2"


def test_a_card_is_of_the_stored_words_and_of_nobody_elses() -> None:
    held = one_statement("“Nobody expected the rain.”")
    said = held.held

    picture = card_of(said, held)

    assert picture is not None
    assert picture.alt == "“Nobody expected the rain.” — Ann Lee, mayor. The Paper · 1 May 2024 · ¶1 · A title"
    assert card_of((replace(said[0], kind="indirect"),), held) is None
    long = one_statement(f"“{'word ' * 200}”")
    assert card_of(long.held, long) is None


def test_points_and_bars_tell_in_words_what_they_show() -> None:
    points = points_over_time([Point(date(2024, 1, 1), "A"), Point(date(2024, 3, 1), "B")] * 12, "Ann Lee")
    bars = bars_by_outlet(
        [Quoted(Speaker(f"p{at}", f"P{at}"), ((f"O{at}", at + 1), ("A", 1))) for at in range(12)], "Who is quoted"
    )

    assert points.alt == "Ann Lee. January 2024: 12, March 2024: 12."
    assert bars.alt.startswith("Who is quoted. P0: 2, P1: 3")
    for picture in (points, bars):
        assert Image.open(BytesIO(picture.content)).format == "PNG"
        assert len(picture.content) < 200_000


def test_a_settled_correction_is_exported_beside_what_was_found() -> None:
    held = seed_shelf()
    said = said_by(held, "Elizabeth Warren").statements
    about = (said[0].story, said[0].version, said[0].span.start, said[0].span.end)
    open_one = Correction(*about, "Elizabeth Warren", "Nancy Pelosi")
    settled = replace(open_one, state="settled")

    assert exported(said, held, "csv", (open_one,)).splitlines()[1].endswith(",")
    assert exported(said, held, "csv", (settled,)).splitlines()[1].endswith(",Nancy Pelosi")
    assert '"correction": "Nancy Pelosi"' in exported(said, held, "json", (settled,))
    assert "held to be Nancy Pelosi" in exported(said, held, "md", (settled,))
    assert corrections_in({open_one.key: kept(open_one), "correction:broken": {"story": "x"}}) == (open_one,)


def test_a_title_too_long_for_a_picture_does_not_run_over_its_edge() -> None:
    when = date(2024, 5, 1)
    drawn = points_over_time([Point(when, "The Paper")], "Somebody with a long name on a long topic: " * 5)

    image = Image.open(BytesIO(drawn.content)).convert("RGB")
    edge = image.crop((WIDTH - MARGIN + 2, 0, WIDTH, image.height))

    assert edge.getcolors() == [(edge.width * edge.height, ImageColor.getrgb(PAPER))]
