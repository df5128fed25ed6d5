"""A card of somebody's words: read out of the stored text, never of what anybody typed."""

from bot.rendering.dates import Dates, date_in
from bot.rendering.drawing import WORDS_MAX, Picture, card
from bot.rendering.utterances import Utterance, spoken
from bot.rendering.wording import place_sign, speaker_words
from bot.shelf import Shelf

HEADLINE_MAX = 90


def can_be_card(said: Utterance) -> bool:
    """Whether the words are somebody's own, all of them."""
    return bool(said) and all(piece.kind == "direct" for piece in said)


def card_of(said: Utterance, shelf: Shelf, dates: Dates = "en") -> Picture | None:
    """The card of an utterance; None where its words are the reporter's, or too many to be read on a phone."""
    if not can_be_card(said):
        return None
    story = shelf.story(said[0].story, said[0].version)
    words = " ".join(spoken(said, story).split())
    if len(words) > WORDS_MAX:
        return None
    speaker = next((one for one in shelf.speakers() if one.id == said[0].speaker), None)
    day = date_in(story.date, dates) if story.date else None
    headline = story.title if story.title and len(story.title) <= HEADLINE_MAX else None
    below = " · ".join(filter(None, (story.source, day, place_sign(said[0].paragraph, story), headline)))
    return card(words, speaker_words(speaker), below)
