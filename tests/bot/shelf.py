"""A shelf for tests: the seed story with its hand labels, or stories written in a test, searched by shared words."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol

from index.encoding.embedding import PackagedEmbedder
from index.encoding.sentences import Pieces
from index.errors import NoSuchStory
from index.language.words import stems_of
from index.ranking import Evidence
from index.search.passages import passages_of
from index.story import Cue, Hit, Passage, Span, Speaker, Statement, Story

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


class LookedThrough(Protocol):
    """The verbs of a shelf that has stories, statements and speakers alone: it looks through them all.

    The share of a question's words that one of the best three passages has stands for a judge.
    """

    stories: tuple[Story, ...]

    def story(self, story_id: str, version: int | None = None) -> Story: ...
    def statements(self, story_id: str | None = None) -> tuple[Statement, ...]: ...
    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]: ...
    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]: ...

    def evidence(
        self, question: str, *, context: Sequence[str] = (), limit: int = 10, stories: Collection[str] | None = None
    ) -> Evidence:
        hits = self.search(" ".join((*context, question)), limit=limit, stories=stories)
        asked = set(stems_of(question))
        held = (set(stems_of(hit.passage.span.of(self.story(hit.passage.story).text))) for hit in hits[:3])
        return Evidence(hits, max((len(asked & one) / len(asked) for one in held), default=0.0) if asked else 0.0)

    def pieces(self, text: str) -> Pieces:
        (pieces,) = _encoder().pieces([text])
        return pieces

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        return tuple(who for who in self.speakers() if _words_of(who) & set(words))

    def speaker_words(self) -> Collection[str]:
        return frozenset().union(*map(_words_of, self.speakers()))

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        return tuple(said for said in self.statements() if said.speaker in speaker_ids)


def _words_of(who: Speaker) -> frozenset[str]:
    return frozenset(" ".join((who.name, *who.aliases, *who.roles, *who.handles)).lower().split())


class HeldInMemory(LookedThrough):
    """Stories with their statements and speakers; a search counts shared stems, sentence by sentence."""

    def __init__(
        self,
        stories: Collection[Story],
        statements: Collection[Statement] = (),
        speakers: Collection[Speaker] = (),
    ) -> None:
        self._stories = {story.id: story for story in stories}
        self.stories = tuple(self._stories.values())
        self._statements = tuple(statements)
        self._speakers = tuple(speakers)

    def story(self, story_id: str, version: int | None = None) -> Story:
        if story_id not in self._stories:
            raise NoSuchStory(story_id, version)
        return self._stories[story_id]

    def statements(self, story_id: str | None = None) -> tuple[Statement, ...]:
        return tuple(s for s in self._statements if story_id in (None, s.story))

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        speaking = {s.speaker for s in self.statements(story_id)}
        return tuple(speaker for speaker in self._speakers if speaker.id in speaking)

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        wanted = set(stems_of(question))
        hits = [
            Hit(passage, len(wanted & stems) / (1 + len(wanted)))
            for passage, stems in self._passages
            if stories is None or passage.story in stories
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])

    @cached_property
    def _passages(self) -> tuple[tuple[Passage, frozenset[str]], ...]:
        """Each sentence of each story with its stems: a story is read once, however often it is searched."""
        return tuple(
            (passage, frozenset(stems_of(passage.span.of(story.text))))
            for story in self.stories
            for passage in passages_of(story)
        )


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
