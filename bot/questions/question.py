"""A question as it is answered: its words, what they ask for, and the turns that it leans on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers import Talk, Turn
from bot.questions.reader import Kind, Reading, Slot
from index.language import stems_of, words_of

_TURNS = 2  # earlier questions that a follow-up is read with
_STANDS_FOR = re.compile(
    r"\b(?:he|him|his|she|hers?|they|them|theirs?|it|its|this|that|these|those|there|then|one|ones|else|others?|so)\b"
    r"|^\W*(?:and|but|or|what about|how about|why|how come|when|where|which|who)\b\W*(?:\S+\W*){0,3}$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\W*(?:he|him|his|she|her|hers|they|them|their|it|its)\W*", re.IGNORECASE)
_OWN_WORDS = 2  # stems from which a question can stand by itself


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `kind` is the likeliest reading, `kinds` all of them with their probabilities, `slots` the words
    for who, about what and so on, `context` the questions before that this one leans on, oldest first, `talk` what it
    says to the bot itself, where it asks nothing of the stories."""

    text: str
    kind: Kind
    kinds: Mapping[Kind, float]
    slots: Mapping[Slot, str]
    context: tuple[str, ...] = ()
    talk: Talk = "chat"

    @classmethod
    def of(cls, text: str, reading: Reading, history: Sequence[Turn]) -> Question:
        """A question as it was read, after the conversation so far."""
        context = tuple(turn.question for turn in history[-_TURNS:]) if history and leans(text) else ()
        return cls(text, reading.kind, reading.kinds, reading.slots, context, reading.talk)

    @property
    def who(self) -> str | None:
        """The words for whose words are asked; None where that is only a pronoun, or nobody."""
        name = self.slots.get("who")
        return None if name is None or _PRONOUN.fullmatch(name) else name

    @property
    def topic(self) -> str | None:
        """The words for what it is about; of a claim only where somebody is asked for who made it."""
        claim = None if self.kind == "whether" else self.slots.get("words")
        return _told(self.slots.get("about") or claim or "")


def _told(words: str) -> str | None:
    """Some words up to the last that tells anything; None where none does."""
    content = [word for word in words_of(words) if word.has_content]
    return words[: content[-1].end] if content else None


def leans(text: str) -> bool:
    """Whether a question has a word that stands for what was said before, or hardly a word of its own."""
    return bool(_STANDS_FOR.search(text)) or len(stems_of(text)) < _OWN_WORDS
