"""What to warn readers of in a story, never a reason to refuse it: that it may not have come whole, judged by how its
text ends, and that it is not in English, in which alone statements are found.

A last line without an end is either the middle of a sentence or what pages put behind their stories: headings, names of
contributors, addresses, invitations. Signs of both are added up. Their weights come from a logistic regression over
1,660 published stories and two cuts of each; on 1,660 others 96% of the cuts are found, at 2% false alarms.

py3langid's model is asked about the language on a few thousand letters from a story's beginning, middle and end, and
only where the words that no English text lacks are rare: so it is hardly ever loaded.
"""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

from index.language.phrases import Phrases, line_words
from index.language.words import parts_of_names
from index.remembering import once
from index.story import Story

_TAIL = 6_000
_STOPS = frozenset(".!?:,")
_LIMIT = 2.0
_ENDED = re.compile(r"(?:[.!?…][\"”'’»)\]*_]*|[”\"’»)\]}*_©®™|]|\b[ap]\.m)$")
_WHOLE_LINE = re.compile(r"\S \| \S|[—–] [^()\n]{1,60} \(@[^()\s]{1,120}\)[^()]{0,60}$|^[A-Z][\w ]{1,20}: \d[\d,.]*$")
"""A row of a table, the signature of a post, and a figure with its label: "Att: 8,412"."""
_SMALL = frozenset(
    "a an the of to in on at by for and or but nor from with as is are vs via into over after than".split()
)
_OPENS_A_LINK = Phrases(
    "read|see|show|view|click|subscribe|sign|watch|listen|check|follow|contact|download|join|get|visit|related|more",
    "plus|live|opinion|photo|photos|video|gallery|fact_check|review|what_to_know|want|catch|contribut*|copyright|skip",
    "thank|email|source|note|credit|editor|editor's|correction|©",
)
_CREDIT = Phrases(
    "contributed_to|contributing|contributor|reported_from|reporting_by|edited_by|editing_by|wire_report|wire_reports",
    "wire_service|wire_services|staff_report|staff_reports|staff_writer|staff_writers|newsletter|newsletters|email_to",
    "rights_reserved|getty_images|associated_press|on_twitter|twitter_:|sign_up|subscribe|click_here|this_report",
    "this_story|this_article|skip_advert|in_pictures",
)
_MARKED = re.compile(
    r"(?:[-–—•►▶*#@©=→»>|\[(]|\d+[.)] |https?://|www\.)|.*(?:https?://\S+|\S@\S+|@\w+\W*|\.(?:com|org|net|gov|edu)\b\S*)$"
)
_LABEL = re.compile(r"[^.!?:]{1,60}:\S*(?=[^\s/\d:])[A-Z'‘“\"]|[A-Z][A-Z ’'&-]{2,}:")
_BYLINE = re.compile(r"(?:By|From) [A-Z][\w.-]+ [A-Z][^.,]{2,40}$|From [A-Z]{2}")
_SENTENCE_INSIDE = re.compile(r"[a-z0-9)\]][.!?][\"”'’)]*\s+[\"“‘'(]?[A-Z0-9]")
_DATED = re.compile(r"\b\d{4}\W*$|\d:\d\d\b|\bago$")
_VERBS = frozenset(
    "said was were had been told would could did has have is are that which will not who because when after".split()
)
_GLUED = re.compile(r"[?!][A-Z]|[a-z][a-z][A-Z][a-z]")
FEWEST_LETTERS = 120
"""In less, names and quotations say more than the language does."""
SURE = 0.9
LEAST_OF_ENGLISH = 0.035
"""Of the words of an English text, at least, are "the" or "and": 3 % in the leanest of 3,400 stories, 9 % in most."""
_SAMPLE = 1_500


class CutOff(StrEnum):
    """What makes a story look cut off."""

    MID_SENTENCE = "it stops in the middle of a sentence"
    OPEN_QUOTATION = "it stops inside a quotation"
    TEASER = "it stops where the rest must be asked for"
    SHORTENED = "its page has far more of it"


def cut_of(story: Story) -> CutOff | None:
    """What makes this story look cut off: its page, or else its text. None where it looks whole."""
    return CutOff.SHORTENED if story.shortened else find_cut(story.text)


def find_cut(text: str) -> CutOff | None:
    """What makes this text look cut off, or None."""
    lines = [line.strip() for line in text[-_TAIL:].rstrip().splitlines() if line.strip()]
    if not lines:
        return None
    last = lines[-1]
    if _WHOLE_LINE.search(last):
        return None
    if _is_teaser(last):
        return CutOff.TEASER
    if _ENDED.search(last):
        return CutOff.OPEN_QUOTATION if _is_open(last) and last[-1] not in '"”' else None
    return CutOff.MID_SENTENCE if _weigh(lines) > _LIMIT else None


