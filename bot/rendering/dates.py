"""Dates as people write them in their language, for the faces that let it be chosen; English is `wording`'s own."""

from datetime import date
from typing import Literal, get_args

from bot.rendering.wording import date_words

Dates = Literal["en", "en-us", "de", "es", "fr", "it", "nl", "pt", "iso"]

DATES: tuple[Dates, ...] = get_args(Dates)
NAMES: dict[Dates, str] = {
    "en": "English",
    "en-us": "English (United States)",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "iso": "Figures only",
}
"""What each way of writing dates is called, in English."""

_FIRST: dict[Dates, str] = {"fr": "1er", "it": "1º", "pt": "1º"}


def date_in(day: date, dates: Dates = "en") -> str:
    """A date in a language: "2 March 2017", "2. März 2017", "2017-03-02"."""
    if dates == "iso":
        return day.isoformat()
    if dates == "en":
        return date_words(day)
    from babel.dates import format_date

    written = format_date(day, "long", locale=dates.replace("-", "_"))
    return written if day.day > 1 or dates not in _FIRST else _FIRST[dates] + written.removeprefix("1")
