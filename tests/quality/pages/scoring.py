"""How well pages are read: text by runs of four words, facts one by one, and whether a story is told to be cut off."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812  a field is called date, and hides it

from tests.quality.pages.made import Labelled, Made, Template, labelled
from tests.quality.pages.stories import STORIES

FACTS = ("title", "outlet", "date", "author", "url")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader took from a page."""

    text: str
    title: str | None = None
    outlet: str | None = None
    date: Date | None = None
    author: str | None = None
    url: str | None = None
    cut: bool | None = None


@dataclass(slots=True)
class Score:
    """Figures over many pages; of a fact, the share that is right and the share that is wrong: the rest is left open."""

    pages: int = 0
    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0
    right: dict[str, float] = field(default_factory=dict)
    wrong: dict[str, float] = field(default_factory=dict)
    cut_precision: float = 1.0
    cut_recall: float = 1.0


def pages_of(templates: Sequence[Template], stories: Sequence[Made] = STORIES) -> Iterator[Labelled]:
    """Two pages of each template, of other stories."""
    for at, template in enumerate(templates):
        for story in (stories[at % len(stories)], stories[(at + 3) % len(stories)]):
            yield labelled(template, story)


def score(pairs: Iterable[tuple[Labelled, Read]]) -> Score:
    """The figures over pages and what was read from each."""
    found = list(pairs)
    result = Score(pages=len(found))
    shares = [shared_runs("\n".join(page.text), read.text) for page, read in found]
    result.precision = sum(one for one, _ in shares) / len(shares)
    result.recall = sum(other for _, other in shares) / len(shares)
    result.f1 = sum(f1(*each) for each in shares) / len(shares)
    for fact in FACTS:
        pairs_of = [(getattr(page, fact), getattr(read, fact)) for page, read in found]
        result.right[fact] = sum(same(told, given) for told, given in pairs_of) / len(found)
        result.wrong[fact] = sum(given is not None and not same(told, given) for told, given in pairs_of) / len(found)
    said = [(page, read) for page, read in found if read.cut]
    cut = [(page, read) for page, read in found if page.cut]
    result.cut_precision = sum(page.cut for page, _ in said) / len(said) if said else float(not cut)
    result.cut_recall = sum(bool(read.cut) for _, read in cut) / len(cut) if cut else 1.0
    return result


def shared_runs(told: str, given: str) -> tuple[float, float]:
    """Precision and recall of a text, by its runs of four words."""
    expected, got = _runs(told), _runs(given)
    both = sum((expected & got).values())
    return both / max(1, got.total()), both / max(1, expected.total())


def f1(precision: float, recall: float) -> float:
    """The harmonic mean of the two."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def same(told: object, given: object) -> bool:
    """Whether two values of a fact are one; the order of authors, and how words are spelled with marks, is left aside."""
    if isinstance(told, str) and isinstance(given, str):
        return sorted(_WORD.findall(told.casefold())) == sorted(_WORD.findall(given.casefold()))
    return told == given


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    if len(words) < 4:
        return Counter([tuple(words)])
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))
