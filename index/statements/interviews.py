"""Who asks and who answers in an interview, by what the story says above it and by the initials that it prints.

An interview without labels has its questions on lines of their own; who answers is the one person of whom the story
says above them that they talked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from index.language.words import plain_words
from index.statements.findings import Finding
from index.statements.name_runs import is_turn
from index.statements.people import Somebody
from index.statements.subjects import find_subject, noun_phrase
from index.statements.words import Words
from index.story import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TALKS = frozenset("spoke speaks speaking spoken talked talks talking sat sits chatted chats".split())
_EXAMINES = frozenset(
    """ask asked asks question questioned questions interview interviewed interviews quizzed grilled pressed examine
    examined put caught catches met""".split()
)
_ANSWERS = frozenset("answered answers testified testifies".split())
_TAKES = frozenset("gave gives took takes faced faces fielded".split())
_READERS = frozenset("you your readers listeners viewers".split())
_READERS_ABOVE = 3  # lines above the first question in which it says that these sent it
_INITIALS = range(2, 4)  # letters of a label that may stand for a name
_LONGEST_QUESTION = 300
_QUOTED = frozenset('"“”')
_OF_THEMSELVES = frozenset("I We we Me me us My my Our our".split())
_MARKED = ('"', "“", "‘", "«")
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


def find_parties(
    doc: Doc, everybody: Sequence[Somebody], meant: Callable[[int], Somebody | None]
) -> dict[str, Somebody | None]:
    """Who asks behind "Q" and answers behind "A", None where the story does not say, by what stands above the first of
    them: who "questioned" whom, "gave evidence", "took questions"; else the byline asks, unless "you" did, and the only
    other person answers.
    """
    turn = next((token.i for token in doc if is_turn(token)), 0)
    told: dict[bool, Somebody] = {}
    for token in doc[:turn]:
        for word, asks in roles_told(token, meant):
            one = named_at(word, meant)
            if one is not None and (asks or one.is_person) and told.get(not asks) is not one:
                told[asks] = one
    if not turn:
        return {}
    above = [one for one in everybody if one.is_person and any(naming.start < turn for naming in one.namings)]
    by = [one for one in above if any(is_interviewer(doc, naming.start) for naming in one.namings)]
    others = [one for one in above if one not in by and one is not told.get(True)]
    near = [one for one in others if any(_line_above(doc, turn) <= naming.start < turn for naming in one.namings)]
    asked_in = any(token.lower_ in _READERS for token in doc[_line_above(doc, turn, _READERS_ABOVE) : turn])
    asker = told.get(True) or (by[0] if len(by) == 1 and not asked_in else None)
    left = others if len(others) == 1 else near
    return {"Q": asker, "A": told.get(False) or (left[0] if len(left) == 1 else None)}


def _line_above(doc: Doc, at: int, lines: int = 1) -> int:
    """Where the lines right above the one of the token begin."""
    while at > 0 and lines >= 0:
        at -= 1
        lines -= "\n" in doc[at].text
    return at


def roles_told(verb: Token, meant: Callable[[int], Somebody | None]) -> Iterator[tuple[Token, bool]]:
    """Whom a verb above an interview tells to ask (true) or to answer (false)."""
    if verb.pos_ != "VERB":
        return
    objects = [child for child in verb.children if child.dep_ in {"dobj", "dative"}]
    behind = {child.lower_: inner for child in verb.children for inner in child.children if inner.dep_ == "pobj"}
    passive = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    subject = find_subject(verb)
    about = {"questions", "question", "evidence"} & {child.lower_ for child in objects}
    if passive is not None:
        if verb.lower_ in _EXAMINES:
            yield passive, False
            yield from ((inner, True) for word, inner in behind.items() if word == "by")
    elif verb.lower_ in _EXAMINES and subject is not None:
        yield subject, True
        yield from ((inner, False) for inner in [*objects, *behind.values()])
    elif (verb.lower_ in _ANSWERS or (about and verb.lower_ in _TAKES)) and subject is not None:
        yield subject, False
    elif verb.lower_ in _TALKS and subject is not None:
        one = named_at(subject, meant)
        body = one is not None and not one.is_person
        yield subject, body
        yield from ((inner, not body) for word, inner in behind.items() if word in {"to", "with"})


def named_at(word: Token, meant: Callable[[int], Somebody | None]) -> Somebody | None:
    """Who stands at a word, or behind it and a comma: "the chair, Ann Lee,"."""
    apposed = (child for child in word.children if child.dep_ == "appos")
    return next((one for token in (word, *apposed) if (one := meant(token.i)) is not None), None)


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
    asked = [at for at, one in enumerate(paragraphs) if _is_question(one.of(text))]
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


def _is_question(line: str) -> bool:
    opens = line[:1].isupper() or line[:1].isdecimal()
    return opens and line.endswith("?") and 5 < len(line) <= _LONGEST_QUESTION and _QUOTED.isdisjoint(line)


def _is_of_themselves(text: str, paragraph: Span) -> bool:
    """Whether somebody tells of themselves in a paragraph that is not in quotation marks."""
    told = not _OF_THEMSELVES.isdisjoint(plain_words(paragraph.of(text)))
    return told and not text.startswith(_MARKED, paragraph.start)


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
