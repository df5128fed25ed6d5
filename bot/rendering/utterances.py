"""What somebody said at once, as every face shows it: the words with what leads up to them, how they came, and whom a
server holds to have said them, which is shown beside what was found and never in its place.

Pure functions over the values of `index.story`. What they return is bare text: each face escapes, colours or links it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from bot.rendering.wording import MARKS, speaker_words, where_words
from index.language import sentence_spans
from index.story import Json, Kind, Span, Speaker, Stance, Statement, Story

Utterance = tuple[Statement, ...]
"""The pieces of what somebody said at once, in the order in which they were said."""
LEAD_IN_MAX = 160
"""Code points of what leads up to words at most."""
BEFORE_MAX = 40
"""Code points of a sentence before whoever it mentions up to which these lead up to the words too."""
_CORRECTION = "correction:"
_OPENING = {"“": "”", "„": "”", "«": "»", '"': '"', "‘": "’", "'": "'"}
_DOUBLE = {'"': '"', "“": "”", "„": "”", "«": "»"}
STANCES: dict[Stance, str | None] = {
    "says": None,
    "denies": "a denial",
    "declines": "declined to say",
    "hedges": "not certain to have been said",
    "asks": "a question",
    "unsaid": "the story says that this was not said",
}
"""What is added where the speaker did not simply say it."""
KINDS: dict[Kind, str | None] = {
    "direct": None,
    "mixed": "partly in the reporter's words",
    "indirect": "in the reporter's words",
}
"""What is added where the words are not the speaker's own."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Stored words, verbatim, with the quotation marks that they still need on either side (often none).

    `lead` is the text that leads up to them in the story, as it stands there, where the words need it.
    """

    words: str
    before: str = ""
    after: str = ""
    lead: str = ""

    def __str__(self) -> str:
        return f"{self.lead}{self.before}{self.words}{self.after}"


def shown_words(statement: Statement, story: Story) -> Shown:
    """The statement's words as they may be shown: exactly as stored, and in quotation marks only if somebody's words.

    Marks that the span already carries are not doubled, and a pair of which it holds one half is completed. The
    reporter's words go on from what leads up to them: what was denied or doubted reads otherwise without it.
    """
    words = statement.span.of(story.text)
    if statement.kind != "direct":
        return Shown(words, lead=_lead_in(statement, story))
    return Shown(words, *missing_marks(words))


def _lead_in(statement: Statement, story: Story) -> str:
    """The text from the mention, or else from the cue, up to the words, where it stands right before them in their
    paragraph and is short; from where the sentence begins, if a few words are before ("Its head, Ann Lee, said")."""
    cue, end = statement.cue, statement.span.start
    if cue and cue.span.end > end:
        return ""
    places = sorted(span.start for span in (cue.span if cue else None, statement.mention) if span and span.end <= end)
    if places:
        places.insert(0, _from_sentence(places[0], end, story.text))
    leads = (story.text[at:end] for at in places)
    return next((lead for lead in leads if len(lead) <= LEAD_IN_MAX and "\n" not in lead), "")


def _from_sentence(place: int, end: int, text: str) -> int:
    """Where the sentence of a place begins, if that is a few words before it, none of them quoted; or the place."""
    line = text.rfind("\n", 0, place) + 1
    window = Span(max(line, place - LEAD_IN_MAX), end)
    start = max((one.start for one in sentence_spans(text, window) if one.start <= place), default=place)
    few = place - start <= BEFORE_MAX and not set(MARKS) & set(text[start:place])
    return start if few and (start > window.start or window.start == line) else place


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


def cue_words(statement: Statement, story: Story) -> str | None:
    """The words that report the statement ("told reporters"), on one line and without the mark that leads on."""
    return " ".join(statement.cue.span.of(story.text).split()).rstrip(" ,:;") if statement.cue else None


def relay_words(statement: Statement, story: Story) -> str | None:
    """How the words came: "via CNN", outermost first, as far as the cue does not already say so."""
    cue = f" {_letters(cue_words(statement, story) or '')} "
    through = [one for one in statement.relay if f" {_letters(one)} " not in cue]
    return "via " + ", ".join(through) if through else None


def _letters(words: str) -> str:
    """Some words in small letters, without the marks around them and without an owner's "'s"."""
    bare = (word.strip(".,:;\"“”'’()").replace("’", "'").removesuffix("'s") for word in words.casefold().split())
    return " ".join(bare)


