"""Whatever the text, every offset reads back, nothing raises, and the same text gives the same statements.

`python -m tests.index.statements.generated` does the same for 10,000 texts, and for whole megabytes.
"""

from random import Random

import pytest

from index.statements.extraction import Attributor
from index.story import Story
from tests.index.statements.conftest import said
from tests.index.statements.generated import LONG_TEXTS, check, generated_texts, long_text, one_text
from tests.index.statements.odd_names import odd_stories
from tests.sizes import tried

BY_RULES = tried(10_000, 200)
BY_THE_WHOLE = tried(2_000, 70)
BATCH = 500
ODD_NAMES = tried(10_000, 100)
LONG = tried(60_000, 17_000)
"""Code points; more than twice what the parser takes at once, and many times what the tagger reads in one window."""
ENDLESS = tried(1_000_000, 201_000)
"""Code points of a text without a paragraph; more than a story may have."""


def stories_of(count: int, seed: int) -> list[Story]:
    return [Story(str(n), text) for n, text in enumerate(generated_texts(count, seed))]


def test_offsets_hold_on_generated_texts_by_rules(rules: Attributor) -> None:
    statements = 0
    stories = stories_of(BY_RULES, seed=1)
    for first in range(0, BY_RULES, BATCH):
        batch = stories[first : first + BATCH]
        for story, found in zip(batch, rules.attribute_all(batch), strict=True):
            check(story, found)
            statements += len(found.statements)
    assert statements > BY_RULES / 10  # the texts do have something to find


def test_no_name_however_odd_ends_the_reading(rules: Attributor) -> None:
    stories = [Story(str(n), text) for n, text in enumerate(odd_stories(ODD_NAMES, seed=7))]
    for story, found in zip(stories, rules.attribute_all(stories), strict=True):
        check(story, found)


@pytest.mark.parametrize("name", ["Jean-Yves Martin", "Anne-Marie O’Brien", "Jean–Yves Martin", "J.-P. Martin"])
def test_a_name_of_several_parts_behind_an_office_is_its_holders(rules: Attributor, name: str) -> None:
    last = name.split()[-1]
    text = f"Secretary of State {name} said on Monday that talks had failed.\n\n“It is over,” {last} said."
    assert {name for name, _ in said(Story("a", text), rules.attribute(Story("a", text)))} == {name}


def test_offsets_hold_through_the_whole_and_results_repeat_whatever_is_read_beside(whole: Attributor) -> None:
    stories = stories_of(BY_THE_WHOLE, seed=3)
    found = whole.attribute_all(stories)
    for story, one in zip(stories, found, strict=True):
        check(story, one)
    assert found == [whole.attribute(story) for story in stories]
    assert sum(len(one.statements) for one in found) > BY_THE_WHOLE / 10


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_a_long_text_of_any_kind_is_read(rules: Attributor, name: str) -> None:
    story = Story(name, long_text(LONG_TEXTS[name], LONG))
    check(story, rules.attribute(story))


def test_a_long_text_is_read_through_the_whole(whole: Attributor) -> None:
    story = Story("long", long_text(LONG_TEXTS["news"], LONG // 2))
    check(story, whole.attribute(story))


def test_a_text_without_a_paragraph_is_read_however_long(rules: Attributor) -> None:
    random = Random(4)
    parts: list[str] = []
    while sum(map(len, parts)) < ENDLESS:
        parts.append(one_text(random).replace("\n", " ") + " lorem ipsum dolor sit amet" * 20 + " " + "x" * 3000)
    story = Story("long", "".join(parts))
    found = rules.attribute(story)
    check(story, found)
    assert found.statements
