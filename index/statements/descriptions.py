"""Who is meant by words that are no name: "the senator", "her campaign", "the paper", "a Quinnipiac poll".

Only a definite description can mean somebody named; whatever is left stays what it is, an unnamed source.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.statements.census import Census
from index.statements.given_names import Gender, folded, gender_of
from index.statements.mentions import NamingIndex, Phrase
from index.statements.nouns import BODIES, DESCRIPTIONS, DOCUMENTS, FAMILY, FEMALE, HUMAN, MALE, OFFICES, OUTLETS
from index.statements.people import Somebody
from index.statements.pronouns import HE_SHE, NEUTER, Salience, fits_body, fits_gender, fits_several
from index.statements.roles import words_of_role

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CAMPAIGNS = frozenset({"campaign", "team", "camp"})
_POLITICAL = frozenset({"campaign", "team", "camp", "administration", "transition"})
_STUDIES = frozenset(
    {"poll", "survey", "report", "study", "ruling", "analysis", "findings", "finding", "data", "decision"}
)
_ALWAYS_NAMED = frozenset({"federal government", "white house", "supreme court", "justice department"})
_OUTLET_NAME = re.compile(
    r"\b(times|post|journal|news|herald|tribune|gazette|observer|press|magazine|daily|review|today|chronicle|globe"
    r"|telegraph|guardian|weekly|dispatch|register|examiner|standard|hedge|network|cnn|nbc|msnbc|abc|cbs|npr|bbc|fox"
    r"|reuters|bloomberg|politico|buzzfeed|breitbart)\b"
)
_DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})


@dataclass(slots=True)
class Reader:
    """What is known at the point that reading has reached: who is named, who is on the reader's mind."""

    doc: "Doc"
    census: Census
    index: NamingIndex
    units: list[int]
    salience: Salience = field(default_factory=Salience)
    made: dict[str, Somebody] = field(default_factory=dict)
    documents: dict[str, Somebody] = field(default_factory=dict)
    sources: dict[str, Somebody] = field(default_factory=dict)
    followed: dict[int, Somebody | None] = field(default_factory=dict)

    def meant(self, token: int) -> Somebody | None:
        """Whom the naming at the token means."""
        n = self.index.at[token]
        return self.census.meant[n] if n >= 0 else None

    def person_of_pronoun(self, token: int) -> Somebody | None:
        """Who "he", "her", "it" or "they" at the token is; None where nobody fits. Followed once, then remembered."""
        if token not in self.followed:
            self.followed[token] = self._follow(token)
        return self.followed[token]

    def _follow(self, token: int) -> Somebody | None:
        word = self.doc[token].text.lower()
        unit = self.units[token]
        gender: Gender | None = HE_SHE.get(word)
        if gender is not None:
            found = self.salience.likeliest(unit, fits_gender(gender))
            if found is not None and found.gender is None:
                found.gender = gender
            return found
        if word in NEUTER:
            return self.salience.likeliest(unit, fits_body)
        return self.salience.likeliest(unit, fits_several)

    def body(self, words: str, kind: str = "organisation") -> Somebody:
        """The organisation that goes by these words, made where the story has none of that name."""
        key = folded(words)
        for one in self.census.everybody:
            if one.kind == "organisation" and any(folded(form) == key for form in one.forms):
                return one
        if key not in self.made:
            made = Somebody("group" if kind == "group" else "organisation", words=words)
            made.forms[words] += 1
            self.made[key] = made
        return self.made[key]


def _owner(reader: Reader, phrase: Phrase) -> Somebody | None:
    if phrase.owner is None:
        return None
    if reader.index.of(phrase.owner) is not None:
        return reader.meant(phrase.owner)
    return reader.person_of_pronoun(phrase.owner)


def _by(reader: Reader, phrase: Phrase) -> Somebody | None:
    return reader.meant(phrase.by.start) if phrase.by is not None else None


