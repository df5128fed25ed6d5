"""What the pipeline's rules say of words (which is an auxiliary, say), looked up rather than tried on every word anew.

spaCy tries each of its 179 rules on each word of a text. All but a few look at one word alone: at its tag, its part in
the sentence, and whether it is one of some hundred words that the rules name. What they say is the same each time.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

_LOOKED_AT: list[int | str] = ["LOWER", "TAG", "DEP", "IS_SPACE"]
_SAID: list[int | str] = ["TAG", "POS", "DEP"]

Rules = tuple[int, ...]
"""Rules by their numbers, in order: of two that say something else, the later one holds."""


class WordRules:
    """Says of the words of a parse what the pipeline's attribute ruler says of them, but for lemmas and morphology."""

    def __init__(self, language: Language) -> None:
        from spacy.matcher import Matcher

        ruler = cast("AttributeRuler", language.get_pipe("attribute_ruler"))
        self._alone = ruler.matcher
        self._strings = language.vocab.strings
        columns = {self._strings[name]: column for column, name in enumerate(_SAID)}
        self._places = ruler.indices
        self._said = [
            tuple((columns[key], value) for key, value in said.items() if key in columns) for said in ruler.attrs
        ]
        self._together = Matcher(language.vocab)
        rules = [self._alone.get(str(number))[1] for number in range(len(self._said))]
        for number, patterns in enumerate(rules):
            several = [pattern for pattern in patterns if len(pattern) > 1]
            if several and self._said[number]:
                self._together.add(str(number), several)
        self._named = {self._strings[word] for patterns in rules for word in _named(patterns)}
        self._known: dict[tuple[int, ...], Rules] = {}

    def follow(self, doc: Doc) -> Doc:
        """The parse, with what the rules say in it."""
        if not len(doc):
            return doc
        rules = self._of_each(doc)
        values: Any = doc.to_array(_SAID)  # spaCy types them as floats, and takes whole numbers
        for at, numbers in enumerate(rules):
            for number in numbers:
                for column, value in self._said[number]:
                    values[at, column] = value
        return doc.from_array(_SAID, values)

    def _of_each(self, doc: Doc) -> Sequence[Rules]:
        """The rules that say something of each word."""
        rows = doc.to_array(_LOOKED_AT).tolist()
        rules = [
            self._of_one(doc, at, (word if word in self._named else 0, *row)) for at, (word, *row) in enumerate(rows)
        ]
        for match, start, end in self._together(doc, allow_missing=True):
            number = int(self._strings[match])
            at = range(start, end)[self._places[number]]
            rules[at] = tuple(sorted({*rules[at], number}))
        return rules

    def _of_one(self, doc: Doc, at: int, row: tuple[int, ...]) -> Rules:
        """The rules that look at no other word and say something of this one."""
        known = self._known.get(row)
        if known is None:
            found = {int(self._strings[match]) for match, *_ in self._alone(doc[at : at + 1], allow_missing=True)}
            known = tuple(sorted(number for number in found if self._said[number]))
            self._known[row] = known
        return known


def _named(patterns: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """The words that a rule names; what one describes by its characters only ever gets a lemma."""
    for word in chain(*patterns):
        named = word.get("LOWER", {})
        yield from [named] if isinstance(named, str) else named.get("IN", ())
