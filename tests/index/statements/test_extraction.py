"""Statements end to end, on the seed story and on short texts that show one form each."""

import json
from typing import Any

import pytest

from index.statements.extraction import Attributor
from index.story import Attributed, Statement, Story
from tests.index.statements.conftest import ROOT, said

LABELS = json.loads((ROOT / "tests" / "seed_statements.json").read_text(encoding="utf-8"))["statements"]


@pytest.fixture(scope="session", params=["rules", "whole"])
def attributor(request: pytest.FixtureRequest) -> Attributor:
    found: Attributor = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def seed_found(attributor: Attributor, seed: Story) -> Attributed:
    return attributor.attribute(seed)


def by_offsets(found: Attributed) -> dict[tuple[int, int], Statement]:
    return {(s.span.start, s.span.end): s for s in found.statements}


def test_the_seed_has_exactly_the_statements_that_a_person_finds_in_it(seed: Story, seed_found: Attributed) -> None:
    expected = [(row["speaker"], row["text"]) for row in LABELS]
    assert said(seed, seed_found) == expected


@pytest.mark.parametrize("row", LABELS, ids=lambda row: f"{row['speaker']}, {row['form']}, {row['start']}")
def test_each_statement_of_the_seed_has_its_cue_relay_and_addressee(
    seed: Story, seed_found: Attributed, row: dict[str, Any]
) -> None:
    found = by_offsets(seed_found)[row["start"], row["end"]]
    cue = row["cue"]
    assert found.cue is not None
    assert (found.kind, found.cue.span.of(seed.text), found.cue.stance) == (row["kind"], cue["text"], cue["stance"])
    assert (list(found.relay), found.addressee, found.paragraph) == (row["relay"], row["addressee"], row["paragraph"])


def test_pieces_of_one_utterance_share_an_attribution(seed: Story, seed_found: Attributed) -> None:
    groups: dict[int, set[int]] = {}
    for row in LABELS:
        groups.setdefault(row["attribution"], set()).add(by_offsets(seed_found)[row["start"], row["end"]].attribution)
    assert all(len(numbers) == 1 for numbers in groups.values())
    assert len({next(iter(numbers)) for numbers in groups.values()}) == len(groups)


def attribute(attributor: Attributor, text: str) -> list[tuple[str | None, str]]:
    story = Story("s", text)
    return said(story, attributor.attribute(story))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Riders waited.\n\nWe deserve better than this. — Priya Lind (@priyal) October 9, 2018",
            [("Priya Lind", "We deserve better than this.")],
            id="a post is a direct statement of its author",
        ),
        pytest.param(
            "Mayor Ina Trell issued the following statement:\n\n“Our plant closes.\n\n“I will fight it.”\n\nRain.",
            [("Ina Trell", "“Our plant closes."), ("Ina Trell", "“I will fight it.”")],
            id="an issued statement reaches to where its quotation closes",
        ),
        pytest.param(
            "“It is the ugliest thing I have loved.” — Mora Tate\n\n“Please tear it down now.” — Rafe Oller",
            [("Mora Tate", "“It is the ugliest thing I have loved.”"), ("Rafe Oller", "“Please tear it down now.”")],
            id="a name after a dash speaks the words before it",
        ),
        pytest.param(
            "Jo Hart met Kim Lee.\n\nHART: Did you sign it?\n\nLEE: I did not.\n\nHART: Who did?",
            [("Jo Hart", "Did you sign it?"), ("Kim Lee", "I did not."), ("Jo Hart", "Who did?")],
            id="a transcript gives each turn to its label",
        ),
        pytest.param(
            'The so-called "miracle cream" was sold at "The Second Spring" by Harold "Buddy" Manco.',
            [],
            id="scare quotes, titles and nicknames are nobody's words",
        ),
    ],
)
def test_each_form_is_read(attributor: Attributor, text: str, expected: list[tuple[str | None, str]]) -> None:
    assert attribute(attributor, text) == expected


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Anton Zieler denied that he had paid the inspector.", "denies"),
        ("Silas Brandt declined to say how many people he would hire.", "declines"),
        ("Mary Olsen did not say whether she would run again.", "unsaid"),
        ("Gil Santos asked Norah Pike whether the patrols had stopped.", "asks"),
        ("Rosa Ferro said the railway would close.", "says"),
    ],
)
def test_how_a_cue_reports_is_kept(attributor: Attributor, text: str, stance: str) -> None:
    (statement,) = attributor.attribute(Story("s", text)).statements
    assert statement.cue is not None
    assert statement.cue.stance == stance


def test_the_outlet_of_the_story_itself_is_no_relay(attributor: Attributor) -> None:
    text = "Coach Wendell Strand told the Millbrook Gazette on Sunday that his team was tired."
    (elsewhere,) = attributor.attribute(Story("s", text)).statements
    (its_own,) = attributor.attribute(Story("s", text, source="the Millbrook Gazette")).statements
    assert elsewhere.relay == ("the Millbrook Gazette",)
    assert its_own.relay == ()


def test_many_stories_come_back_in_order_and_progress_is_told(rules: Attributor) -> None:
    stories = [Story(str(n), f"Ann Lee said item {n} was late.") for n in range(20)]
    heard: list[tuple[int, int]] = []
    found = rules.attribute_all(stories, lambda done, total: heard.append((done, total)))
    assert [one.statements[0].story for one in found] == [story.id for story in stories]
    assert heard[-1] == (20, 20)
    assert heard == sorted(set(heard))


def test_an_empty_story_has_no_statements(attributor: Attributor) -> None:
    assert attributor.attribute(Story("s", "")).statements == ()
