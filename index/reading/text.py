"""Plain text and Markdown to a Story: the text as it came, with what its opening says about it.

No store takes halves of a character (lone surrogates), which JSON and command lines can bring.
"""

import hashlib
import re
import unicodedata

from index.errors import StoryUnreadable
from index.reading.bounds import BOUNDS
from index.reading.exported import turns_told_apart
from index.reading.header import read_header
from index.story import Story

MAX_ID = 80
_BETWEEN = re.compile(r"\n[ \t]*\n")
HALF_A_CHARACTER = "it has half a character (a lone surrogate)"


def read_text(
    text: str, id: str | None = None, *, name: str = "the text", title: str | None = None  # noqa: A002  a Story's own word
) -> Story:  # fmt: skip
    """The Story of a plain text. Without an id it gets one made of its title and its words. A transcript as programs
    export it becomes a line a turn; every other text stays as it is. `title` is the headline, where that is known.

    `name` is what errors call the source. Raises StoryUnreadable where there are no words.
    """
    if not is_storable(text):
        raise StoryUnreadable(name, HALF_A_CHARACTER)
    if not any(character.isalnum() for character in text):
        raise StoryUnreadable(name, "it has no words")
    require_story_length(text, name)
    text = turns_told_apart(text)
    header = read_header(text, title)
    return Story(
        id=id or text_id(text, header.title),
        text=text,
        title=short_title(header.title),
        source=header.source,
        date=header.date,
        author=header.author,
        url=header.url,
        place=header.place,
    )


def require_story_length(text: str, name: str) -> None:
    """Passes where a text is no longer than a story may be. Raises StoryUnreadable."""
    if len(text) > BOUNDS.story_chars:
        raise StoryUnreadable(name, too_long())


def too_long() -> str:
    """Why a text that is too long for a story gives none, as the second half of a sentence."""
    return f"its text is longer than {BOUNDS.story_chars:,} characters"


def short_title(title: str | None) -> str | None:
    """A title, cut short where it is longer than titles are."""
    if title is None or len(title) <= BOUNDS.title_chars:
        return title
    return f"{title[: BOUNDS.title_chars - 1].rstrip()}…"


def slug(name: str, *, max_length: int = MAX_ID) -> str:
    """A name that is safe as an id, in a path and on a command line; empty where nothing of it is."""
    kept = _kept(name)
    return kept if len(kept) <= max_length else _told_apart(kept, name, max_length)


def name_id(name: str) -> str:
    """An id made of a name that no other name has: its slug, with a digest where that is not the name itself."""
    kept = _kept(name)
    return kept if not kept or (kept == name and len(kept) <= MAX_ID) else _told_apart(kept, name, MAX_ID)


def told_apart_id(story_id: str, text: str) -> str:
    """An id for another text than the one that this id is of already."""
    return f"{story_id[: MAX_ID - 9].rstrip('-._')}-{_digest(text)}"


def text_id(text: str, title: str | None) -> str:
    """An id for a text that came without one: the start of its title, and a digest of its words."""
    words = slug(" ".join((title or "story").split()[:6]).casefold(), max_length=50)
    return f"{words or 'story'}-{_digest(text)}"


def blocks_of(text: str) -> list[str]:
    """What empty lines part."""
    return _BETWEEN.split(text)


def _kept(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")


def _told_apart(kept: str, name: str, max_length: int) -> str:
    return f"{kept[: max_length - 9].rstrip('-._')}-{_digest(name)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def is_storable(words: str) -> bool:
    """Whether there are only whole characters in it."""
    return storable(words) == words


def storable(words: str) -> str:
    """The words with a question mark in place of each half of a character."""
    return words.encode("utf-8", "replace").decode("utf-8")
