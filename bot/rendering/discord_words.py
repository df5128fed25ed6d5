"""One utterance as Discord markdown: quotations set off by a bar and in their marks, the reporter's words told plainly.

Words too long for one block go on in the next, each part in a pair of quotation marks of its own.
"""

from collections.abc import Iterator, Sequence

from bot.rendering.discord_escaping import escaped, pieces
from bot.rendering.utterances import Shown, Utterance, joint_of, missing_marks, shown_pieces
from index.story import Statement, Story

_MARKS_AND_BAR = 6


def said_parts(said: Utterance, story: Story, limit: int) -> tuple[str, ...]:
    """The utterance's words, in as few parts of at most `limit` code points of markdown as hold them."""
    if all(piece.kind == "direct" for piece in said):
        quoted = [part for piece in said for part in _quoted_parts(piece.span.of(story.text), limit)]
        return tuple(_barred(joined) for joined in _joined(quoted, joint_of(said), limit))
    pieces_shown = zip(said, shown_pieces(said, story), strict=True)
    told = [part for piece, shown in pieces_shown for part in _told_parts(piece, shown, limit)]
    return tuple(_joined(told, joint_of(said), limit))


def _quoted_parts(words: str, limit: int) -> Iterator[str]:
    for part in pieces(words.strip(), limit - _MARKS_AND_BAR, _barred_length):
        before, after = missing_marks(part)
        yield f"{before}{escaped(part.strip())}{after}"


def _barred(markdown: str) -> str:
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def _barred_length(words: str) -> int:
    return len(escaped(words)) + 2 * words.count("\n")


def _told_parts(piece: Statement, shown: Shown, limit: int) -> Iterator[str]:
    """The words with, where they are the reporter's, what leads up to them in the story in italics before them."""
    if piece.kind == "direct":
        yield from _quoted_parts(shown.words, limit)
        return
    lead_in = escaped(shown.lead.strip())
    first, *rest = pieces(shown.words.strip(), limit - len(lead_in) - 3, lambda part: len(escaped(part)))
    yield f"*{lead_in}* {escaped(first)}" if lead_in else escaped(first)
    yield from map(escaped, rest)


def _joined(parts: Sequence[str], joint: str, limit: int) -> list[str]:
    """Neighbouring parts put together as far as one block holds them."""
    joined: list[str] = []
    for part in parts:
        if joined and len(joined[-1]) + len(joint) + len(part) + 2 * part.count("\n") <= limit - 2:
            joined[-1] += joint + part
        else:
            joined.append(part)
    return joined