def _is_teaser(line: str) -> bool:
    bare = line.removesuffix("…").removesuffix("...")
    return line.endswith(" chars]") or (bare != line and (bare.rstrip()[-1:].islower() or bare.rstrip().endswith(",")))


def signs_of(lines: Sequence[str]) -> tuple[bool, ...]:
    """Which of the signs the last of a text's lines has, which has no end, in the order of their weights."""
    before = [*lines[-3:-1], "."] if len(lines) < 3 else lines[-3:-1]
    return tuple(sign(lines[-1], before[0], before[-1]) for sign, _ in _SIGNS)


def _weigh(lines: Sequence[str]) -> float:
    return _BASE + sum(weight for has, (_, weight) in zip(signs_of(lines), _SIGNS, strict=True) if has)


def _is_furniture(line: str) -> bool:
    """Whether a line is of the kind that stands behind a story."""
    words = line_words(line)
    return bool(
        _CREDIT.stand_in(words) or _MARKED.match(line) or _LABEL.match(line)
        or (_OPENS_A_LINK.open(words) and len(line) < 120)
    )  # fmt: skip


def _is_shouted(line: str) -> bool:
    return 4 <= len(line) <= 69 and line.isupper() and line[0].isalpha()


def _has_topic(line: str) -> bool:
    """Whether a line begins as those do that tell first what they are about."""
    topic, colon, _ = line.partition(": ")
    return bool(colon) and len(topic) <= 45 and _STOPS.isdisjoint(topic)


def _is_title(line: str) -> bool:
    """Whether nearly every word that could begin with a capital does, as in a heading."""
    words = [word for word in parts_of_names(line) if word.casefold() not in _SMALL]
    return len(words) >= 3 and len(line) <= 110 and sum(word[0].isupper() for word in words) >= 0.85 * len(words)


def _is_open(line: str) -> bool:
    """Whether a quotation is open at the end of a line."""
    opened, closed, straight = (line.rfind(mark) for mark in '“”"')
    if opened > max(closed, straight):
        return True
    if line.count('"') % 2 == 0 or closed > straight or opened >= 0:
        return False
    at = straight
    return line[at + 1 : at + 2].isalnum() and (at == 0 or line[at - 1] in " (—–-:")


def _ends_in_a_rare_word(line: str) -> bool:
    """Whether the last word is in lower case and not among the line's others: perhaps only half of it is there."""
    words = parts_of_names(line)
    return bool(words) and words[-1].islower() and words[-1] not in words[:-1] and line.endswith(words[-1])


_Sign = Callable[[str, str, str], bool]
_BASE = 2.9
_SIGNS: tuple[tuple[_Sign, float], ...] = (
    (lambda last, second, before: _is_shouted(before), -3.1),
    (lambda last, second, before: _CREDIT.stand_in(line_words(last)), -3.3),
    (lambda last, second, before: bool(_MARKED.match(last)), -2.8),
    (lambda last, second, before: _OPENS_A_LINK.open(line_words(last)), -2.8),
    (lambda last, second, before: bool(_LABEL.match(last)), -2.7),
    (lambda last, second, before: bool(_BYLINE.match(last)), -2.4),
    (lambda last, second, before: last.endswith(":"), -1.7),
    (lambda last, second, before: last.endswith(":") and len(last) > 60, -1.8),
    (lambda last, second, before: last[-1].isdigit(), -0.7),
    (lambda last, second, before: _has_topic(last), -1.1),
    (lambda last, second, before: _is_title(last), -1.2),
    (lambda last, second, before: len(parts_of_names(last)) == 2, -0.8),
    (lambda last, second, before: bool(_DATED.search(last)), -0.6),
    (lambda last, second, before: not _ENDED.search(before), -0.3),
    (lambda last, second, before: not _ENDED.search(before) and not _ENDED.search(second), -0.8),
    (lambda last, second, before: bool(_GLUED.search(last)), -0.6),
    (lambda last, second, before: _is_furniture(before), -0.2),
    (lambda last, second, before: len(parts_of_names(last)) == 1, 2.3),
    (lambda last, second, before: len(last) >= 200, 1.7),
    (lambda last, second, before: 120 <= len(last) < 200, 1.0),
    (lambda last, second, before: _is_open(last), 1.3),
    (lambda last, second, before: last[-1] in ",;(–—-", 1.2),
    (lambda last, second, before: not _VERBS.isdisjoint(word.rstrip(".-'’") for word in parts_of_names(last)), 0.9),
    (lambda last, second, before: len(last) > 60 and bool(_SENTENCE_INSIDE.search(last)), 0.8),
    (lambda last, second, before: _ends_in_a_rare_word(last), 0.7),
)


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
