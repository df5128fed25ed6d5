"""One utterance as Discord markdown: quotations set off by a bar and in their marks, the reporter's words told plainly.

Words too long for one block go on in the next, each part in a pair of quotation marks of its own.
"""

from collections.abc import Iterator, Sequence

from bot.rendering.discord_escaping import escaped, pieces
from bot.rendering.wording import missing_marks
from index.story import Statement, Story

LEAD_IN_MAX = 160
_MARKS_AND_BAR = 6


def said_parts(said: Sequence[Statement], story: Story, limit: int) -> tuple[str, ...]:
    """The utterance's words, in as few parts of at most `limit` code points of markdown as hold them."""
    if all(piece.kind == "direct" for piece in said):
        quoted = [part for piece in said for part in _quoted_parts(piece.span.of(story.text), limit)]
        return tuple(_barred(joined) for joined in _joined(quoted, " … ", limit))
    told = [part for piece in said for part in _told_parts(piece, story, limit)]
    return tuple(_joined(told, "\n", limit))


def _quoted_parts(words: str, limit: int) -> Iterator[str]:
    for part in pieces(words.strip(), limit - _MARKS_AND_BAR, _barred_length):
        before, after = missing_marks(part)
        yield f"{before}{escaped(part.strip())}{after}"


def _barred(markdown: str) -> str:
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def _barred_length(words: str) -> int:
    return len(escaped(words)) + 2 * words.count("\n")


def _told_parts(piece: Statement, story: Story, limit: int) -> Iterator[str]:
    """The words with, where they are the reporter's, what leads up to them in the story in italics before them."""
    words = piece.span.of(story.text)
    if piece.kind == "direct":
        yield from _quoted_parts(words, limit)
        return
    lead_in = escaped(lead_in_of(piece, story).strip())
    first, *rest = pieces(words.strip(), limit - len(lead_in) - 3, lambda part: len(escaped(part)))
    yield f"*{lead_in}* {escaped(first)}" if lead_in else escaped(first)
    yield from map(escaped, rest)


def lead_in_of(piece: Statement, story: Story) -> str:
    """The text from the mention or the cue up to the words, where both stand right before them in their paragraph."""
    before = [span for span in (piece.mention, piece.cue.span if piece.cue else None) if span]
    if not before or any(span.end > piece.span.start for span in before):
        return ""
    text = story.text[min(span.start for span in before) : piece.span.start]
    return text if len(text) <= LEAD_IN_MAX and "\n" not in text else ""


def _joined(parts: Sequence[str], joint: str, limit: int) -> list[str]:
    """Neighbouring parts put together as far as one block holds them."""
    joined: list[str] = []
    for part in parts:
        if joined and len(joined[-1]) + len(joint) + len(part) + 2 * part.count("\n") <= limit - 2:
            joined[-1] += joint + part
        else:
            joined.append(part)
    return joined
