"""Opens the library that the settings name; the default one begins with the story that travels with the program."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from bot.settings import Settings
from index.errors import LibraryUnreadable, LibraryUnwritable, refusal
from index.story import SHARED, Story

if TYPE_CHECKING:
    from index.encoding import Embedder
    from index.library import Libraries, Rebuilding, StoryLibrary
    from index.ranking import EvidenceRanker


def open_library(
    settings: Settings, *, beginning: Callable[[], None] | None = None, rebuilding: "Rebuilding | None" = None
) -> "StoryLibrary":
    """The library, ready to be asked; the caller closes it.

    A default library that does not exist yet is built from the seed story first, which takes some seconds; `beginning`
    is called before that, `rebuilding` entered while a damaged one is rebuilt. Raises StoriesError.
    """
    if settings.database is not None:
        _needs_postgres(settings)
        from index.postgres.library import PostgresLibrary

        library = PostgresLibrary.open(settings.database, embedder=embedder_of(settings), ranker=ranker_of(settings))
        _begun(library, settings, beginning)
        return library
    from index.library import Library

    embedder, ranker = embedder_of(settings), ranker_of(settings)
    _begin(settings, embedder, beginning)
    return Library.open(settings.library, embedder=embedder, ranker=ranker, rebuilding=rebuilding)


def open_libraries(settings: Settings) -> "Libraries":
    """The libraries of servers and users, each with the library that the settings name beside it, shared by all.

    The shared one is begun as `open_library` does. Raises StoriesError.
    """
    if settings.database is not None:
        _needs_postgres(settings)
        from index.postgres.library import PostgresLibraries

        libraries = PostgresLibraries(settings.database, embedder=embedder_of(settings), ranker=ranker_of(settings))
        _begun(libraries.archive, settings)
        return libraries
    from index.library import FolderLibraries

    embedder, ranker = embedder_of(settings), ranker_of(settings)
    _begin(settings, embedder)
    return FolderLibraries(settings.servers_folder, embedder=embedder, ranker=ranker, shared=settings.library)


def embedder_of(settings: Settings) -> "Embedder":
    """The model that the settings name, shared by all who ask at the same time; it loads when it is first needed."""
    from index.encoding import PackagedEmbedder, SentenceEmbedder, SharedEmbedder

    if settings.embedder is not None:
        return SharedEmbedder(SentenceEmbedder(settings.embedder))
    return SharedEmbedder(PackagedEmbedder(int8=settings.precision == "int8"))


def ranker_of(settings: Settings) -> "EvidenceRanker":
    """What orders the evidence, closely or as it is found; it loads when it is first needed."""
    from index.ranking import EvidenceRanker

    return EvidenceRanker.load(reranking=settings.reranking)


def seed_stories() -> tuple[Story, ...]:
    """The stories that travel with the program, read from wherever it is installed."""
    from index.reading import read_source

    seeds = sorted(entry.name for entry in files("seeds").iterdir() if entry.name.endswith(".txt"))
    stories: list[Story] = []
    for name in seeds:
        with as_file(files("seeds") / name) as path:
            stories.extend(read_source(str(path)))
    return tuple(stories)


def demonstration() -> frozenset[str]:
    """The ids of the stories that travel with the program, as they stand in the shared library and beside it."""
    ids = [story.id for story in seed_stories()]
    return frozenset(ids) | {SHARED + one for one in ids}


def _begun(library: "StoryLibrary", settings: Settings, beginning: Callable[[], None] | None = None) -> None:
    """Puts the seed story into a database's own library where nobody has put anything."""
    if settings.own_library or library.stories:
        return
    if beginning:
        beginning()
    library.add(seed_stories())


def _needs_postgres(settings: Settings) -> None:
    """Raises LibraryUnreadable where what speaks to databases is not installed."""
    if any(find_spec(needed) is None for needed in ("psycopg", "psycopg_pool", "pgvector")):
        why = "a database needs more than is installed: pip install 'onrecord[postgres]'"
        raise LibraryUnreadable(settings.shown_library, why)


def _begin(settings: Settings, embedder: "Embedder", beginning: Callable[[], None] | None = None) -> None:
    """Builds a default library that does not exist yet beside its place, and moves it there whole, so that an
    interrupted first use leaves nothing."""
    from index.library import Library

    folder = settings.library
    if settings.own_library or (folder.is_dir() and any(folder.iterdir())):
        return
    if beginning:
        beginning()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        built = Path(mkdtemp(prefix=".begun-", dir=folder.parent))
    except OSError as error:
        raise LibraryUnwritable(str(folder), refusal(error)) from error
    try:
        with Library.open(built, embedder=embedder) as library:
            library.add(seed_stories())
        with suppress(OSError):  # another process was quicker: its library stands there already
            os.replace(built, folder)
    finally:
        shutil.rmtree(built, ignore_errors=True)
