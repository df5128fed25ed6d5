"""The JSON that programs are promised, key for key."""

import json
from dataclasses import replace
from typing import Any, get_args

from hypothesis import given
from jsonschema import Draft202012Validator

from bot.answers import Abstention, Answer, Reason, Result, Verdict
from bot.rendering.contract import (
    KIND,
    RESULT,
    TEXT,
    attributed_json,
    exactly,
    many,
    maybe,
    result_json,
    speaker_json,
    story_json,
)
from bot.rendering.contract import PLACE as WORDS
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from index.story import Attributed, Hit, Passage, Span
from tests.bot.discord_side.shelf import FakeShelf, said_by, seed_shelf
from tests.bot.rendering.written import made_up, results

SEED = seed_shelf()
STORY = SEED.stories[0]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


QUOTES = exactly(
    id=TEXT,
    text=TEXT,
    quotes=many(
        exactly(**WORDS, kind=KIND, speaker=maybe(exactly(**WORDS, name=maybe(TEXT))), cue=maybe(exactly(**WORDS)))
    ),
)
KEPT = Draft202012Validator(RESULT)


def as_json(result: Result, shelf: FakeShelf = SEED) -> dict[str, Any]:
    printed: dict[str, Any] = json.loads(json.dumps(result_json(result, seen_by(result, shelf))))
    return printed


def test_an_answer_has_every_key_of_the_contract_and_no_other() -> None:
    printed = as_json(said_by(SEED, "Paul Ryan"))
    KEPT.validate(printed)
    assert printed["answered"] is True
    assert printed["reason"] is None
    assert printed["speakers"] == [{"id": "paul-ryan", "name": "Paul Ryan", "role": "House Speaker"}]


def test_an_abstention_has_its_reason_its_evidence_and_no_statements() -> None:
    hit = Hit(Passage("seed", 1, Span(1, 40), 0), 0.25)
    nearest = said_by(SEED, "Paul Ryan").statements
    printed = as_json(Abstention("when?", Reason.NOT_IN_STORY, nearest=nearest, passages=(hit,)))
    KEPT.validate(printed)
    assert printed["answered"] is False
    assert printed["reason"] == "not-in-story"
    assert printed["statements"] == []
    assert printed["passages"] == [{"story": "seed", "start": 1, "end": 40, "text": STORY.text[1:40], "score": 0.25}]


def test_an_id_stands_first_and_only_where_one_was_given() -> None:
    result = said_by(SEED, "Paul Ryan")
    assert next(iter(result_json(result, seen_by(result, SEED), question_id=7))) == "id"
    assert "id" not in as_json(result)


def test_the_verdict_is_that_of_the_check_and_none_for_words_that_stand_nowhere() -> None:
    said = said_by(SEED, "Paul Ryan").statements
    for verdict in VERDICTS:
        assert as_json(Answer("q", "check", statements=said, verdict=verdict))["verdict"] == verdict
    assert as_json(Abstention("q", Reason.NOT_IN_STORY, quotation="pigs fly"))["verdict"] == "none"
    assert as_json(Abstention("q", Reason.NOT_IN_STORY))["verdict"] is None


def test_at_most_ten_passages_are_printed() -> None:
    hits = tuple(Hit(Passage("seed", 1, Span(at, at + 5), 0), 1.0) for at in range(12))
    assert len(as_json(Answer("q", "fact", passages=hits))["passages"]) == 10


@made_up
@given(results())
def test_any_result_keeps_the_contract_and_each_text_is_what_its_offsets_say(made: tuple[Result, FakeShelf]) -> None:
    result, shelf = made
    printed, stored = as_json(result, shelf), shelf.stories[0].text
    KEPT.validate(printed)
    spans = printed["statements"] + printed["passages"] + [s["cue"] for s in printed["statements"] if s["cue"]]
    assert all(stored[span["start"] : span["end"]] == span["text"] for span in spans)
    assert printed["text"] == plain(result, seen_by(result, shelf))


def test_the_statements_of_a_story_are_printed_with_mention_name_and_cue() -> None:
    printed = attributed_json(STORY, Attributed(SEED.statements(), SEED.speakers()))
    with_all = Draft202012Validator(QUOTES | {"required": ["id", "text", "quotes"]})
    with_all.validate(json.loads(json.dumps(printed)))
    assert len(printed["quotes"]) == len(SEED.statements())  # type: ignore[arg-type]  # a list, as validated


def test_a_statement_that_mentions_nobody_is_printed_without_a_speaker() -> None:
    open_one = replace(SEED.statements()[0], mention=None)
    printed = json.loads(json.dumps(attributed_json(STORY, Attributed((open_one,), SEED.speakers()))))
    Draft202012Validator(QUOTES).validate(printed)
    assert printed["quotes"][0]["speaker"] is None


def test_stories_and_speakers_are_printed_without_their_text() -> None:
    assert story_json(STORY, statements=3)["date"] == "2017-03-02"
    assert "text" not in story_json(STORY)
    assert speaker_json(SEED.speakers()[0], 2)["statements"] == 2
