"""Libraries made to be slow, growing, asked and changed: the part of `tests.hostile_growth` that has stories in it.

What is asked is rendered as a person is shown it. Nothing is remembered from the time before: what caches hold of the
smaller library, and not of the larger one, would be taken for growth.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answers import Result
from bot.asking import FOR_PEOPLE, ask, check, said, who_said
from bot.rendering.discord_message import render_pages
from bot.shelf import Shelf
from index.library.folder import FolderLibraries
from index.library.speakers import Appearance, merge_people
from index.ranking.evidence import EvidenceRanker
from index.remembering import let_go_of_texts
from index.story import Speaker, SpeakerKind, Story
from tests.index.fakes import FakeAttributor, FakeEmbedder

Work = Callable[[], object]
SYLLABLES = ("ka", "lo", "mi", "ren", "sta", "vor", "del", "ani", "tho", "bes")
CHARACTERS_EACH = 8
"""Of the size that is given, for each statement of a library: more than of other inputs, since no model reads them."""
A_STORY = 20
"""Statements of one story where there are many."""
OWNER = "server-1"
LONG = "the harbour is open and everybody who came to hear it was glad of it " * 20


def name_of(number: int) -> str:
    """A name that no other number has."""
    return "".join(SYLLABLES[int(digit)] for digit in str(number + 10)).title()


def library_works() -> Iterator[tuple[str, Callable[[int], Work]]]:
    """Everything that is tried, by name, each prepared for a size."""
    for shape in SHAPES:
        for name, verb in ASKED.items():
            yield f"asking {shape}: {name}", _asking(shape, verb)
        yield f"a change, and a question after it: {shape}", _changing(shape)
    for name, made in PEOPLE.items():
        yield f"who is who: {name}", _merging(made)


def _one_speaker(number: int) -> list[Story]:
    return [Story("s", "“The harbour is open on monday,” said Ann Lee.\n\n" * number, "Harbour")]


def _a_speaker_each(number: int) -> list[Story]:
    return [Story("s", "\n\n".join(map(_said_by, range(number))), "Harbour")]


def _many_stories(number: int) -> list[Story]:
    parts = (range(at, at + A_STORY) for at in range(0, number, A_STORY))
    return [Story(f"s{part.start}", "\n\n".join(map(_said_by, part)), f"Report {part.start}") for part in parts]


def _said_by(number: int) -> str:
    return f"“The harbour is open on monday,” said {name_of(number)} {name_of(7 * number + 3)}."


SHAPES: Mapping[str, Callable[[int], list[Story]]] = {
    "one who says much": _one_speaker,
    "many who say one thing": _a_speaker_each,
    "many stories": _many_stories,
}
ASKED: Mapping[str, Callable[[Shelf, str], Result]] = {
    "who said something": lambda shelf, n: ask(
        shelf, f"who said the harbour is open on monday {n}?", limits=FOR_PEOPLE
    ),
    "what somebody said": lambda shelf, n: ask(shelf, f"what did Kalo say about the harbour {n}?", limits=FOR_PEOPLE),
    "what she said": lambda shelf, n: ask(shelf, f"what did she say about pier {n}?", limits=FOR_PEOPLE),
    "a fact": lambda shelf, n: ask(shelf, f"when does the harbour open {n}?", limits=FOR_PEOPLE),
    "an age": lambda shelf, n: ask(shelf, f"how old is Ann Lee in {n}?", limits=FOR_PEOPLE),
    "a name": lambda shelf, n: said(shelf, f"Kalo {n}", limits=FOR_PEOPLE),
    "a name on a topic": lambda shelf, n: said(shelf, "Ann Lee", about=f"the harbour {n}", limits=FOR_PEOPLE),
    "words": lambda shelf, n: who_said(shelf, "the harbour is open on monday" + " " * int(n), limits=FOR_PEOPLE),
    "a check": lambda shelf, n: check(shelf, f"The harbour is open {n}", limits=FOR_PEOPLE),
    "a check of long words": lambda shelf, n: check(shelf, f"{LONG} {n}", limits=FOR_PEOPLE),
    "a check of what stands there": lambda shelf, n: check(
        shelf, "the harbour is open on monday " * (100 + int(n)), limits=FOR_PEOPLE
    ),
}


def _asking(shape: str, verb: Callable[[Shelf, str], Result]) -> Callable[[int], Work]:
    def prepared(size: int) -> Work:
        libraries, numbers = _libraries(shape, size), count()

        def work() -> None:
            let_go_of_texts()
            with libraries.shelf(OWNER) as shelf:
                render_pages(verb(shelf, str(next(numbers))), shelf)

        return work

    return prepared


def _changing(shape: str) -> Callable[[int], Work]:
    def prepared(size: int) -> Work:
        libraries, numbers = _libraries(shape, size), count()

        def work() -> None:
            number = next(numbers)
            let_go_of_texts()
            with libraries.of(OWNER) as library:
                library.add([Story("more", f"“It is {number} now,” said Bo Day.")])
            with libraries.shelf(OWNER) as shelf:
                ask(shelf, f"what did Bo Day say about {number}?", limits=FOR_PEOPLE)

        return work

    return prepared


@cache
def _libraries(shape: str, size: int) -> FolderLibraries:
    """An owner's library of a shape, without models, and a small one that is shared beside it."""
    folder = TemporaryDirectory()
    _FOLDERS.append(folder)
    libraries = FolderLibraries(
        Path(folder.name) / "owners",
        embedder=FakeEmbedder(),
        attributor=FakeAttributor(),
        ranker=EvidenceRanker.load(reader=False),
        shared=Path(folder.name) / "shared",
    )
    assert libraries.shared is not None
    libraries.shared.add([Story("deep", "“It is deep,” said Vera Stone.")])
    with libraries.of(OWNER) as library:
        library.add(SHAPES[shape](size // CHARACTERS_EACH))
    return libraries


_FOLDERS: list["TemporaryDirectory[str]"] = []


def _person(number: int, name: str, *roles: str, kind: SpeakerKind = "person") -> Appearance:
    story = Story(f"s{number}", "", date=date(2020, 1, 1) + timedelta(number % 900))
    return Appearance(story, Speaker(name, name, kind, roles=roles))


PEOPLE: Mapping[str, Callable[[int], Sequence[Appearance]]] = {
    "one full name, and the surname alone": lambda number: [
        one for at in range(number) for one in (_person(at, "Ann Lee"), _person(at, "Lee"))
    ],
    "a surname alone among many of one office": lambda number: [
        one for at in range(number) for one in (_person(at, f"{name_of(at)} Lee", "mayor"), _person(at, "Lee", "mayor"))
    ],
    "a surname alone among many of offices of their own": lambda number: [
        one
        for at in range(number)
        for one in (_person(at, f"{name_of(at)} Lee", f"mayor {at}"), _person(at, "Lee", f"mayor {at}"))
    ],
    "middle names": lambda number: [_person(at, f"Ann {name_of(at)} Lee") for at in range(number)],
    "sources without a name": lambda number: [_person(at, "a spokesman", kind="unnamed") for at in range(number)],
}


def _merging(made: Callable[[int], Sequence[Appearance]]) -> Callable[[int], Work]:
    def prepared(size: int) -> Work:
        people = made(size // CHARACTERS_EACH)
        return lambda: merge_people(people)

    return prepared
