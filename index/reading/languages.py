"""Which language a story is in, since statements are found in English alone: a warning for readers, as a cut is.

py3langid's model is asked, on a few thousand letters from a story's beginning, middle and end, and only where the words
that no English text lacks are rare: so it is hardly ever loaded.
"""

from typing import Protocol

from index.remembering import once

FEWEST_LETTERS = 120
"""In less, names and quotations say more than the language does."""
SURE = 0.9
LEAST_OF_ENGLISH = 0.035
"""Of the words of an English text, at least, are "the" or "and": 3 % in the leanest of 3,400 stories, 9 % in most."""
_SAMPLE = 1_500


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]:
        """The likeliest language, and how likely it is."""
        ...


def foreign_language(text: str) -> str | None:
    """The name of the language that a story is in; None where it is English, or where nobody could tell."""
    sample = _sample(text)
    words = sample.casefold().split()
    if sum(map(str.isalpha, sample)) < FEWEST_LETTERS or _share_of_english(words) >= LEAST_OF_ENGLISH:
        return None
    language, sure = once(_identifier).classify(sample)
    if language == "en" or sure < SURE:
        return None
    from babel import Locale

    name: str = Locale("en").languages.get(language, "another language")
    return name


def _share_of_english(words: list[str]) -> float:
    return sum(word in ("the", "and") for word in words) / max(1, len(words))


def _sample(text: str) -> str:
    """Pieces of a story, without the words that addresses are made of."""
    middle = len(text) // 2
    pieces = (text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]) if len(text) > 3 * _SAMPLE else (text,)
    return " ".join(word for piece in pieces for word in piece.split() if "/" not in word and "@" not in word)


def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
