"""The engine of a running bot: the library of the settings, and the answering that is pure."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime

from bot.answers import Result, Turn
from bot.settings import Settings
from bot.shelf import Shelf


class LibraryEngine:
    """Opens the library that the settings name, and answers from it. Every method is for the worker's thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._held = ExitStack()

    def open(self) -> Shelf:
        """The library, begun with the seed story where it is the default one and new. Raises StoriesError.

        It is searched once, so that the first question does not wait for the models to load.
        """
        from bot.libraries import open_library

        library = self._held.enter_context(open_library(self._settings))
        library.search("who said what?", limit=1)
        return library

    def ask(self, shelf: Shelf, question: str, history: Sequence[Turn], story: str | None) -> Result:
        """The answer, or the reason why there is none, as of today."""
        from bot.answering import ask

        return ask(shelf, question, history=history, story=story, today=datetime.now(UTC).date())

    def said(self, shelf: Shelf, name: str, about: str | None) -> Result:
        """What somebody said, the name taken as a name."""
        from bot.answering import said

        return said(shelf, name, about=about)

    def who_said(self, shelf: Shelf, words: str) -> Result:
        """Who said something, in these words or others."""
        from bot.answering import who_said

        return who_said(shelf, words)

    def check(self, shelf: Shelf, quotation: str, speaker: str | None) -> Result:
        """Whether a quotation stands in the stories as given, and as whose."""
        from bot.answering import check

        return check(shelf, quotation, speaker=speaker)

    def close(self) -> None:
        """Closes the library, if it was opened."""
        self._held.close()