def describe(reader: Reader, phrase: Phrase) -> Somebody | None:
    """Whom a mention headed by a noun means, None where it is nobody named."""
    head = reader.doc[phrase.head]
    noun = folded(head.text)
    singular = noun[:-1] if noun.endswith("s") and noun[:-1] in DOCUMENTS | BODIES else noun
    if singular in BODIES and not (singular in {"paper", "journal"} and phrase.by is not None):
        return _body(reader, phrase, singular)
    if singular in DOCUMENTS:
        return _document(reader, phrase, singular)
    if head.tag_ in {"NN", "NNP", "JJ", "CD"} and _human(noun):
        return _person(reader, phrase, noun)
    return None


def _human(noun: str) -> bool:
    return noun in HUMAN or noun in FAMILY or noun.rsplit("-", 1)[-1] in HUMAN or noun.endswith(("-old", "year-old"))


def _words(reader: Reader, phrase: Phrase) -> list[str]:
    return [token.text for token in reader.doc[phrase.first : phrase.stop]]


def _body(reader: Reader, phrase: Phrase, noun: str) -> Somebody | None:
    words = _words(reader, phrase)
    first = words[0].lower()
    owner = _owner(reader, phrase)
    if owner is not None and noun in _POLITICAL and owner.kind == "person":
        noun = "campaign" if noun in _CAMPAIGNS and "campaign" in reader.doc.text else noun
        return _remember(reader, noun, reader.body(f"{owner.last or owner.name} {noun}"))
    if owner is not None and owner.kind in {"place", "group"} and noun in {"government", "ministry", "army", "police"}:
        return _remember(reader, noun, reader.body(" ".join(words[1:] if first == "the" else words)))
    if owner is not None and owner.kind == "organisation" and noun in OUTLETS:
        return owner
    bare = " ".join(words[1:]) if first == "the" else " ".join(words)
    if folded(bare) in _ALWAYS_NAMED:
        return reader.body(bare)
    if first not in _DEFINITE:
        return None
    if noun in OUTLETS:
        outlet = reader.salience.likeliest(reader.units[phrase.first], _fits_outlet)
        if outlet is not None:
            return outlet
    if owner is None and noun in reader.documents and phrase.by is None:
        return reader.documents[noun]
    if owner is not None or phrase.by is not None:
        return None
    return _of_that_name(reader, phrase, noun)


def _of_that_name(reader: Reader, phrase: Phrase, noun: str) -> Somebody | None:
    """The last body spoken of whose name has the noun in it, else the last body at all where it is very near."""

    def fits(one: Somebody) -> float:
        return fits_body(one) if re.search(rf"\b{re.escape(noun)}\b", folded(one.name)) else 0.0

    unit = reader.units[phrase.first]
    found = reader.salience.likeliest(unit, fits)
    if found is not None or noun in {"campaign", "team", "camp", "party", "state", "government", "police", "country"}:
        return found
    if len(_words(reader, phrase)) > 2:
        return None
    ranked = reader.salience.weigh(unit, lambda one: fits_body(one) if one.kind == "organisation" else 0.0)
    return ranked[0][1] if ranked and ranked[0][0] >= 0.4 else None


def _fits_outlet(one: Somebody) -> float:
    return 1.0 if one.kind == "organisation" and _OUTLET_NAME.search(folded(one.name)) else 0.0


def _remember(reader: Reader, noun: str, one: Somebody) -> Somebody:
    reader.documents[noun] = one
    return one


def _document(reader: Reader, phrase: Phrase, noun: str) -> Somebody | None:
    """Who stands behind a poll, a statement, a book."""
    owner = _owner(reader, phrase)
    owner = owner if owner is not None and owner.kind in {"person", "organisation"} else None
    written = _by(reader, phrase)
    if owner is None and written is not None and written.kind in {"person", "organisation"}:
        owner = written
    if owner is not None:
        return _remember(reader, noun, owner)
    first = reader.doc[phrase.first].text.lower()
    if first not in _DEFINITE and phrase.stop - phrase.first > 1 or reader.doc[phrase.head].tag_ == "NNS":
        return None
    if noun in reader.documents:
        return reader.documents[noun]
    if noun in _STUDIES:
        return next((reader.documents[other] for other in reversed(reader.documents) if other in _STUDIES), None)
    unit = reader.units[phrase.first]
    return reader.salience.likeliest(unit, lambda one: 1.0 if one.is_person else 0.8 * fits_body(one))


