"""Pages of many templates are read whole and right, as far as a labelled set tells."""

from functools import cache
from hashlib import sha256

import pytest

from tests.quality.pages.made import Labelled
from tests.quality.pages.readers import ours
from tests.quality.pages.scoring import FACTS, Score, score
from tests.quality.pages.sets import SETS

DIGESTS = {
    "built on": "583f168d80b4bd57",
    "kept": "ed3ad1e57de4c55c",
    "later": "8154100d779d6241",
    "unseen": "656a4619438375be",
}


@cache
def scored(name: str) -> Score:
    return score((page, ours(page)) for page in SETS[name]())


def digest(name: str) -> str:
    def told(page: Labelled) -> bytes:
        return b"\0".join(
            (page.raw, "\n".join(page.text).encode(), repr((page.title, page.date, page.author)).encode())
        )

    return sha256(b"\0".join(map(told, SETS[name]()))).hexdigest()[:16]


def test_the_labelled_set_has_sixty_pages_and_is_the_one_that_the_floors_were_set_on() -> None:
    assert sum(scored(name).pages for name in SETS) >= 60
    assert {name: digest(name) for name in SETS} == DIGESTS


@pytest.mark.parametrize("name", SETS)
def test_the_text_of_a_page_is_its_story(name: str) -> None:
    assert scored(name).f1 >= 0.98


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_about_a_story_is_right_or_left_open(name: str, fact: str) -> None:
    assert scored(name).right[fact] >= 0.95
    assert scored(name).wrong[fact] <= 0.01


@pytest.mark.parametrize("name", SETS)
def test_what_looks_cut_off_is_and_what_is_looks_so(name: str) -> None:
    assert scored(name).cut_precision >= 0.9
    assert scored(name).cut_recall >= 0.9
