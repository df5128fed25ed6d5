"""Dates as people write them in their language, for the faces that let it be chosen; English is `wording`'s own."""

from datetime import date
from typing import Literal, get_args

from bot.rendering.wording import date_words
from index.language import ordered_in

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

_MONTHS: dict[Dates, str] = {
    "en-us": " ".join(ordered_in("months")).title(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_FORMS: dict[Dates, str] = {
    "en-us": "{month} {day}, {year}",
    "de": "{day}. {month} {year}",
    "es": "{day} de {month} de {year}",
    "fr": "{day} {month} {year}",
    "it": "{day} {month} {year}",
    "nl": "{day} {month} {year}",
    "pt": "{day} de {month} de {year}",
}
_FIRST: dict[Dates, str] = {"fr": "1er", "it": "1º", "pt": "1º"}


def date_in(day: date, dates: Dates = "en") -> str:
    """A date in a language: "2 March 2017", "2. März 2017", "2017-03-02"."""
    if dates == "iso":
        return day.isoformat()
    if dates not in _FORMS:
        return date_words(day)
    number = _FIRST.get(dates, "1") if day.day == 1 else str(day.day)
    return _FORMS[dates].format(day=number, month=_MONTHS[dates].split()[day.month - 1], year=day.year)
