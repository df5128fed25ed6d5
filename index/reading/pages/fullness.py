"""How much of its story a page gives: whether its data's body can be trusted, and whether far more was to be read.

A teaser before a paywall, or a body that was missed, is told by how long the page itself says that the story is, by
what its data has of it, by the words in its own paragraphs, or by what stands where the story stops.
"""

from collections.abc import Sequence

from index.reading.pages.blocks import Layout
from index.reading.pages.choosing import AGREED, Choice, Voice, Weighed, words_of
from index.reading.pages.endings import is_wall
from index.reading.pages.places import Place
from index.reading.pages.structured import PageFacts

LEAST_SHARE = 0.5
"""Of the words that the page says the story has."""
LEAST_SHARE_OF_PARAGRAPHS = 0.4
"""Of the words in the page's paragraphs that stand together: lower, since some belong to other stories."""
FEWEST_MISSED = 100
"""Words: a caption or a byline more is no teaser."""
FEWEST_TRUSTED = 50
"""Words: a shorter body in a page's data is a summary."""
SHORTEST_PARAGRAPH = 15
"""Words: shorter ones are mostly captions and the headlines of other stories."""


def trusted_body(body: str | None, layout: Layout, voices: Sequence[Voice]) -> Voice | None:
    """The body of a page's data as a voice, if it stands on the page and is not much shorter than what others take."""
    if not body:
        return None
    told = Voice(body)
    if told.count < max(FEWEST_TRUSTED, 0.6 * min((voice.count for voice in voices), default=0)):
        return None
    lines = [words_of(line) for line in body.splitlines()]
    shown = Voice("\n".join(block.text for block in layout.blocks))
    on_page = sum(len(line) for line in lines if shown.share(line) >= AGREED or len(line) < 3)
    whole = shown.share([word for line in lines for word in line])
    return told if on_page >= AGREED * told.count or whole >= AGREED else None


def has_far_more(choice: Choice, text: str, data: PageFacts) -> bool:
    """Whether a page has, or says that there is, far more of its story than this text."""
    if text == data.body:
        return False
    found = len(text.split())
    if data.words is not None and _is_far_more(data.words, found, LEAST_SHARE):
        return True
    if _is_walled(choice, found, paid=data.paid):
        return True
    if data.words is not None:
        return False
    return _is_far_more(found + _missed_words(choice), found, LEAST_SHARE_OF_PARAGRAPHS)


def _is_far_more(words: int, found: int, share: float) -> bool:
    return found < share * words and words - found >= FEWEST_MISSED


def _missed_words(choice: Choice) -> int:
    """The words in paragraphs that nobody took and that nothing says stand beside the story."""
    kept = set(map(id, choice.kept))
    return sum(
        len(one.words) for one in choice.weighed
        if id(one) not in kept and len(one.words) >= SHORTEST_PARAGRAPH and one.block.linked < 0.3
        and not one.place & (Place.BESIDE | Place.CAPTION | Place.TITLE | Place.BYLINE | Place.LEAD)
    )  # fmt: skip


def _is_walled(choice: Choice, found: int, *, paid: bool) -> bool:
    """Whether the story is short and stops before an invitation to pay or to sign in for the rest of it."""
    if found > 400 or not choice.kept:
        return False
    last = next((at for at in range(len(choice.weighed) - 1, -1, -1) if choice.weighed[at] is choice.kept[-1]), 0)
    behind: Sequence[Weighed] = choice.weighed[last : last + 7]
    asked = any(is_wall(one.block.text) for one in behind)
    return asked and (paid or found < 250)
