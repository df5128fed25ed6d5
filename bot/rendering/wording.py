"""The words that every face shares: how a speaker, a date, an origin and a place in the story are phrased, dates
also in other languages; and signs for characters that act where a text is shown.

Pure functions over the values of `index.story`. What they return is bare text: each face escapes, colours or links it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from index.language import ordered_in, sentence_spans
from index.reading import CutOff, about_spans, cut_of, foreign_language
from index.remembering import remembered
from index.statements import find_paragraphs, find_quoted
from index.story import Hit, Span, Speaker, Story

UNKNOWN_SPEAKER = "a speaker the story leaves open"

MARKS = '"“”„«»‟〝〞＂'
WHOLE_MAX = 400
"""Code points up to which a passage is widened to the whole of a quotation."""
OUTLETS_NAMED = 6
_MONTHS = ordered_in("months")
BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ACTIVE = frozenset({*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *map(ord, BIDIRECTIONAL)})
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


def whole_words(span: Span, text: str) -> Span:
    """The span, widened where it begins or ends inside of a word or a number: no half of one is shown as an answer."""
    start, end = span.start, span.end
    while 0 < start < end and _within_one(text, start):
        start -= 1
    while start < end < len(text) and _within_one(text, end):
        end += 1
    return Span(start, end)


def _within_one(text: str, at: int) -> bool:
    """Whether the signs on both sides of a place are of one word, or of one number such as "1,140" and "2.5"."""
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    parted = (
        text[at - 2 : at - 1] + after if before in ",." else before + text[at + 1 : at + 2] if after in ",." else ""
    )
    return len(parted) == 2 and parted.isdigit()


def whole_quotations(hits: Iterable[Hit], story_of: Callable[[Hit], Story | None]) -> tuple[Hit, ...]:
    """Passages as they are shown: a sentence that is only a part of somebody's quotation with the rest of it and of its
    sentences, which say whose it is; what one of them has already is not shown once more."""
    shown: list[Hit] = []
    for hit in hits:
        story = story_of(hit)
        span = _told_of(story).whole(hit.passage.span) if story else hit.passage.span
        if not any(one.passage.story == hit.passage.story and one.passage.span.covers(span) for one in shown):
            shown.append(replace(hit, passage=replace(hit.passage, span=span)))
    return tuple(shown)


def without_marks(words: str) -> str:
    """What somebody typed, with its double quotation marks and line breaks gone, so that it never looks quoted."""
    return " ".join("".join(c for c in words if c not in MARKS).split())


def date_words(day: date) -> str:
    """A date as "2 March 2017"."""
    return f"{day.day} {_MONTHS[day.month - 1].title()} {day.year}"


def origin_words(story: Story) -> str:
    """Where and when the story appeared ("KUSI, 2 March 2017"); its title or id where its outlet is not known."""
    return ", ".join(filter(None, (story.source or story.title or story.id, _day(story))))


def published_words(story: Story) -> str:
    """The same beside its title or its id: what of it is known, which may be nothing."""
    return ", ".join(filter(None, (story.source, _day(story))))


def _day(story: Story) -> str | None:
    return date_words(story.date) if story.date else None


def paragraph_count(story: Story) -> int:
    """How many paragraphs the story has, those left out that only tell of it (headline, byline)."""
    told = _told_of(story)
    return max(1, len(told.paragraphs) - len(told.about))


def paragraph_number(paragraph: int, story: Story) -> int:
    """Which of these a paragraph counted from 0 is, counted from 1."""
    return max(1, paragraph + 1 - sum(at <= paragraph for at in _told_of(story).about))


class _Told:
    """What every line of a reply tells of a story, found out once for all of them."""

    def __init__(self, story: Story) -> None:
        self._story = story

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Where its paragraphs stand."""
        return find_paragraphs(self._story.text)

    @cached_property
    def about(self) -> tuple[int, ...]:
        """Which of them only tell of the story."""
        spans = about_spans(self._story.text, self._story.title)
        return tuple(at for at, one in enumerate(self.paragraphs) if any(span.covers(one) for span in spans))

    @cached_property
    def quoted(self) -> tuple[Span, ...]:
        """What stands in quotation marks, the marks with it."""
        return tuple(one.span for one in find_quoted(self._story.text) if not one.level and one.closed)

    def whole(self, span: Span) -> Span:
        """A span with the sentences of every quotation of which it has only a part, unless that is too much."""
        parted = [one for one in self.quoted if one.overlaps(span) and not span.covers(one)]
        if not parted:
            return span
        both = Span(min(span.start, parted[0].start), max(span.end, parted[-1].end))
        around = next((one for one in self.paragraphs if one.covers(both)), both)
        said = [one for one in sentence_spans(self._story.text, around) if one.overlaps(both)]
        whole = Span(said[0].start, said[-1].end) if said else both
        return whole if len(whole) <= WHOLE_MAX else span

    @cached_property
    def cut(self) -> CutOff | None:
        """What makes it look cut off."""
        return cut_of(self._story)

    @cached_property
    def language(self) -> str | None:
        """The language that it is in, where that is not English."""
        return foreign_language(self._story.text)


