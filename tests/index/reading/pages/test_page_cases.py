"""Small pages with the faults of real ones: what must stand in the story, what must not, and whose words they are."""

import json
from datetime import date
from pathlib import Path

import pytest

from index.reading.pages import read_page
from index.story import Story
from tests.attributors import as_shipped

CASES = [json.loads(line) for line in (Path(__file__).parent / "page_cases.jsonl").read_text("utf-8").splitlines()]


def read(case: dict[str, str]) -> Story:
    return read_page(case["html"].encode("utf-8", "surrogateescape"), case["id"])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_page_gives_its_story_and_facts(case: dict[str, str]) -> None:
    story = read(case)
    lines = story.text.split("\n")
    assert story.title == "Depot plan splits Orley council"
    assert story.source == "Orley Star"
    assert [line for line in case.get("has", ()) if line not in lines] == []
    assert [words for words in case.get("lacks", ()) if words in story.text] == []
    assert all(lines.count(line) == 1 for line in case.get("once", ()))
    assert "All rights reserved" not in story.text
    if "date" in case:
        assert story.date == date.fromisoformat(case["date"])
    if "author" in case:
        assert story.author == case["author"]


def test_the_words_on_a_page_are_their_speakers() -> None:
    cases = [case for case in CASES if "said" in case]
    stories = [read(case) for case in cases]
    wrong: list[str] = []
    for case, story, found in zip(cases, stories, as_shipped().attribute_all(stories), strict=True):
        names = {speaker.id: speaker.name for speaker in found.speakers}
        said = [(one.span.of(story.text), names.get(one.speaker or "")) for one in found.statements]
        wrong += [
            f"{case['id']}: {words}" for words, who in case["said"]
            if not any(words in given and speaker == who for given, speaker in said)
        ]  # fmt: skip
    assert wrong == []
