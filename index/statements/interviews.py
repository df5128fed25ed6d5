"""Who asks and who answers in an interview, by what the story says above it and by the initials that it prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.statements.people import Somebody

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TALKS = frozenset("spoke speaks speaking spoken talked talks talking sat sits chatted chats".split())
_INITIALS = range(2, 4)  # letters of a label that may stand for a name


def is_interviewer(doc: Doc, start: int) -> bool:
    """Whether the naming at the token is who "spoke to" or "talks with" somebody, or whose byline it is."""
    if start == 0:
        return False
    before = doc[start - 1]
    return before.text == "By" or (
        before.lower_ in {"to", "with"} and any(t.lower_ in _TALKS for t in before.ancestors)
    )


def by_initials(everybody: Iterable[Somebody]) -> dict[str, Somebody]:
    """The people whose names begin with the letters of a label, as "KA" for Kim Aldous, where that is one alone."""
    fitting: defaultdict[str, list[Somebody]] = defaultdict(list)
    for one in everybody:
        label = "".join(word[0] for word in one.name.split()) if one.is_person else ""
        if label.isupper() and label.isalpha() and len(label) in _INITIALS:
            fitting[label].append(one)
    return {label: people[0] for label, people in fitting.items() if len(people) == 1}
