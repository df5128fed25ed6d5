"""Who speaks in one generation of a library, found by the words of their names; whatever keeps the generation."""

import re
from collections.abc import Collection, Iterable
from functools import cached_property

from index.story import Speaker, Statement

_WORD = re.compile(r"\w+")


class SpeakersHeld:
    """What a generation says of its speakers and statements once it has all of both."""

    @property
    def _speakers(self) -> tuple[Speaker, ...]:
        raise NotImplementedError

    @property
    def _statements(self) -> tuple[Statement, ...]:
        raise NotImplementedError

    @cached_property
    def _speakers_by_word(self) -> dict[str, list[Speaker]]:
        return speakers_by_word(self._speakers)

    @cached_property
    def _statements_by_speaker(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, statement in enumerate(self._statements):
            if statement.speaker is not None:
                found.setdefault(statement.speaker, []).append(number)
        return found

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        """The speakers with one of these words (lower case) in a name, alias, role or handle."""
        found = (speaker for word in words for speaker in self._speakers_by_word.get(word.casefold(), ()))
        return tuple({speaker.id: speaker for speaker in found}.values())

    def speaker_words(self) -> Collection[str]:
        """The words by which `speakers_called` finds speakers."""
        return self._speakers_by_word.keys()

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        """The statements of these speakers in all stories, in reading order."""
        numbers = {number for each in speaker_ids for number in self._statements_by_speaker.get(each, ())}
        return tuple(self._statements[number] for number in sorted(numbers))


def speakers_by_word(speakers: Iterable[Speaker]) -> dict[str, list[Speaker]]:
    """Speakers by each word (lower case) of their names, aliases, roles and handles, and bodies by their initials."""
    found: dict[str, list[Speaker]] = {}
    for speaker in speakers:
        names = (speaker.name, *speaker.aliases)
        spelled = " ".join((*names, *speaker.roles, *speaker.handles)).casefold().replace("’", "'")
        initials = () if speaker.kind == "person" else map(_initials, names)
        words = (*_WORD.findall(spelled), *spelled.split(), *spelled.replace(".", "").split(), *initials)
        for word in dict.fromkeys(words):
            found.setdefault(word, []).append(speaker)
    return found


def _initials(name: str) -> str:
    """ "fbi" for the Federal Bureau of Investigation."""
    return "".join(word[0] for word in _WORD.findall(name) if word[0].isupper()).casefold()


def in_story(own: Speaker, whole: Speaker) -> Speaker:
    """A speaker as one story has it, under the library's id and name."""
    aliases = tuple(alias for alias in dict.fromkeys((own.name, *own.aliases)) if alias != whole.name)
    return Speaker(whole.id, whole.name, whole.kind, aliases, own.roles, own.handles)
