"""Who asks and who answers in an interview, by what the story says above it and by the initials that it prints.

An interview without labels has its questions on lines of their own; who answers is the one person of whom the story
says above them that they talked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from index.statements.findings import Finding
from index.statements.people import Somebody
from index.statements.subjects import find_subject, noun_phrase
from index.statements.words import Words
from index.story import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TALKS = frozenset("spoke speaks speaking spoken talked talks talking sat sits chatted chats".split())
_INITIALS = range(2, 4)  # letters of a label that may stand for a name
_QUESTION = re.compile(r"(?![\"“‘'«(\[])[A-Z0-9][^\n\"“”]{4,300}\?")
_OF_THEMSELVES = re.compile(r"\b(?:I|[Ww]e|[Mm]e|us|[Mm]y|[Oo]ur)\b")
_MARKED = re.compile(r"[\"“‘«]")
_ABOVE = 4  # paragraphs above the first question that say who is interviewed
_LONGEST_ANSWER = 6  # paragraphs


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


def find_answers(words: Words, paragraphs: Sequence[Span], is_prose: Callable[[Span], bool]) -> Iterator[Finding]:
    """What somebody answers to questions on lines of their own.

    Nothing where the story does not say above them that one person talked, or where few answers are told by somebody of
    themselves, as in an explainer. Of 9,536 texts of other sets, two have such questions: an interview, and another.
    """
    text = words.text
    asked = [at for at, one in enumerate(paragraphs) if _QUESTION.fullmatch(text, one.start, one.end)]
    until = {before + 1: at for before, at in pairwise(asked) if at > before + 1}
    answers = [*until, *(asked[-1] + 1 for _ in asked[-1:] if asked[-1] + 1 < len(paragraphs))]
    own = [at for at in answers if _is_of_themselves(text, paragraphs[at])]
    if len(answers) < 2 or 2 * len(own) < len(answers):
        return
    who = _interviewee(words, paragraphs[max(0, asked[0] - _ABOVE) : asked[0]])
    for first in answers if who else ():
        following = until.get(first)
        for at in range(first, min(following or len(paragraphs), first + _LONGEST_ANSWER)):
            goes_on = following is not None or _is_of_themselves(text, paragraphs[at])
            if at > first and (not goes_on or is_prose(paragraphs[at])):
                break
            yield Finding(paragraphs[at], "transcript", who, sure=0.8)


def _is_of_themselves(text: str, paragraph: Span) -> bool:
    """Whether somebody tells of themselves in a paragraph that is not in quotation marks."""
    found = _OF_THEMSELVES.search(text, paragraph.start, paragraph.end)
    return found is not None and not _MARKED.match(text, paragraph.start)


def _interviewee(words: Words, above: Sequence[Span]) -> Span | None:
    """The one person who, above the questions, is said to have talked; else whom "we" or an outlet talked to."""
    for token in (token for paragraph in above for token in words.touching(paragraph)):
        if token.lower_ not in _TALKS and not token.lower_.startswith("interview"):
            continue
        subject = find_subject(token) if token.tag_[:2] == "VB" else None
        named = subject is not None and (subject.pos_ == "PROPN" or subject.lower_ in {"he", "she"})
        if subject is None or not named or noun_phrase(subject).of(words.text).startswith(("The ", "the ")):
            subject = _spoken_to(token)
        if subject is not None:
            phrase = noun_phrase(subject)
            return None if " and " in phrase.of(words.text) else phrase
    return None


def _spoken_to(token: Token) -> Token | None:
    """The name behind "spoke to", "in an interview with" or "interviewed"."""
    heads = [token, *(child for child in token.children if child.lower_ in {"to", "with"})]
    behind = (
        child for head in heads for child in head.children if child.dep_ in {"pobj", "dobj"} and child.i > token.i
    )
    return next((child for child in behind if child.pos_ == "PROPN"), None)