def addressee_words(statement: Statement, story: Story) -> str | None:
    """Whom it was said to ("to reporters"), where the cue does not already say so."""
    if not statement.addressee:
        return None
    cue = cue_words(statement, story) or ""
    return None if statement.addressee.casefold() in cue.casefold() else f"to {statement.addressee}"


def how_words(utterance: Utterance, story: Story, *, led: bool = True) -> tuple[str, ...]:
    """Everything about how it was said, in order: cue, addressee, stance, whose words, relay.

    The cue is left out where it is read before the words already (`led`: they are shown with what leads up to them).
    """
    teller = teller_of(utterance)
    parts = (
        None if led and _is_led_by(teller, utterance, story) else cue_words(teller, story),
        addressee_words(teller, story),
        STANCES[teller.cue.stance] if teller.cue else None,
        KINDS[teller.kind],
        relay_words(teller, story),
    )
    return tuple(part for part in parts if part)


def _is_led_by(teller: Statement, utterance: Utterance, story: Story) -> bool:
    """Whether one of the pieces is shown behind the cue from which it is told how they came."""
    return any(
        teller.cue and piece.cue and piece.cue.span == teller.cue.span and shown.lead
        and piece.span.start - len(shown.lead) <= piece.cue.span.start
        for piece, shown in zip(utterance, shown_pieces(utterance, story), strict=True)
    )  # fmt: skip


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


def shown_pieces(utterance: Utterance, story: Story) -> tuple[Shown, ...]:
    """The pieces of one utterance as they are shown one after the other: none is led up to by words of an earlier."""
    shown = [shown_words(piece, story) for piece in utterance]
    ends = [0, *(piece.span.end for piece in utterance)]
    return tuple(
        replace(one, lead="") if piece.span.start - len(one.lead) < end else one
        for piece, one, end in zip(utterance, shown, ends, strict=False)
    )


def joint_of(utterance: Utterance) -> str:
    """What stands between the pieces of one utterance: an ellipsis where all are quoted, or else a new line."""
    return " … " if all(piece.kind == "direct" for piece in utterance) else "\n"


def spoken(utterance: Utterance, story: Story) -> str:
    """The words of one utterance as plain text."""
    return joint_of(utterance).join(map(str, shown_pieces(utterance, story)))


def utterance_line(utterance: Utterance, story: Story, speaker: Speaker | None, *, led: bool = True) -> str:
    """The attribution line of one utterance, told from the first of its pieces that has a cue."""
    how = how_words(utterance, story, led=led)
    return " · ".join((speaker_words(speaker), *how, where_words(utterance[0].paragraph, story)))


@dataclass(frozen=True, slots=True)
class Correction:
    """Words by their address, whose they were found to be (`was`), and whose they are said to be (`name`).

    It counts once those who run the server have settled it. Who proposed it is not kept.
    """

    story: str
    version: int
    start: int
    end: int
    was: str
    name: str
    state: Literal["open", "settled"] = "open"

    @property
    def key(self) -> str:
        """The name under which it is kept: one for some words."""
        return f"{_CORRECTION}{self.version}:{self.start}:{self.end}:{self.story}"

    def covers(self, said: Statement) -> bool:
        """Whether it is about this statement."""
        same = (self.story, self.version) == (said.story, said.version)
        return same and self.start <= said.span.start and said.span.end <= self.end


def corrections_in(settings: Mapping[str, Json]) -> tuple[Correction, ...]:
    """The corrections that are kept; what cannot be read is as if it was never proposed."""
    fields = Correction.__dataclass_fields__.keys()
    return tuple(
        Correction(**dict(value))  # type: ignore[arg-type]
        for name, value in settings.items()
        if name.startswith(_CORRECTION) and isinstance(value, Mapping) and value.keys() == fields
    )


def kept(correction: Correction) -> Json:
    """The correction as it is kept."""
    return asdict(correction)


def corrected(said: Statement, corrections: tuple[Correction, ...]) -> str | None:
    """Whose words they are as a server has settled it, where it has."""
    return next((one.name for one in corrections if one.state == "settled" and one.covers(said)), None)