@remembered(64)
def _told_of(story: Story) -> _Told:
    return _Told(story)


def place_words(paragraph: int, story: Story, last: int | None = None) -> str:
    """A place in the story, for paragraphs counted from 0: "paragraph 5 of 24", "paragraphs 5–6 of 24"."""
    first, end = paragraph_number(paragraph, story), paragraph_number(max(paragraph, last or 0), story)
    shown = f"paragraph {first}" if end == first else f"paragraphs {first}–{end}"
    return f"{shown} of {max(end, paragraph_count(story))}"


def place_sign(paragraph: int, story: Story, last: int | None = None) -> str:
    """The same place as a sign: "¶5", "¶5–6"."""
    first, end = paragraph_number(paragraph, story), paragraph_number(max(paragraph, last or 0), story)
    return f"¶{first}" if end == first else f"¶{first}–{end}"


def where_words(paragraph: int, story: Story) -> str:
    """Outlet and date, the place in the story for a paragraph counted from 0, and what to know about the story."""
    parts = (origin_words(story), place_words(paragraph, story), warning_words(story))
    return " · ".join(part for part in parts if part)


def foreign_words(story: Story, *, briefly: bool = False) -> str | None:
    """In which language a story is where that keeps its statements from being found; None where it is English."""
    language = _told_of(story).language
    if language is None or briefly:
        return f"in {language}" if language else None
    return f"the story is in {language}: it is kept to be read, and no statements are looked for in it"


def warning_words(story: Story, *, briefly: bool = False) -> str | None:
    """What to know about a whole story: the language that keeps its statements from being found, or else that it looks
    cut off, and how; `briefly`, for a line that is about the story. None where there is nothing."""
    if foreign := foreign_words(story, briefly=briefly):
        return foreign
    cut = _told_of(story).cut
    return ("looks cut off" if briefly else f"the story looks cut off: {cut}") if cut else None


def role_of(speaker: Speaker) -> str | None:
    """The first title or description that the story gives the speaker."""
    return speaker.roles[0] if speaker.roles else None


def role_beside(speaker: Speaker) -> str | None:
    """The same, where the name does not have it already."""
    role = role_of(speaker)
    return role if role and role.casefold() not in speaker.name.casefold() else None


def speaker_words(speaker: Speaker | None, *, brackets: bool = False) -> str:
    """Who: "Paul Ryan, House Speaker", or for a list with brackets; an unnamed source in the story's words for it."""
    if speaker is None:
        return UNKNOWN_SPEAKER
    if not speaker.named:
        return f"{speaker.name} (not named)"
    role = role_beside(speaker)
    if role is None:
        return speaker.name
    return f"{speaker.name} ({role})" if brackets else f"{speaker.name}, {role}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names as English lists them: "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 story", "3 stories"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def stories_line(shown: int, held: int, outlets: Sequence[str]) -> str:
    """How many of the stories held are listed, and which outlets all of them are from."""
    more = len(outlets) - OUTLETS_NAMED
    named = [*outlets[:OUTLETS_NAMED], *([counted(more, "more outlet")] if more > 0 else [])]
    if shown == held:
        return f"{counted(held, 'story', 'stories')}{f', from {listed(named)}' if named else ''}:"
    return f"{shown} of the {held:,} stories{f', which are from {listed(named)}' if named else ''}:"


def who_speak(people: int, stories: int) -> str:
    """How many speak in how many stories, as a sentence."""
    speak = "1 person speaks" if people == 1 else f"{people:,} people speak"
    return f"{speak} in {counted(stories, 'story', 'stories')}."


def in_signs(text: str) -> str:
    """The text with each control character but tabs and line feeds replaced by a sign for it, code point for code
    point."""
    signs = {code: _sign(code) for code in set(map(ord, text)) if code in _ACTIVE or 0xD800 <= code <= 0xDFFF}
    return text.translate(signs) if signs else text


def _sign(code: int) -> str:
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def date_in(day: date, dates: Dates = "en") -> str:
    """A date in a language: "2 March 2017", "2. März 2017", "2017-03-02"."""
    if dates == "iso":
        return day.isoformat()
    if dates == "en":
        return date_words(day)
    from babel.dates import format_date

    written = format_date(day, "long", locale=dates.replace("-", "_"))
    return written if day.day > 1 or dates not in _FIRST else _FIRST[dates] + written.removeprefix("1")
