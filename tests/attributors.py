"""What finds statements, once for all tests of a process: loading it takes longer than using it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from index.statements.extraction import Attributor
from index.statements.parsing import Parser


@cache
def by_rules() -> Attributor:
    """Rules alone, without the trained tagger."""
    return Attributor.load(tagger=False)


@cache
def as_shipped() -> Attributor:
    """Rules and tagger, with the parser that the rules have."""
    from index.statements.tagger import Tagger

    return Attributor(by_rules().parser, Tagger.load())


def of_one_parse() -> Mapping[str, Attributor]:
    """Rules alone and as shipped, which parse a text once between them for as long as both are held."""
    parser = _ParsedOnce(by_rules().parser.language)
    return {"rules": Attributor(parser), "whole": Attributor(parser, as_shipped().tagger)}


class _ParsedOnce(Parser):
    """Keeps every parse."""

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self._parsed: dict[str, Doc] = {}

    def parse_all(self, texts: Sequence[str]) -> Iterator[Doc]:
        unknown = [text for text in dict.fromkeys(texts) if text not in self._parsed]
        self._parsed.update(zip(unknown, super().parse_all(unknown), strict=True))
        return (self._parsed[text] for text in texts)
