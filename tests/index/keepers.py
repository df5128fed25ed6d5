"""What keeps a library in the tests that both kinds have to pass: a folder, or an owner's rows in a database."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from index.library.folder import Library
from index.library.verbs import StoryLibrary
from index.story import Story
from tests.index.fakes import FakeAttributor, FakeEmbedder

ROOT = Path(__file__).parents[2]
FLOOD = Story("flood", "The river rose overnight.\n\n“We will rebuild,” said Ana Ruiz on Monday.", title="Flood")
FIRE_TEXT = "A fire burned the old mill.\n\n“Nobody was hurt,” said Tom Berg. The mill was empty."
FIRE = Story("fire", FIRE_TEXT, title="Fire")


class Keeper(Protocol):
    """Opens one library as often as one likes."""

    def open(self, **given: Any) -> StoryLibrary:  # noqa: ANN401 - as either kind's `open` takes them
        """The library, with a fake embedder and attributor unless others are given."""
        ...

    def held(self) -> AbstractContextManager[None]:
        """While entered, somebody else is changing the library."""
        ...

    def remove_elsewhere(self, story_id: str) -> None:
        """Another process takes a story away."""
        ...


class Folder:
    """Keeps a library in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, **given: Any) -> Library:  # noqa: ANN401
        return Library.open(self._folder, **{"embedder": FakeEmbedder(), "attributor": FakeAttributor(), **given})

    @contextmanager
    def held(self) -> Iterator[None]:
        with self.open()._vault.writing():
            yield

    def remove_elsewhere(self, story_id: str) -> None:
        _run_elsewhere(f"Folder(Path({str(self._folder)!r})).open().remove({story_id!r})")


class Owner:
    """Keeps a library in a database, and closes what was opened."""

    def __init__(self, url: str, owner: str, opened: ExitStack) -> None:
        self._url = url
        self._owner = owner
        self._opened = opened

    def open(self, **given: Any) -> StoryLibrary:  # noqa: ANN401
        from index.postgres.library import PostgresLibrary

        chosen = {"embedder": FakeEmbedder(), "attributor": FakeAttributor(), "owner": self._owner, **given}
        return self._opened.enter_context(PostgresLibrary.open(self._url, **chosen))

    @contextmanager
    def held(self) -> Iterator[None]:
        from psycopg import connect

        with connect(self._url) as connection:
            connection.execute("SELECT FROM onrecord.libraries WHERE owner = %s FOR UPDATE", (self._owner,))
            yield

    def remove_elsewhere(self, story_id: str) -> None:
        opened = f"Owner({self._url!r}, {self._owner!r}, opened).open()"
        _run_elsewhere(f"with ExitStack() as opened: {opened}.remove({story_id!r})")


def _run_elsewhere(code: str) -> None:
    """Runs a line in a process of its own, with what stands in this module."""
    subprocess.run([sys.executable, "-c", f"from tests.index.keepers import *\n{code}"], check=True, cwd=ROOT)
