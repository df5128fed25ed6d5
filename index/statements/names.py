"""The parts of a name: titles before it, given and middle names, surname, suffix, and the nickname in quotation marks.

`parse_name` works on words alone and has never heard of a story; joining names into people is `people`'s work.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from index.language.given_names import Gender, folded, gender_of, is_given_name, word_set
from index.statements.nouns import KNOWN, is_human

PARTICLES = KNOWN["particles"]
ARTICLES_OF_NAMES = word_set("al el ad as an ar at ash ould")
SUFFIXES = word_set("jr sr ii iii iv esq phd md")
_MALE_OFFICES = KNOWN["male_offices"]
_FEMALE_OFFICES = KNOWN["female_offices"]
_DESCENT = word_set("bin ibn bint binti")  # between somebody's name and their father's
_MENS_COURTESY = KNOWN["mens_courtesy"]
_WOMENS_COURTESY = KNOWN["womens_courtesy"]
_COURTESY = _MENS_COURTESY | _WOMENS_COURTESY | word_set("mx dr datuk dato seri pandit barrister advocate comrade cde")
_BEFORE_FIRST_NAMES = word_set("prince princess king queen sister father brother sheikh sheik sultan emir imam pope")
_OFFICES = KNOWN["office_titles"]
ABBREVIATED_TITLES = KNOWN["abbreviated_titles"]
"""With a full stop behind; those of one letter, and those that are words, are none."""
_CAPITAL_OFFICES = word_set("AG PC DI DS DCI DSP SSP ASP DIG IGP MP MEP MSP MLA MPA MNA MCA PM CM DA DJ CEO CFO")
TITLES = _COURTESY | _OFFICES | ABBREVIATED_TITLES
ORGANISATION_WORDS = KNOWN["organisation_words"]
SURNAMES_TOO = KNOWN["surnames_too"]
_COMPANIES = KNOWN["companies"]
_NOT_NAMES = KNOWN["not_names"]
_POST_NOMINALS = frozenset({"KC", "QC", "SC", "OBE", "MBE", "CBE", "KBE", "DBE", "MP", "MSP", "MEP", "TD", "MLA"})
_TOWNS = frozenset("city town village borough county state".split())
_WORD = re.compile(r"&|[^\W_](?:[\w.'’&‐‑–/-]*\w)?\.?|@\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name taken apart. A name of a single word has only `last`; `nickname` stood in quotation marks."""

    titles: tuple[str, ...] = ()
    first: str = ""
    middle: tuple[str, ...] = ()
    last: str = ""
    suffix: str = ""
    nickname: str = ""

    @property
    def full(self) -> str:
        """The name without titles, as the story spells it."""
        return " ".join(part for part in (self.first, *self.middle, self.last, self.suffix) if part)

    @property
    def title(self) -> str:
        """The words before the name, without "Mr." and its like: "House Speaker"."""
        return " ".join(word for word in self.titles if folded(word) not in _COURTESY)

    @property
    def gender(self) -> Gender | None:
        """What courtesy title and given name say."""
        words = {folded(word) for word in self.titles}
        if words & (_MENS_COURTESY | _MALE_OFFICES):
            return "m"
        if words & (_WOMENS_COURTESY | _FEMALE_OFFICES):
            return "f"
        named = gender_of(self.first) if self.first else None
        if named is None and self.middle and len(folded(self.first)) == 1:
            return gender_of(self.middle[0])
        return named


def is_title(word: str, learned: Collection[str] = ()) -> bool:
    """Whether the word can stand before a name without being part of it; `learned` has a story's own titles, folded."""
    plain = folded(word)
    last = plain.replace("–", "-").replace("/", "-").rpartition("-")[2]
    return last in TITLES or plain in TITLES or word in _CAPITAL_OFFICES or plain in learned


def is_courtesy(word: str) -> bool:
    """Whether the word is "Mr." or one of its like."""
    return folded(word) in _COURTESY


def goes_before_first_name(word: str) -> bool:
    """Whether the word can stand before a first name alone: "Mr. Ali", "Prince Harry", "Sheikh Rashid"."""
    return is_courtesy(word) or folded(word) in _BEFORE_FIRST_NAMES


def is_no_name(word: str) -> bool:
    """Whether the word can be part of no person's name: articles, pronouns, days."""
    return folded(word) in _NOT_NAMES


def is_organisation_word(word: str) -> bool:
    """Whether a name that ends in this word is a body's, not a person's."""
    return folded(word) in ORGANISATION_WORDS


