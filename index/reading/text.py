"""Bytes to text, losing nothing, which every reader of files and pages starts with; and plain text and Markdown to a
Story: the text as it came, with what its opening says about it.

The text is never rewritten after it is decoded; a byte order mark is the one thing that decoding takes off. No store
takes halves of a character (lone surrogates), which JSON and command lines can bring.
"""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Sequence

from index.errors import StoryUnreadable
from index.reading.bounds import BOUNDS
from index.reading.header import read_header
from index.reading.transcripts import turns_told_apart
from index.story import Story

MAX_STORY_BYTES = 10_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_OF_TEXT = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode"})
_NOT_IN_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_STRAY = "onrecord.stray"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE | re.ASCII)


def decoded(raw: bytes, *, declared: Sequence[str | None] = ()) -> str:
    """The text of these bytes: by their byte order mark, as UTF-8, as declared, or as what they look most like.

    Of several declarations the first that fits counts. Bytes astray in a text that is UTF-8 otherwise are read as
    Windows-1252, in which they mostly came there.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf_8(raw):
        codecs.register_error(_STRAY, _stray)
        return raw.decode("utf-8", errors=_STRAY)
    known = (name for name in map(_known, declared) if name is not None and name != "utf-8")
    return raw.decode(next(known, None) or _likely_encoding(raw), errors="replace")


def charset_in(said: str) -> str | None:
    """The encoding that a header, or the head of a page, declares."""
    found = _CHARSET.search(said)
    return found[1] if found else None


def is_text(raw: bytes) -> bool:
    """Whether these bytes look like writing and not like a picture, an archive or a program."""
    if raw.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    head = raw[:8192]
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls * 50 <= len(head)


def _is_mostly_utf_8(raw: bytes) -> bool:
    """Whether more of what is not ASCII is whole characters of UTF-8 than is not."""
    text = raw.decode("utf-8", errors="replace")
    broken = text.count("\ufffd") - raw.count("\ufffd".encode())
    whole = sum(character > "\x7f" for character in text) - broken
    return whole > broken


def _stray(error: UnicodeError) -> tuple[str, int]:
    """What stands for bytes astray: their characters in Windows-1252; of half a character, the mark that says so."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    alone = len(stray) == 1 and stray[0] not in _NOT_IN_1252
    return (stray.decode("cp1252") if alone else "\ufffd"), error.end


def _known(declared: str | None) -> str | None:
    """The declared encoding under Python's name, if it is one of text; pages that say Latin-1 mean Windows-1252."""
    try:
        name = codecs.lookup(declared).name if declared else None
    except (LookupError, ValueError):
        return None
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name or "", name) if name not in _NOT_OF_TEXT else None


def _likely_encoding(raw: bytes) -> str:
    """Windows-1252 for a text mostly in ASCII, where statistics have little to go by; else the best guess."""
    head = raw[:100_000]
    if sum(byte > 127 for byte in head) * 6 < len(head) and not any(byte in _NOT_IN_1252 for byte in head):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    return best.encoding if best is not None else "cp1252"


MAX_ID = 80
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
