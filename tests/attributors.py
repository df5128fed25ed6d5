"""What finds statements, once for all tests of a process: loading it takes longer than using it."""

from functools import cache

from index.statements.extraction import Attributor


@cache
def by_rules() -> Attributor:
    """Rules alone, without the trained tagger."""
    return Attributor.load(tagger=False)


@cache
def as_shipped() -> Attributor:
    """Rules and tagger, with the parser that the rules have."""
    from index.statements.tagger import Tagger

    return Attributor(by_rules().parser, Tagger.load())
