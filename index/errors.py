"""What can go wrong with stories and libraries.

Each error holds its facts and says one sentence for a reader of chat.
"""


def refusal(error: OSError) -> str:
    """What the disk said, as the second half of a sentence."""
    return (error.strerror or "the disk refused").lower()


class StoriesError(Exception):
    """The root of this package's errors."""


class NoSuchStory(StoriesError):
    """The library holds no story (or no such version of one) under this id."""

    def __init__(self, story_id: str, version: int | None = None) -> None:
        self.story_id = story_id
        self.version = version
        which = f"version {version} of “{story_id}”" if version is not None else f"a story “{story_id}”"
        super().__init__(f"This library does not hold {which}.")


class StoryUnreadable(StoriesError):
    """A source that gives no story: `source` names it, `why` is the second half of a sentence, `line` counts from 1."""

    def __init__(self, source: str, why: str, *, line: int | None = None) -> None:
        self.source = source
        self.why = why
        self.line = line
        where = f"line {line} of {source}" if line is not None else source
        super().__init__(f"No story could be read from {where}: {why}.")


class FetchRefused(StoryUnreadable):
    """An address that is not fetched at all; what it leads to is named nowhere."""

    def __init__(self, source: str, why: str) -> None:
        super().__init__(source, why)
        self.args = (f"That address is not fetched: {why}.",)


class FetchFailed(StoryUnreadable):
    """An address that was asked and gave no story: no answer, not a page, too large or too slow."""

    def __init__(self, source: str, why: str) -> None:
        super().__init__(source, why)
        self.args = (f"That address could not be read: {why}.",)


class StatementsUnfound(StoriesError):
    """A story in which it could not be found out who says what: `why` is the second half of a sentence."""

    def __init__(self, story_id: str, why: str) -> None:
        self.story_id = story_id
        self.why = why
        super().__init__(f"Who says what in “{story_id}” could not be found out: {why}.")


class EmbedderUnusable(StoriesError):
    """The embedding model cannot be used: it is not there, not the expected one, or gives the wrong shape."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.why = why
        super().__init__(f"The embedding model {name} cannot be used: {why}.")


class ParserUnusable(StoriesError):
    """The parser of English cannot be used: it is not there, or not the expected one."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"The parser of English cannot be used: {why}.")


class LibraryBusy(StoriesError):
    """Somebody else is changing this library, and did not finish within the time given."""

    def __init__(self, folder: str, waited_s: float) -> None:
        self.folder = folder
        self.waited_s = waited_s
        super().__init__("Somebody else is changing this library just now; try again in a moment.")


class LibraryDamaged(StoriesError):
    """A library whose stored texts cannot be read back, in either copy."""

    def __init__(self, folder: str, what: str) -> None:
        self.folder = folder
        self.what = what
        super().__init__(f"The library in {folder} is damaged ({what}) and cannot be repaired: add its stories again.")


class LibraryTooNew(StoriesError):
    """A library that a newer version of this program wrote."""

    def __init__(self, folder: str, found: int, known: int) -> None:
        self.folder = folder
        self.found = found
        self.known = known
        super().__init__(f"The library in {folder} was written by a newer version of this program: update it.")


class LibraryUnreadable(StoriesError):
    """The disk does not give a library's files; nothing is known to be wrong with them."""

    def __init__(self, folder: str, why: str) -> None:
        self.folder = folder
        self.why = why
        super().__init__(f"The library in {folder} could not be read: {why}.")


class LibraryUnwritable(StoriesError):
    """The disk refused a change; the library is as it was before."""

    def __init__(self, folder: str, why: str) -> None:
        self.folder = folder
        self.why = why
        super().__init__(f"The library in {folder} could not be changed: {why}.")
