"""A small shelf of the seed story with the statements labelled by hand, and an engine that answers from it by name."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.answers import Abstention, Answer, Checked, Reason, Result, Talk, Turn
from bot.checking.messages import read_message
from bot.shelf import Shelf
from index.errors import NoSuchStory
from index.library.intake import Identities
from index.library.verbs import Added
from index.reading.sources import HERE, Reader
from index.story import Cue, Feedback, Hit, Json, Passage, Span, Speaker, Statement, Story, Unanswered
from tests.bot.shelf import LookedThrough

ROOT = Path(__file__).parents[3]
ROLES = {
    "Paul Ryan": "House Speaker",
    "Nancy Pelosi": "House Minority Leader",
    "Jeff Sessions": "Attorney General",
    "Donald Trump": "President",
    "Al Franken": "Minnesota Democratic Sen.",
    "Scott Peters": "U.S. Congressman",
    "Susan Davis": "Congresswoman",
    "Kamala D. Harris": "U.S. Senator",
}
ALIASES = {"Paul Ryan": ("Ryan", "House Speaker Ryan"), "Nancy Pelosi": ("Pelosi",), "Jeff Sessions": ("Sessions",)}


@dataclass(frozen=True)
class FakeShelf(LookedThrough):
    """Stories and statements as given, without a search."""

    stories: tuple[Story, ...]
    held: tuple[Statement, ...]
    people: tuple[Speaker, ...]

    def story(self, story_id: str, version: int | None = None) -> Story:
        for story in self.stories:
            if story.id == story_id and version in {None, story.version}:
                return story
        raise NoSuchStory(story_id, version)

    def statements(self, story_id: str | None = None) -> tuple[Statement, ...]:
        return tuple(found for found in self.held if story_id in {None, found.story})

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        said = {found.speaker for found in self.statements(story_id)}
        return tuple(who for who in self.people if who.id in said)

    def search(self, question: str, *, limit: int = 10, stories: Collection[str] | None = None) -> tuple[Hit, ...]:
        return ()


def seed_story(url: str | None = None) -> Story:
    text = next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    title = "Attorney General Jeff Sessions recuses himself"
    return Story("seed", text, title, "KUSI", date(2017, 3, 2), url=url, place="WASHINGTON D.C.")


def seed_shelf(url: str | None = None) -> FakeShelf:
    labels = json.loads((ROOT / "tests" / "seed_statements.json").read_text(encoding="utf-8"))["statements"]
    names = list(dict.fromkeys(label["speaker"] for label in labels))
    people = tuple(Speaker(key(name), name, aliases=ALIASES.get(name, ()), roles=_roles(name)) for name in names)
    return FakeShelf((seed_story(url),), tuple(_statement(label) for label in labels), people)


def one_statement(words: str, name: str = "Ann Lee", *, url: str | None = None, before: str = "") -> FakeShelf:
    """A shelf of one story, of which the words are one person's."""
    story = Story("one", f"{before}{words} {name} said.", "A title", "The Paper", date(2024, 5, 1), url=url)
    span = Span(len(before), len(before) + len(words))
    said = Statement("one", 1, span, "direct", key(name), None, None, 0, 0)
    return FakeShelf((story,), (said,), (Speaker(key(name), name, roles=("mayor",)),))


def key(name: str) -> str:
    return name.lower().replace(" ", "-")


def said_by(shelf: Shelf, name: str, topic: str | None = None) -> Answer:
    who = next(speaker for speaker in shelf.speakers() if speaker.name == name)
    statements = tuple(said for said in shelf.statements() if said.speaker == who.id)
    return Answer(f"what did {name} say?", "said", (who,), statements, topic=topic)


def passage_answer(shelf: Shelf, words: str) -> Answer:
    """A fact: the paragraph that holds the words, with the words marked."""
    from bot.answers import Mark

    story = shelf.stories[0]
    at = story.text.index(words)
    start = story.text.rfind("\n", 0, at) + 1
    end = story.text.index("\n", at)
    hit = Hit(Passage(story.id, 1, Span(start, end), story.text[:start].count("\n\n")), 1.0)
    return Answer("which?", "fact", passages=(hit,), marks=(Mark(story.id, Span(at, at + len(words))),))


def _roles(name: str) -> tuple[str, ...]:
    return (ROLES[name],) if name in ROLES else ()


def _statement(label: dict[str, Any]) -> Statement:
    def span(of: dict[str, Any] | None) -> Span | None:
        return Span(of["start"], of["end"]) if of else None

    cue = label["cue"]
    return Statement(
        story="seed",
        version=1,
        span=Span(label["start"], label["end"]),
        kind=label["kind"],
        speaker=key(label["speaker"]),
        mention=span(label["mention"]),
        cue=Cue(Span(cue["start"], cue["end"]), cue["stance"]) if cue else None,
        attribution=label["attribution"],
        paragraph=label["paragraph"],
        relay=tuple(label["relay"]),
        addressee=label["addressee"],
    )


