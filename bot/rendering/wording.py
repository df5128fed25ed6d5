"""The words that every face shares: how a quotation, its attribution line, a date and a place in the story are phrased.

Pure functions over the values of `index.story`. What they return is bare text: each face escapes, colours or links it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from index.language import ordered_in
from index.reading import CutOff, about_spans, cut_of, foreign_language
from index.statements import find_paragraphs
from index.story import Kind, Span, Speaker, Stance, Statement, Story

Utterance = tuple[Statement, ...]
"""The pieces of what somebody said at once, in the order in which they were said."""
UNKNOWN_SPEAKER = "a speaker the story leaves open"

_OPENING = {"“": "”", "„": "”", "«": "»", '"': '"', "‘": "’", "'": "'"}
_DOUBLE = {'"': '"', "“": "”", "„": "”", "«": "»"}
_MARKS = '"“”„«»‟〝〞＂'
_MONTHS = ordered_in("months")
_STANCES: dict[Stance, str | None] = {
    "says": None,
    "denies": "a denial",
    "declines": "declined to say",
    "hedges": "not certain to have been said",
    "asks": "a question",
    "unsaid": "the story says that this was not said",
}
_KINDS: dict[Kind, str | None] = {
    "direct": None,
    "mixed": "partly in the reporter's words",
    "indirect": "in the reporter's words",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Stored words, verbatim, with the quotation marks that they still need on either side (often none)."""

    words: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.words}{self.after}"


def shown_words(statement: Statement, story: Story) -> Shown:
    """The statement's words as they may be shown: exactly as stored, and in quotation marks only if somebody's words.

    Marks that the span already carries are not doubled, and a pair of which it holds one half is completed.
    """
    words = statement.span.of(story.text)
    if statement.kind != "direct":
        return Shown(words)
    return Shown(words, *missing_marks(words))


def missing_marks(words: str) -> tuple[str, str]:
    """The marks to put before and after somebody's words so that they stand in one pair, given those they carry."""
    bare = words.strip()
    if not bare:
        return "", ""
    if len(bare) > 1 and bare[-1] in "\"”’'»" and _OPENING.get(bare[0]) is not None:
        return "", ""
    for opening, closing in _DOUBLE.items():
        if opening == closing:
            unpaired = bare.count(opening) % 2 == 1
            opens, closes = unpaired and bare[0] == opening, unpaired and bare[-1] == closing
        else:
            opens = bare[0] == opening and bare.count(opening) > bare.count(closing)
            closes = bare[-1] == closing and bare.count(closing) > bare.count(opening)
        if opens:
            return "", closing
        if closes:
            return opening, ""
    return "“", "”"


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


def without_marks(words: str) -> str:
    """What somebody typed, with its double quotation marks and line breaks gone, so that it never looks quoted."""
    return " ".join("".join(c for c in words if c not in _MARKS).split())


def date_words(day: date) -> str:
    """A date as "2 March 2017"."""
    return f"{day.day} {_MONTHS[day.month - 1].title()} {day.year}"


def origin_words(story: Story) -> str:
    """Where and when the story appeared ("KUSI, 2 March 2017"); its title or id where its outlet is not known."""
    name = story.source or story.title or story.id
    return f"{name}, {date_words(story.date)}" if story.date else name


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
    def cut(self) -> CutOff | None:
        """What makes it look cut off."""
        return cut_of(self._story)

    @cached_property
    def language(self) -> str | None:
        """The language that it is in, where that is not English."""
        return foreign_language(self._story.text)


@lru_cache(maxsize=64)
def _told_of(story: Story) -> _Told:
    return _Told(story)


def place_words(paragraph: int, story: Story, last: int | None = None) -> str:
    """A place in the story, for paragraphs counted from 0: "paragraph 5 of 24", "paragraphs 5–6 of 24"."""
    first, end = paragraph_number(paragraph, story), paragraph_number(max(paragraph, last or 0), story)
    shown = f"paragraph {first}" if end == first else f"paragraphs {first}–{end}"
    return f"{shown} of {max(end, paragraph_count(story))}"


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


def cue_words(statement: Statement, story: Story) -> str | None:
    """The words that report the statement ("told reporters"), on one line and without the mark that leads on."""
    return " ".join(statement.cue.span.of(story.text).split()).rstrip(" ,:;") if statement.cue else None


def stance_words(stance: Stance) -> str | None:
    """What to add where the speaker did not simply say it: a denial, a refusal, a doubt, a question."""
    return _STANCES[stance]


def kind_words(kind: Kind) -> str | None:
    """Whose words they are where not the speaker's own: "in the reporter's words"."""
    return _KINDS[kind]


def relay_words(statement: Statement) -> str | None:
    """How the words came: "via CNN", outermost first."""
    return "via " + ", ".join(statement.relay) if statement.relay else None


def addressee_words(statement: Statement, story: Story) -> str | None:
    """Whom it was said to ("to reporters"), where the cue does not already say so."""
    if not statement.addressee:
        return None
    cue = cue_words(statement, story) or ""
    return None if statement.addressee.casefold() in cue.casefold() else f"to {statement.addressee}"


def how_words(statement: Statement, story: Story) -> tuple[str, ...]:
    """Everything about how it was said, in order: cue, addressee, stance, whose words, relay."""
    stance = stance_words(statement.cue.stance) if statement.cue else None
    parts = (
        cue_words(statement, story),
        addressee_words(statement, story),
        stance,
        kind_words(statement.kind),
        relay_words(statement),
    )
    return tuple(part for part in parts if part)


def attribution_line(statement: Statement, story: Story, speaker: Speaker | None) -> str:
    """One line for under the words: speaker and role · cue · how · outlet and date · place in the story."""
    return utterance_line((statement,), story, speaker)


def utterances(statements: Sequence[Statement]) -> tuple[tuple[Utterance, tuple[int, ...]], ...]:
    """The utterances that statements are pieces of, with the places of these: the first that has a piece comes first,
    and the pieces of each stand in the order in which they were said."""
    places: dict[tuple[object, ...], list[int]] = {}
    for place, said in enumerate(statements):
        places.setdefault((said.story, said.version, said.attribution, said.speaker), []).append(place)
    return tuple(
        (tuple(sorted((statements[at] for at in together), key=lambda piece: piece.span)), tuple(together))
        for together in places.values()
    )


def teller_of(utterance: Utterance) -> Statement:
    """The piece from which it is told how an utterance came: the first that has a cue, and of them all whose words."""
    teller = next((piece for piece in utterance if piece.cue), utterance[0])
    return replace(teller, kind=teller.kind if len({piece.kind for piece in utterance}) == 1 else "mixed")


def spoken(utterance: Utterance, story: Story) -> str:
    """The words of one utterance: its pieces verbatim, with an ellipsis between two that are quoted, or a line each."""
    joint = " … " if all(piece.kind == "direct" for piece in utterance) else "\n"
    return joint.join(str(shown_words(piece, story)) for piece in utterance)


def utterance_line(utterance: Utterance, story: Story, speaker: Speaker | None) -> str:
    """The attribution line of one utterance, told from the first of its pieces that has a cue."""
    how = how_words(teller_of(utterance), story)
    return " · ".join((speaker_words(speaker), *how, where_words(utterance[0].paragraph, story)))


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names as English lists them: "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 story", "3 stories"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def who_speak(people: int, stories: int) -> str:
    """How many speak in how many stories, as a sentence."""
    speak = "1 person speaks" if people == 1 else f"{people:,} people speak"
    return f"{speak} in {counted(stories, 'story', 'stories')}."
