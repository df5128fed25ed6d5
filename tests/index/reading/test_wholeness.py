"""A story that stops too early is flagged, and one that ends as stories end is not."""

import random

import pytest

from index.reading.wholeness import CutOff, find_cut, signs_of
from tests.index.conftest import SEEDS

STORY = "The council voted on Monday.\n\nThe mayor said that the old bridge would be closed to all traffic in May."
WHOLE = (
    STORY,
    STORY + "\n",
    STORY.replace("May.", "May.”"),
    STORY + " “It was time,” she said.",
    STORY + "\n\nContributing: Ana Ruiz and Tom Berg",
    STORY + "\n\nBy Ana Ruiz",
    STORY + "\n\nFollow Tom Berg on Twitter: @tomberg",
    STORY + "\n\nMore:Three bridges that were closed before, and why",
    STORY + "\n\n- Ana Ruiz",
    STORY + "\n\nnewsroom@courier.example.com",
    STORY + "\n\nSign up for our newsletter",
    STORY + "\n\nThe Courier's Ana Ruiz contributed to this report",
    STORY + "\n\nSEE ALSO\n\nA bridge in the mist",
    "",
    " \n ",
)
CUT = (
    (STORY[:-8], CutOff.MID_SENTENCE),
    (STORY[:-21], CutOff.MID_SENTENCE),
    (STORY[:-24], CutOff.MID_SENTENCE),
    (STORY + " It will be opened again in the summer of next year, the", CutOff.MID_SENTENCE),
    (STORY + "\n\nFriday's", CutOff.MID_SENTENCE),
    (STORY + "\n\n“The money is not there. It never was.", CutOff.OPEN_QUOTATION),
    (STORY + '\n\n"The money is not there. It never was.', CutOff.OPEN_QUOTATION),
    (STORY + " The money ...", CutOff.TEASER),
    (STORY + " The money [+1432 chars]", CutOff.TEASER),
)


@pytest.mark.parametrize("text", WHOLE)
def test_a_story_that_ends_as_stories_end_is_whole(text: str) -> None:
    assert find_cut(text) is None


@pytest.mark.parametrize(("text", "why"), CUT)
def test_a_story_that_stops_too_early_is_flagged(text: str, why: CutOff) -> None:
    assert find_cut(text) is why


def test_the_seed_story_is_whole_and_its_cuts_are_not() -> None:
    text = next(SEEDS.glob("*.txt")).read_text(encoding="utf-8")
    assert find_cut(text) is None
    chance = random.Random(1)
    places = [text.index(" ", chance.randrange(300, len(text) - 100)) for _ in range(200)]
    inside = [at for at in places if text[at - 1].isalpha()]
    assert sum(find_cut(text[:at]) is not None for at in inside) >= 0.95 * len(inside)


def test_every_sign_is_weighed() -> None:
    assert len(signs_of(["One line"])) == len(signs_of(["A line.", "Another.", "A third", "the last of"]))
