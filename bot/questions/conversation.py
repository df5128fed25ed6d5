"""Whom "he", "she" and "they" stand for: those whom the turns before named, as far as a name or a title tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.answers import Turn
from index.language import HE, SHE, THEY, gender_of, word_set, words_of
from index.ranking import SLIP, links_of
from index.story import Speaker

_THEY = frozenset(THEY) - {THEY.oneself}
_MALE = word_set("mr congressman spokesman chairman sir father king prince husband son brother actor businessman lord")
_FEMALE = word_set(
    "mrs ms miss congresswoman spokeswoman chairwoman lady mother queen princess wife daughter sister actress dame"
)
_TURNS = 4  # earlier turns in which somebody may have been named


def is_pronoun(who: str) -> bool:
    """Whether words for who are a pronoun alone."""
    return who.strip().casefold() in {*HE, *SHE, *_THEY}


def stands_for(pronoun: str, history: Sequence[Turn], everybody: Collection[Speaker]) -> tuple[Speaker, ...]:
    """Those whom a pronoun can mean: named in the last turn that names anybody whom it fits, or else all it fits."""
    people = [speaker for speaker in everybody if speaker.named and fits(pronoun, speaker)]
    for turn in list(history)[::-1][:_TURNS]:
        for text in (turn.question, turn.answer or ""):
            links = links_of(text[:2_000], people)
            named = [speaker for speaker in people if links.get(speaker.id) and links[speaker.id].name >= SLIP]
            if named:
                return tuple(sorted(named, key=lambda speaker: -links[speaker.id].name))
    return tuple(people)


def fits(pronoun: str, speaker: Speaker) -> bool:
    """Whether nothing speaks against a pronoun: a title, or else the given name; "they" fits anybody."""
    word = pronoun.strip().casefold()
    if word in _THEY:
        return True
    if speaker.kind != "person":
        return False
    described = set(_words_of((*speaker.roles, *speaker.aliases, speaker.name)))
    male, female = bool(described & _MALE), bool(described & _FEMALE)
    if male == female:
        given = gender_of(speaker.name.split()[0]) if len(speaker.name.split()) > 1 else None
        male, female = given == "m", given == "f"
    return not (female if word in HE else male) or male == female


def _words_of(texts: Iterable[str]) -> Iterable[str]:
    return (text[word.start : word.end].casefold() for text in texts for word in words_of(text))