def note_document(reader: Reader, phrase: Phrase) -> None:
    """Remember the body behind a document that the story speaks of, for when it speaks of it again."""
    noun = folded(reader.doc[phrase.head].text)
    owner = _owner(reader, phrase) if phrase.owner is not None else None
    if noun in DOCUMENTS and owner is not None and owner.kind == "organisation":
        _remember(reader, noun, owner)
    elif noun in _POLITICAL and owner is not None and owner.kind == "person":
        _remember(reader, noun, reader.body(f"{owner.last or owner.name} {noun}"))


def _person(reader: Reader, phrase: Phrase, noun: str) -> Somebody | None:
    """The person whose role it is; for a description that no role fits, the one spoken of last."""
    words = _words(reader, phrase)
    if words[0].lower() in {"a", "an", "one", "another", "any", "some", "each", "every", "no"}:
        return None
    if phrase.owner is not None and (words[0].lower() in HE_SHE or noun in FAMILY or noun not in OFFICES):
        return None
    whole = reader.doc[phrase.first : min(phrase.end, phrase.stop + 4)].text if phrase.by else " ".join(words)
    found = _by_role(reader, phrase, words_of_role(whole), words_of_role(noun), " ".join(words))
    if found is not None or words[0].lower() not in _DEFINITE or phrase.by is not None:
        return found
    if noun in reader.sources:
        return reader.sources[noun]
    described = noun in DESCRIPTIONS or noun.endswith("-old") or noun.rsplit("-", 1)[-1] in DESCRIPTIONS
    if not described:
        return None
    gender: Gender | None = "f" if noun in FEMALE else "m" if noun in MALE else gender_of(noun)
    unit = reader.units[phrase.first]
    fits = fits_gender(gender) if gender else lambda one: 1.0 if one.is_person else 0.0
    return reader.salience.likeliest(unit, fits)


def _by_role(reader: Reader, phrase: Phrase, words: set[str], noun: set[str], shown: str) -> Somebody | None:
    unit = reader.units[phrase.first]
    near = {id(one): weight for weight, one in reader.salience.weigh(unit, lambda one: float(one.is_person))}
    former = "former" in words
    best: tuple[float, Somebody] | None = None
    for one in reader.census.everybody:
        if one.kind != "person" or not noun <= one.role_words:
            continue
        shared = len(words & one.role_words) - len(words - one.role_words)
        if "vice" in one.role_words and "vice" not in words and not (noun & {"nominee", "candidate"}):
            shared -= 2
        if former != ("former" in one.role_words):
            shared -= 1
        score = shared + min(1.0, near.get(id(one), 0.0)) + min(1.0, len(one.namings) / 20)
        if best is None or score > best[0]:
            best = score, one
    return best[1] if best is not None and best[0] > 0 else None


def note_source(reader: Reader, phrase: Phrase, one: Somebody) -> None:
    """Remember an unnamed person, so that "the aide" or "he" can mean them again."""
    reader.sources[folded(reader.doc[phrase.head].text)] = one


def unnamed(reader: Reader, phrase: Phrase) -> Somebody:
    """The unnamed source of a mention, by the words used up to the first comma or clause."""
    doc = reader.doc
    head, stop = doc[phrase.head], phrase.stop
    while stop < phrase.end and stop - phrase.stop < 8:
        token = doc[stop]
        if token.text in {",", "(", "—", "--", ":"} or token.is_space or token.tag_ in {"WDT", "WP", "CC"}:
            break
        stop += 1
    while stop > phrase.stop and doc[stop - 1].tag_ in {"IN", "TO", "DT"}:
        stop -= 1
    words = " ".join(doc[phrase.first : stop].text.split())
    noun = folded(head.text)
    one = Somebody("person" if _human(noun) else "organisation", words=words, described=True)
    one.plural = head.tag_ in {"NNS", "NNPS"}
    one.gender = "f" if noun in FEMALE else "m" if noun in MALE else None
    one.forms[words] += 1
    return one
