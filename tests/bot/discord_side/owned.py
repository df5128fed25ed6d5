"""An engine over real libraries on the disk, of servers and people, whose embedder and attributor need no model."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bot.discord_side.libraries.engine import LibraryEngine, Looks
from bot.settings import Settings
from index.library.folder import FolderLibraries, Library
from index.library.libraries import IDLE_S, Libraries
from index.reading.sources import HERE, Reader
from index.story import Story
from tests.index.fakes import FakeAttributor, FakeEmbedder, ranker

SHARED = Story(
    "harbour",
    "The harbour was dredged again.\n\n“The harbour is deep enough,” said Vera Stone on Friday.",
    "Harbour dredged",
    "The Tide",
    date(2024, 4, 2),
)


class NoLooks(Looks):
    """Leaves garbage to Python: to look through all that a process of tests holds takes longer than most of them."""

    def begin(self) -> None:
        """Begins nothing."""


class OwnedEngine(LibraryEngine):
    """Answers from libraries under a folder; SHARED stands beside each of them."""

    idle_s = IDLE_S

    def __init__(self, folder: Path, looks: Looks | None = None) -> None:
        super().__init__(Settings(library=folder / "library", own_library=True), looks=looks or NoLooks())
        self.folder = folder

    def open_libraries(self) -> Libraries:
        """The libraries, with the shared one made where it is not there yet."""
        with Library.open(self.folder / "library", embedder=FakeEmbedder(), attributor=FakeAttributor()) as shared:
            shared.add([SHARED])
        return FolderLibraries(
            self._settings.servers_folder,
            embedder=FakeEmbedder(),
            attributor=FakeAttributor(),
            ranker=ranker(),
            shared=self.folder / "library",
            idle_s=self.idle_s,
        )

    def reader_of(self, owner: str) -> Reader:
        """What reads in this process: no test has to wait for another one to start."""
        return HERE

    def give(self, owner: str, stories: Iterable[Story]) -> None:
        """Puts stories into an owner's library."""
        with self.library_of(owner) as library:
            library.add(stories)


def story_of(name: str, words: str, speaker: str, *, url: str | None = None) -> Story:
    """A story in which somebody says something."""
    text = f"It was about {name} this week.\n\n“{words},” said {speaker} on Monday."
    return Story(name, text, f"About {name}", "The Paper", date(2024, 5, 1), url=url)
