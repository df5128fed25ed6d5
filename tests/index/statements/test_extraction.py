"""Statements end to end, on the seed story and on short texts that show one form each."""

import json
from typing import Any

import pytest

from index.statements.extraction import Attributor
from index.story import Attributed, Statement, Story
from tests.index.statements.conftest import ROOT, said

LABELS = json.loads((ROOT / "tests" / "seed_statements.json").read_text(encoding="utf-8"))["statements"]


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
    "text",
    [
        "Secretary of State Jean-Yves Martin said the talks had failed. “It is over,” Martin said.",
        "Minister of State Anne-Sophie Ott spoke on Monday. “It is over,” Ott said.",
        "Secretary of State Martin Martin-Hall was there. “It is over,” Martin-Hall said.",
    ],
)
def test_a_hyphenated_name_behind_an_office_ends_nothing(attributor: Attributor, text: str) -> None:
    assert any("It is over" in words for _, words in attribute(attributor, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Riders waited.\n\nWe deserve better than this. — Priya Lind (@priyal) October 9, 2018",
            [("Priya Lind", "We deserve better than this.")],
            id="a post is a direct statement of its author",
        ),
        pytest.param(
            'Mayor Ina Trell answered.\n\n<tweet id="7" author="ina_trell">Our plant stays open. Enough.</tweet>.\n\n'
            'So did others: <tweet tweet-author="@dockhand" tweet-date="May 2">We will see. https://t.co/x<tweet/>',
            [("Ina Trell", "Our plant stays open. Enough."), ("@dockhand", "We will see.")],
            id="a post in markup is its author's",
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
        pytest.param(
            'The Roasters\' Guild, which speaks for the trade, welcomed it in a statement: "This is good for all."',
            [("Roasters' Guild", '"This is good for all."')],
            id="a statement behind a colon is the subject's who made it",
        ),
        pytest.param(
            "# Study: Coffee drinkers live longer\n\nIt was a wet day.",
            [("Study", "Coffee drinkers live longer")],
            id="a headline gives a finding to the study",
        ),
        pytest.param(
            "# Opinion: Coffee is overrated\n\nIt was a wet day.",
            [],
            id="a headline's label for a kind of article says nothing",
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
        ("Colleen Marsh disputed that a message was sent.", "denies"),
        ("Colleen Marsh did not dispute that a message was sent.", "says"),
        ("Neither Ann Lee nor Omar Diaz would say whether the bridge was safe.", "declines"),
        ("No official said whether the bridge was safe.", "unsaid"),
        ("Mary Olsen has yet to say whether she will run again.", "unsaid"),
        ("Yet, Rosa Ferro said the railway would close.", "says"),
        ("Colleen Marsh rejected the accusation that she had lied.", "denies"),
        ("Colleen Marsh rebuffed suggestions that she would resign.", "denies"),
    ],
)
def test_how_a_cue_reports_is_kept(attributor: Attributor, text: str, stance: str) -> None:
    (statement,) = attributor.attribute(Story("s", text)).statements
    assert statement.cue is not None
    assert statement.cue.stance == stance


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crows know faces, the study found.", [("the study", "Crows know faces")]),
        ("The audit found that the money was gone.", [("The audit", "the money was gone")]),
        ("Colleen Marsh found that the door was open.", []),
    ],
)
def test_a_study_finds_what_it_says_and_a_person_what_is_there(
    attributor: Attributor, text: str, expected: list[tuple[str | None, str]]
) -> None:
    assert attribute(attributor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ivo Kern agreed that it had been raining hard but denied that he had been looking away.",
            [("it had been raining hard", "says"), ("he had been looking away", "denies")],
        ),
        (
            "Ivo Kern said that guards found the driver and told him to leave.",
            [("guards found the driver and told him to leave", "says")],
        ),
    ],
)
def test_a_second_verb_has_what_it_reports_and_how(
    attributor: Attributor, text: str, expected: list[tuple[str, str]]
) -> None:
    found = attributor.attribute(Story("s", text))
    assert [(one.span.of(text), one.cue.stance) for one in found.statements if one.cue] == expected
    assert {speaker.name for speaker in found.speakers} == {"Ivo Kern"}


@pytest.mark.parametrize(
    "dateline", ["TARSK, Velonia – ", "PORT KEMBLE — ", "TARSK, June 4 (Reuters) - ", "TARSK, Ill. -- "]
)
def test_a_dateline_is_nobodys_words(attributor: Attributor, dateline: str) -> None:
    text = f"{dateline}Canada's army said it had closed a tunnel, state television reported."
    words = {one for _, one in attribute(attributor, text)}
    assert "Canada's army said it had closed a tunnel" in words
    assert not any("TARSK" in one or "KEMBLE" in one for one in words)


@pytest.mark.parametrize("kind", ["EXCLUSIVE", "ANALYSIS", "REVIEW", "COMMENT", "OPINION"])
def test_a_kind_of_article_is_no_speaker(attributor: Attributor, kind: str) -> None:
    text = f"{kind}: Why the harbour plan is dead\n\nThe mayor said on Monday that she would not build it."
    assert {speaker for speaker, _ in attribute(attributor, text)} == {"The mayor"}


def test_the_outlet_of_the_story_itself_is_no_relay(attributor: Attributor) -> None:
    text = "Coach Wendell Strand told the Millbrook Gazette on Sunday that his team was tired."
    (elsewhere,) = attributor.attribute(Story("s", text)).statements
    (its_own,) = attributor.attribute(Story("s", text, source="the Millbrook Gazette")).statements
    assert elsewhere.relay == ("the Millbrook Gazette",)
    assert its_own.relay == ()


def test_who_asks_behind_the_question_is_not_whom_it_was_put_to(attributor: Attributor) -> None:
    text = '"Do I believe it?" asked Femi Johnson of King\'s College. "I want to."'
    first = attributor.attribute(Story("s", text)).statements[0]
    assert (first.addressee, first.relay) == (None, ())


@pytest.mark.parametrize(
    "asked", ["Asked whether he drank coffee, Wei Zhang laughed.", "Wei Zhang, when asked, laughed."]
)
def test_who_is_asked_a_question_does_not_ask_it(attributor: Attributor, asked: str) -> None:
    found = attributor.attribute(Story("s", asked))
    assert [statement.speaker for statement in found.statements if statement.speaker] == []


def test_many_stories_come_back_in_order_and_progress_is_told(rules: Attributor) -> None:
    stories = [Story(str(n), f"Ann Lee said item {n} was late.") for n in range(20)]
    heard: list[tuple[int, int]] = []
    found = rules.attribute_all(stories, lambda done, total: heard.append((done, total)))
    assert [one.statements[0].story for one in found] == [story.id for story in stories]
    assert heard[-1] == (20, 20)
    assert heard == sorted(set(heard))


def test_an_empty_story_has_no_statements(attributor: Attributor) -> None:
    assert attributor.attribute(Story("s", "")).statements == ()
