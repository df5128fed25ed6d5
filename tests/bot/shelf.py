"""A shelf for tests: the seed story with its hand labels, or stories written in a test, searched by shared words."""

import json
from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from index.encoding.embedding import PackagedEmbedder
from index.encoding.sentences import Pieces
from index.errors import NoSuchStory
from index.language.words import stems_of
from index.search.passages import passages_of
from index.story import Cue, Hit, Span, Speaker, Statement, Story

ROOT = Path(__file__).parents[2]
SEED = "seed"
_PEOPLE: dict[str, Speaker] = {
    speaker.name: speaker
    for speaker in (
        Speaker(
            "sessions", "Jeff Sessions", "person", ("Sessions", "General Sessions"), ("Attorney General", "Senator")
        ),
        Speaker("trump", "Donald Trump", "person", ("Trump", "President Trump"), ("president",)),
        Speaker("ryan", "Paul Ryan", "person", ("Ryan", "House Speaker Ryan"), ("House Speaker",)),
        Speaker("pelosi", "Nancy Pelosi", "person", ("Pelosi",), ("House Minority Leader",)),
        Speaker("warren", "Elizabeth Warren", "person", ("Warren",), (), ("@SenWarren",)),
        Speaker("franken", "Al Franken", "person", ("Franken", "Sen. Al Franken"), ("Minnesota Democratic Sen.",)),
        Speaker("vargas", "Juan Vargas", "person", ("Rep. Juan Vargas",), ("Rep.",), ("@RepJuanVargas",)),
        Speaker("peters", "Scott Peters", "person", ("Congressman Peters",), ("U.S. Congressman",)),
        Speaker("davis", "Susan Davis", "person", ("Congresswoman Susan Davis",), ("Congresswoman",)),
        Speaker("harris", "Kamala D. Harris", "person", ("Kamala Harris",), ("U.S. Senator",)),
        Speaker("cnn", "CNN", "organisation"),
        Speaker("democrats", "Democrats", "group"),
    )
}


@cache
def _encoder() -> PackagedEmbedder:
    return PackagedEmbedder(threads=1)


class HeldInMemory:
    """Stories with their statements and speakers; a search counts shared stems, sentence by sentence."""

    def __init__(
        self,
        stories: Collection[Story],
        statements: Collection[Statement] = (),
        speakers: Collection[Speaker] = (),
    ) -> None:
        self._stories = {story.id: story for story in stories}
        self._statements = tuple(statements)
        self._speakers = tuple(speakers)

    @property
    def stories(self) -> tuple[Story, ...]:
        return tuple(self._stories.values())

    def story(self, story_id: str, version: int | None = None) -> Story:
        if story_id not in self._stories:
            raise NoSuchStory(story_id, version)
        return self._stories[story_id]

    def statements(self, story_id: str | None = None) -> tuple[Statement, ...]:
        return tuple(s for s in self._statements if story_id in (None, s.story))

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        speaking = {s.speaker for s in self.statements(story_id)}
        return tuple(speaker for speaker in self._speakers if speaker.id in speaking)

    def pieces(self, text: str) -> Pieces:
        (pieces,) = _encoder().pieces([text])
        return pieces

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        wanted = set(stems_of(question))
        hits = [
            Hit(passage, len(wanted & set(stems_of(passage.span.of(story.text)))) / (1 + len(wanted)))
            for story in self.stories
            if stories is None or story.id in stories
            for passage in passages_of(story)
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])


def seed_by_hand() -> HeldInMemory:
    """The seed story as people labelled it."""
    labels = json.loads((ROOT / "tests" / "seed_statements.json").read_text(encoding="utf-8"))
    text = (ROOT / labels["story"]).read_text(encoding="utf-8")
    story = Story(SEED, text, "Sessions recuses himself", "KUSI", date(2017, 3, 2), place="WASHINGTON D.C.")
    return HeldInMemory([story], [_statement(row) for row in labels["statements"]], _PEOPLE.values())


def _statement(row: dict[str, Any]) -> Statement:
    cue = row["cue"]
    return Statement(
        SEED,
        1,
        Span(row["start"], row["end"]),
        row["kind"],
        _PEOPLE[row["speaker"]].id,
        _span(row["mention"]),
        Cue(Span(cue["start"], cue["end"]), cue["stance"]) if cue else None,
        row["attribution"],
        row["paragraph"],
        tuple(row["relay"]),
        row["addressee"],
    )


def _span(place: dict[str, int] | None) -> Span | None:
    return Span(place["start"], place["end"]) if place else None
