"""The blocks of a story to its text, a line each: block quotations get the marks that say whose words they are."""

from collections.abc import Sequence

from index.reading.pages.choosing import Voice, Weighed, total_words, words_of
from index.reading.pages.places import Place

MUCH_LONGER = 1.25
LONGEST_DATELINE = 80
_DASHES = ("—", "–", "--")
"""Where a page has the place and the outlet in an element of their own, they are on the first paragraph's line."""
_MARKS = '“”"«»„‘'


def written(kept: Sequence[Weighed], body: str | None) -> str:
    """The story's text; where the page shows only the beginning of what its data has whole, that."""
    if body and _is_fuller(kept, body):
        return body
    lines: list[str] = []
    at = 0
    while at < len(kept):
        group = _quoted_from(kept, at)
        texts = [one.block.text for one in group]
        lines.extend(quoted_lines(lines[-1] if lines else "", texts) if _is_quote(group[0]) else map(_line, group))
        at += len(group)
    if len(lines) > 1 and len(lines[0]) < LONGEST_DATELINE and lines[0].endswith(_DASHES):
        lines[:2] = [f"{lines[0]} {lines[1]}"]
    return "\n".join(lines)


def _line(one: Weighed) -> str:
    """A block as a line; an item of a list has its dash."""
    is_item = (
        one.place & Place.ITEM and not one.place & (Place.POST | Place.HEADING) and one.block.text[0] not in "-–—•*"
    )
    return f"- {one.block.text}" if is_item else one.block.text


def _quoted_from(kept: Sequence[Weighed], at: int) -> Sequence[Weighed]:
    """The blocks of one block quotation from here on; another block stands alone."""
    end = at + 1
    if _is_quote(kept[at]):
        while end < len(kept) and _is_quote(kept[end]):
            end += 1
    return kept[at:end]


def _is_quote(one: Weighed) -> bool:
    return bool(one.place & Place.QUOTE) and not one.place & (Place.POST | Place.HEADING)


def quoted_lines(before: str, lines: Sequence[str]) -> list[str]:
    """A block quotation's paragraphs as print has them: a mark before each, and one behind the last.

    As they are where the line before does not announce them, or where they have marks of their own.
    """
    if not lines or not before.endswith(":") or any(line[0] in _MARKS or line[-1] in _MARKS for line in lines):
        return list(lines)
    marked = [f"“{line}" for line in lines]
    return [*marked[:-1], f"{marked[-1]}”"]


def _is_fuller(kept: Sequence[Weighed], body: str) -> bool:
    """Whether the data has the story that the page shows, and much more of it."""
    count = len(body.split())
    shown = Voice(body)
    words = total_words(kept)
    if count < max(120, MUCH_LONGER * words + 40):
        return False
    long = [one for one in kept if len(one.words) >= 12]
    same = sum(shown.share(one.words) >= 0.6 for one in long)
    return not long or same >= 0.6 * len(long) or (words < 60 and bool(words_of(body)))