@dataclass
class FakeOwn:
    """Somebody's own library, in memory: the stories of a shelf, with notes beside them."""

    shelf: FakeShelf
    kept: dict[str, Json] = field(default_factory=dict)
    verdicts: list[Feedback] = field(default_factory=list)
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the shelf has
        return getattr(self.shelf, name)

    def add(self, stories: Iterable[Story], *, progress: object = None) -> Added:
        given = tuple(stories)
        self.shelf = replace(self.shelf, stories=self.shelf.stories + given)
        return Added(new=tuple(story.id for story in given))

    def identities(self) -> Identities:
        return Identities(lambda: {story.id: story for story in self.shelf.stories})

    @property
    def unfound(self) -> dict[str, str]:
        return {}

    def complete(self, *, most: int | None = None) -> int:
        return 0

    def remove(self, story_id: str) -> None:
        self.shelf.story(story_id)
        left = tuple(story for story in self.shelf.stories if story.id != story_id)
        self.shelf = replace(self.shelf, stories=left)

    def settings(self) -> dict[str, Json]:
        return dict(self.kept)

    def set_setting(self, name: str, value: Json) -> None:
        self.kept[name] = value

    def keep_feedback(self, given: Feedback) -> None:
        self.verdicts.append(given)

    def note_unanswered(self, question: str, reason: str, when: datetime) -> None:
        self.missed[question, reason] += 1

    def unanswered(self) -> tuple[Unanswered, ...]:
        now = datetime.now(UTC)
        return tuple(Unanswered(asked, why, count, now) for (asked, why), count in self.missed.most_common())


@dataclass
class FakeEngine:
    """Answers with everything of whom a question names; keeps what it was asked. `before` runs ahead of each answer."""

    shelf: FakeShelf = field(default_factory=seed_shelf)
    before: Callable[[str], None] = lambda question: None
    asked: list[tuple[str, tuple[str, ...], str | None]] = field(default_factory=list)
    looked_up: list[tuple[str, str | None]] = field(default_factory=list)
    closed: int = 0
    own: dict[str, FakeOwn] = field(default_factory=dict)
    talk: Talk | None = None

    def open(self) -> Shelf:
        return self.shelf

    @contextmanager
    def shelf_of(self, owner: str) -> Iterator[Shelf]:
        yield self.shelf

    @contextmanager
    def library_of(self, owner: str) -> Iterator[Any]:
        yield self.own.setdefault(owner, FakeOwn(FakeShelf((), (), ())))

    def reader_of(self, owner: str) -> Reader:
        return HERE

    def forget(self, user: int) -> int:
        for own in self.own.values():
            own.verdicts[:] = [one for one in own.verdicts if one.user != str(user)]
        return int(self.own.pop(f"user-{user}", None) is not None)

    def ask(self, shelf: Shelf, question: str, history: Sequence[Turn], story: str | None) -> Result:
        self.asked.append((question, tuple(turn.question for turn in history), story))
        self.before(question)
        if self.talk:
            return Abstention(question, Reason.NOT_ABOUT_THE_STORY, talk=self.talk)
        for who in shelf.speakers():
            if who.name.split()[-1].lower() in question.lower():
                return said_by(shelf, who.name)
        choices = ("what did Paul Ryan say?",)
        return Abstention(question, Reason.NOT_IN_STORY, nearest=shelf.statements()[5:6], choices=choices)

    def said(self, shelf: Shelf, name: str, about: str | None) -> Result:
        self.looked_up.append((name, about))
        return said_by(shelf, name, about)

    def who_said(self, shelf: Shelf, words: str) -> Result:
        self.looked_up.append((words, None))
        found = [said for said in shelf.statements() if words in said.span.of(shelf.story(said.story).text)]
        return Answer(words, "who-said", statements=tuple(found))

    def check(self, shelf: Shelf, quotation: str, speaker: str | None) -> Result:
        self.looked_up.append((quotation, speaker))
        found = self.who_said(shelf, quotation)
        assert isinstance(found, Answer)
        if not found.statements:
            return Abstention(found.question, Reason.NOT_IN_STORY, quotation=quotation)
        return replace(found, form="check", verdict="exact")

    def check_all(self, shelf: Shelf, text: str) -> Sequence[Checked]:
        each = [(one.words, one.speaker) for one in read_message(text)]
        return [Checked(words, name, self.check(shelf, words, name)) for words, name in each]

    def close(self) -> None:
        self.closed += 1