def is_company(name: str) -> bool:
    """Whether a body's name says that it is a company: "Lee Motor Co.", but not "the Department of Energy"."""
    words = [folded(word) for word in name.split()]
    return bool(words) and words[-1] in _COMPANIES and "of" not in words


def town_of(name: str) -> str:
    """The "dalby" of "City of Dalby", folded; empty where the name is no town's."""
    kind, _, town = folded(name).removeprefix("the ").partition(" of ")
    return town if kind in _TOWNS else ""


def _nickname(text: str) -> tuple[str, str]:
    """The text without the nickname in it, and the nickname."""
    found = re.search(r"(?<=\s)(?:[\"“‘'(])([A-Z][\w-]*(?: [A-Z][\w-]*)?)(?:,?[\"”’')])(?=\s+[A-Z])", text)
    return (text[: found.start()] + text[found.end() :], found.group(1)) if found else (text, "")


def without_possessive(text: str) -> str:
    """The text without a closing "'s" or apostrophe after s."""
    text = text.strip()
    return text[:-2] if text.endswith(("'s", "’s")) else text[:-1] if text.endswith(("s'", "s’")) else text


def _start_of_name(words: list[str], learned: Collection[str]) -> int:
    """How many words are titles: up to the last title, as long as a name follows it."""
    start = 0
    for at, word in enumerate(words[:-1]):
        follows_name = at > start and is_given_name(words[at - 1]) and folded(word) not in _COURTESY
        if is_title(word, learned) and at + 1 != len(words) and not (follows_name and at + 2 == len(words)):
            start = at + 1
    rest = words[start:]
    described = _described(rest)
    if described:
        return start + described
    if len(rest) < 3 or is_given_name(rest[0]) or len(folded(rest[0])) < 2:
        return start
    if folded(rest[1]) in _DESCENT or (start and is_courtesy(words[start - 1])):
        return start  # "Rashid bin Ali Al Noor", "Dr Yar Muhammad Lee"
    late = range(_last_words(rest), len(rest) - 1)
    return start + next((at for at in late if is_given_name(rest[at]) and folded(rest[at]) not in PARTICLES), 0)


def _described(words: list[str]) -> int:
    """How many words before a name say what somebody is: "Neighbour Ola Fitch", "County Administrator Imre Aziz"."""
    found = 0
    for at, word in enumerate(words[:-2]):
        if is_given_name(word):
            break
        if is_human(word) and (len(words) - at == 3 or is_given_name(words[at + 1])):
            found = at + 1
    body = any(word in {"&", "of", "for", "and"} or is_organisation_word(word) for word in words[found:])
    return 0 if body else found


def _last_words(words: list[str]) -> int:
    """Where the last three words that are no particles begin, behind the first word of all."""
    counted = 0
    for at in range(len(words) - 1, 0, -1):
        counted += folded(words[at]) not in PARTICLES
        if counted > 3:
            return at + 1
    return 1


def parse_name(text: str, learned: Collection[str] = ()) -> Name:
    """The parts of a person's name as it stands in a story; everything after a comma that is no suffix is left out.

    Titles are recognised by a word list and by those `learned` from the story (folded), never by what is known of any
    person. An empty text gives an empty Name.
    """
    plain, nickname = _nickname(" ".join(without_possessive(text).split()))
    head, *rest = plain.split(",")
    suffixed = [part.strip() for part in rest[:1] if folded(part.strip()) in SUFFIXES]
    words = [*_WORD.findall(re.sub(r"\([^)]*\)", " ", head)), *suffixed]
    suffix = ""
    if len(words) > 1 and folded(words[-1]) in SUFFIXES:
        suffix = words.pop()
    while len(words) > 2 and words[-1] in _POST_NOMINALS:
        words.pop()
    while words and folded(words[0]) in {"the", "then", "former", "ex", "late"} and len(words) > 1:
        words.pop(0)
    start = _start_of_name(words, learned)
    titles, names = tuple(words[:start]), words[start:]
    if not names:
        return Name(titles=titles, suffix=suffix, nickname=nickname)
    last_at = len(names) - 1
    while last_at > 0 and folded(names[last_at - 1]) in PARTICLES:
        last_at -= 1
    if last_at == 0 and len(names) == 2 and is_given_name(names[0]):
        last_at = 1  # "Ben Holt"
    if last_at == 0:
        return Name(titles, last=" ".join(names), suffix=suffix, nickname=nickname)
    return Name(titles, names[0], tuple(names[1:last_at]), " ".join(names[last_at:]), suffix, nickname)
