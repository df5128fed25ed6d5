"""Who is meant by words that are no name: "the senator", "her campaign", "the paper", "a Quinnipiac poll".

Only a definite description can mean somebody named; whatever is left stays what it is, an unnamed source.
"""

import re
from itertools import islice

from index.statements.given_names import Gender, folded, word_set
from index.statements.mentions import Phrase, phrase_at
from index.statements.names import GOVERNMENT_WORDS, is_company, is_government
from index.statements.nouns import (
    BODIES,
    DESCRIPTIONS,
    DOCUMENTS,
    FAMILY,
    FEMALE,
    HUMAN,
    MALE,
    OFFICES,
    OUTLETS,
    is_human,
    may_be_body,
)
from index.statements.people import Somebody
from index.statements.pronouns import HE_SHE, fits_body, fits_gender
from index.statements.reading_position import POLITICAL, ReadingPosition, is_possessed, owner_of
from index.statements.roles import words_of_role

_COMPANY = frozenset({"company", "firm", "corporation"})
_CAMPAIGNS = frozenset({"campaign", "team", "camp"})
_STUDIES = frozenset(
    {"poll", "survey", "report", "study", "ruling", "analysis", "findings", "finding", "data", "decision"}
)
_ISSUED = frozenset({"statement", "release", "announcement", "letter", "email", "tweet", "post", "message", "note"})
_WRITES = word_set(
    """
    wrote writes written released releases published publishes issued posted produced filed commissioned conducted
    unveiled penned authored tweeted sent
    """
)
_PAGES = frozenset({"page", "account", "feed", "blog", "site", "website", "board"})
_FAMILIES = (
    ("poll", "survey"),
    ("study", "report", "analysis", "findings", "finding", "data", "figures", "statistics", "paper", "research"),
    ("ad", "video", "clip", "spot", "commercial", "advertisement"),
    ("book", "memoir", "autobiography", "biography"),
    ("letter", "note", "missive", "email", "e-mail", "message", "memo"),
    ("article", "piece", "story", "column", "editorial", "op-ed", "essay"),
    ("statement", "release", "announcement", "press-release"),
    ("lawsuit", "suit", "complaint", "filing", "brief"),
    ("ruling", "opinion", "decision", "order"),
    ("tweet", "post", "caption"),
)
_PARTIES = frozenset({"republican", "democrat", "libertarian", "independent"})
_LEDE = 4
_LEAST_ROLE = 0.9
_FORMS = 20  # of a name that are looked at: who has more is nobody in particular
_HANGING = frozenset({"IN", "TO", "DT"})
_ALWAYS_NAMED = frozenset({"federal government", "white house", "supreme court", "justice department"})
_OUTLET_NAME = re.compile(
    r"\b(times|post|journal|news|herald|tribune|gazette|observer|press|magazine|daily|review|today|chronicle|globe"
    r"|telegraph|guardian|weekly|dispatch|register|examiner|standard|hedge|network|cnn|nbc|msnbc|abc|cbs|npr|bbc|fox"
    r"|reuters|bloomberg|politico|buzzfeed|breitbart)\b"
)
_DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})


def describe(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """Whom a mention headed by a noun means, None where it is nobody named."""
    head = position.doc[phrase.head]
    noun = _noun(position, phrase)
    singular = noun[:-1] if noun.endswith("s") and noun[:-1] in DOCUMENTS | BODIES else noun
    if singular in BODIES and not (singular in {"paper", "journal"} and phrase.by is not None):
        return _body(position, phrase, singular)
    if singular in DOCUMENTS:
        return _document(position, phrase, singular)
    if head.tag_ in {"NN", "NNP", "JJ", "CD"} and is_human(noun):
        return _person(position, phrase, noun)
    return None


def _noun(position: ReadingPosition, phrase: Phrase) -> str:
    """The head word folded; of "the 27-year-old", which the parser cuts, all of it."""
    first = phrase.head
    while first > phrase.first and not position.doc[first - 1].whitespace_:
        first -= 1
    whole = folded(position.doc[first : phrase.stop].text)
    return whole if whole.endswith("-old") else folded(position.doc[phrase.head].text)


def _words(position: ReadingPosition, phrase: Phrase) -> list[str]:
    return [token.text for token in position.doc[phrase.first : phrase.stop]]


def _body(position: ReadingPosition, phrase: Phrase, noun: str) -> Somebody | None:
    words = _words(position, phrase)
    first = words[0].lower()
    owner = owner_of(position, phrase)
    if owner is not None and noun in POLITICAL and owner.kind == "person":
        noun = "campaign" if noun in _CAMPAIGNS and "campaign" in position.text else noun
        return _remember(position, noun, position.body(f"{owner.last or owner.name} {noun}"))
    if owner is not None and owner.kind in {"place", "group"} and noun in {"government", "ministry", "army", "police"}:
        return _remember(position, noun, position.body(" ".join(words[1:] if first == "the" else words)))
    if owner is not None and owner.kind == "organisation" and noun in OUTLETS:
        return owner
    bare = " ".join(words[1:]) if first == "the" else " ".join(words)
    if folded(bare) in _ALWAYS_NAMED:
        return position.body(bare)
    if first not in _DEFINITE:
        return _first_outlet(position) if noun in OUTLETS and len(words) == 1 else None
    if noun in OUTLETS:
        outlet = position.salience.likeliest(position.units[phrase.first], _fits_outlet)
        if outlet is not None:
            return outlet
    if owner is None and noun in position.documents and phrase.by is None:
        return position.documents[noun]
    if owner is not None or phrase.by is not None:
        return None
    return _of_that_name(position, phrase, noun)


def _first_outlet(position: ReadingPosition) -> Somebody | None:
    """The outlet that a headline means by "Newspaper:", where the story names one."""
    return position.census.first("outlet", lambda one: bool(_fits_outlet(one)) and len(one.namings) > 0)


def _of_that_name(position: ReadingPosition, phrase: Phrase, noun: str) -> Somebody | None:
    """The last body spoken of whose name has the noun in it, else the last body at all where it is very near."""

    place = noun in {"state", "city", "country", "county", "town"}

    def fits(one: Somebody) -> float:
        if place and one.kind == "place":
            return 1.0
        return fits_body(one) if re.search(rf"\b{re.escape(noun)}\b", folded(one.name)) else 0.0

    unit = position.units[phrase.first]
    found = position.salience.likeliest(unit, fits)
    if found is None and noun in _COMPANY:
        found = position.salience.likeliest(unit, lambda one: _fits_company(one) if _is_company(one) else 0.0)
    if found is not None or noun in {"campaign", "team", "camp", "party", "state", "government", "police", "country"}:
        return found
    if len(_words(position, phrase)) > 2:
        return None
    ranked = position.salience.weigh(unit, lambda one: _fits_noun(one, noun))
    return ranked[0][1] if ranked and ranked[0][0] >= 0.4 else None


def _fits_noun(one: Somebody, noun: str) -> float:
    """How well the noun can mean a body whose name lacks it: "the company" no city, "the union" no company."""
    if noun in _COMPANY:
        return _fits_company(one)
    return 0.0 if noun in GOVERNMENT_WORDS and _is_company(one) else _fits_any_body(one)


def _is_company(one: Somebody) -> bool:
    return one.kind == "organisation" and any(map(is_company, islice(one.forms, _FORMS)))


def _fits_company(one: Somebody) -> float:
    governs = any(map(is_government, islice(one.forms, _FORMS))) or one.placed
    return 0.0 if governs and not _is_company(one) else _fits_any_body(one)


def _fits_any_body(one: Somebody) -> float:
    body = not one.described or may_be_body(one.noun)
    return fits_body(one) if one.kind == "organisation" and body else 0.0


def _fits_outlet(one: Somebody) -> float:
    return 1.0 if one.kind == "organisation" and _OUTLET_NAME.search(folded(one.name)) else 0.0


def _remember(position: ReadingPosition, noun: str, one: Somebody) -> Somebody:
    position.documents.pop(noun, None)
    position.documents[noun] = one
    return one


def _document(position: ReadingPosition, phrase: Phrase, noun: str) -> Somebody | None:
    """Who stands behind a poll, a statement, a book."""
    behind = _publisher(position, phrase, noun)
    if behind is not None:
        return _remember(position, noun, behind)
    first = position.doc[phrase.first].text.lower()
    bare = phrase.stop - phrase.first == 1
    if first not in _DEFINITE and not bare:
        return None
    known = next(
        (position.documents[other] for other in reversed(position.documents) if family_of(other) == family_of(noun)),
        None,
    )
    if known is not None or noun in _STUDIES:
        said = position.last_speaker if first in _DEFINITE else None
        published = said if said is not None and said.kind == "organisation" and not said.described else None
        return known or position.ahead.get(family_of(noun)) or published
    if position.doc[phrase.head].tag_ == "NNS":
        return None
    if bare:
        return position.ahead.get(family_of(noun))
    said = position.last_speaker
    if noun == "document" and said is not None and said.described and said.kind == "organisation":
        return said  # "according to an affidavit … the document says"
    if first == "the" and noun in _ISSUED and position.last_speaker is not None:
        return position.last_speaker
    unit = position.units[phrase.first]
    return position.salience.likeliest(unit, lambda one: 1.0 if one.is_person else 0.8 * fits_body(one))


def _publisher(position: ReadingPosition, phrase: Phrase, noun: str) -> Somebody | None:
    """Who is said to own, write or publish the document in the mention itself."""
    owner = owner_of(position, phrase)
    if owner is not None and owner.kind == "person" and noun in _STUDIES and not is_possessed(position, phrase):
        return position.body(owner.name) if len(owner.namings) > 1 or not owner.first else None
    if owner is not None and owner.kind in {"person", "organisation"}:
        return owner
    for at in range(phrase.stop, phrase.end):
        inner = phrase_at(position.doc, at + 1, phrase.end, position.index)
        word = position.doc[at].text.lower()
        if word not in {"by", "from", "of", "on", "for", "in"} or inner is None:
            continue
        one = position.meant(inner.name.start) if inner.name is not None else None
        if one is None and inner.owner is not None and folded(position.doc[inner.head].text) in OUTLETS | BODIES:
            return _body(position, inner, folded(position.doc[inner.head].text)) or owner_of(position, inner)
        if one is None and inner.owner is not None and folded(position.doc[inner.head].text) in OUTLETS | _PAGES:
            return owner_of(position, inner)
        if one is not None and one.kind in {"person", "organisation"} and word in {"by", "from"}:
            return one
    return None


def _writer(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """The subject of "Jane Doe wrote a memoir"."""
    head = position.doc[phrase.head]
    if head.dep_ != "dobj" or head.head.text.lower() not in _WRITES:
        return None
    return next((position.meant(child.i) for child in head.head.children if child.dep_ == "nsubj"), None)


def family_of(noun: str) -> str:
    """The document noun that stands for all that can mean the same thing: "ad" for a video."""
    return next((family[0] for family in _FAMILIES if noun in family), noun)


def note_document(position: ReadingPosition, phrase: Phrase) -> None:
    """Remember the body behind a document that the story speaks of, for when it speaks of it again."""
    noun = folded(position.doc[phrase.head].text)
    if noun in DOCUMENTS:
        behind = _publisher(position, phrase, noun) or _writer(position, phrase)
        if behind is not None and (behind.kind == "organisation" or noun not in _STUDIES):
            _remember(position, noun, behind)
        return
    owner = owner_of(position, phrase)
    if noun in POLITICAL and owner is not None and owner.kind == "person":
        _remember(position, noun, position.body(f"{owner.last or owner.name} {noun}"))


def _person(position: ReadingPosition, phrase: Phrase, noun: str) -> Somebody | None:
    """The person whose role it is; for a description that no role fits, the one spoken of last."""
    words = _words(position, phrase)
    first = words[0].lower()
    whole = position.doc[phrase.first : min(phrase.end, phrase.stop + 4)].text if phrase.by else " ".join(words)
    if first in {"one", "another", "any", "some", "each", "every", "no"}:
        return None
    if first in {"a", "an"}:
        return _introduced_later(position, phrase, noun, words_of_role(whole))
    if first not in _DEFINITE and not is_possessed(position, phrase):
        later = _introduced_later(position, phrase, noun, words_of_role(whole))
        return later or (_by_role(position, phrase, whole, noun) if phrase.headline else None)
    if first in HE_SHE or (is_possessed(position, phrase) and (noun in FAMILY or noun not in OFFICES)):
        return None
    found = _by_role(position, phrase, whole, noun)
    if found is not None or first not in _DEFINITE or phrase.by is not None or is_possessed(position, phrase):
        return found
    if noun in position.sources:
        return position.sources[noun]
    if noun in DESCRIPTIONS or noun.endswith("-old") or noun.rsplit("-", 1)[-1] in DESCRIPTIONS | FAMILY:
        return _spoken_of(position, phrase, noun, words_of_role(whole))
    if noun in OFFICES and len(words) > 2:
        return _spoken_of(position, phrase, noun, words_of_role(whole), without_office=True)
    if noun not in HUMAN:
        return _spoken_of(position, phrase, noun, words_of_role(whole), since=position.start_of_paragraph(phrase.first))
    return None


def _spoken_of(
    position: ReadingPosition,
    phrase: Phrase,
    noun: str,
    words: set[str],
    *,
    without_office: bool = False,
    since: int = 0,
) -> Somebody | None:
    """The person lately spoken of whom a description can mean, neither of another gender nor of another party.

    `since` is the token from which on they have to be.
    """
    gender: Gender | None = "f" if noun in FEMALE else "m" if noun in MALE else None
    party = words & _PARTIES

    def fits(one: Somebody) -> float:
        fit = fits_gender(gender)(one) if gender else float(one.is_person)
        theirs = one.role_words & _PARTIES
        if (party and theirs and not party & theirs) or (without_office and one.role_words & OFFICES):
            return 0.0
        prominent = 0.4 + min(1.0, len(one.namings) / 6)
        return fit * prominent * (2.0 if party & theirs else 1.0)

    margin = 1.5 if without_office else 1.0
    return position.salience.likeliest(position.units[phrase.first], fits, margin, since=since)


def _introduced_later(position: ReadingPosition, phrase: Phrase, noun: str, words: set[str]) -> Somebody | None:
    """Whom a headline or first paragraph describes before the story names them ("a former party chairman says")."""
    if position.units[phrase.first] > _LEDE or phrase.end - phrase.first > 10:
        return None
    wanted = words_of_role(noun)
    fitting = [one for one in position.census.with_roles(wanted) if len(words & one.role_words) >= min(2, len(words))]
    fitting = [one for one in fitting if "former" not in words or "former" in one.role_words]
    new = [one for one in fitting if all(naming.start > phrase.first or naming.headline for naming in one.namings)]
    return new[0] if len(new) == 1 else None


def _by_role(position: ReadingPosition, phrase: Phrase, whole: str, noun: str) -> Somebody | None:
    words, wanted = words_of_role(whole), words_of_role(noun)
    proper = {
        word for word in words if re.search(rf"\b{re.escape(word)}", whole, re.IGNORECASE) and _is_proper(whole, word)
    }
    unit = position.units[phrase.first]
    near = {id(one): weight for weight, one in position.salience.weigh(unit, lambda one: float(one.is_person))}
    best: tuple[float, Somebody] | None = None
    for one in position.census.with_roles(wanted):
        missing = words - one.role_words
        party, theirs = words & _PARTIES, one.role_words & _PARTIES
        if (party and theirs and not party & theirs) or "former" in missing:
            continue
        score = 1.0 + len(words & one.role_words) - 1.5 * len(missing & proper) - 0.5 * len(missing - proper)
        if _vice(one.role_words) != _vice(words):
            score -= 2
        if ("former" in words) != ("former" in one.role_words):
            score -= 1
        score += min(1.0, near.get(id(one), 0.0)) + min(1.0, len(one.namings) / 20)
        if best is None or score > best[0]:
            best = score, one
    return best[1] if best is not None and best[0] > _LEAST_ROLE else None


def _is_proper(whole: str, word: str) -> bool:
    return bool(re.search(rf"(?<!^)\b{re.escape(word[:1].upper() + word[1:])}", whole)) and word not in {
        "republican",
        "democrat",
    }


def _vice(words: set[str]) -> bool:
    return any(word.startswith("vice") for word in words)


def note_source(position: ReadingPosition, phrase: Phrase, one: Somebody) -> None:
    """Remember an unnamed person, so that "the aide" or "he" can mean them again."""
    position.sources[_noun(position, phrase)] = one


def unnamed(position: ReadingPosition, phrase: Phrase) -> Somebody:
    """The unnamed source of a mention, by the words used up to the first comma or clause."""
    doc = position.doc
    head, stop = doc[phrase.head], phrase.stop
    while stop < phrase.end and stop - phrase.stop < 8:
        token = doc[stop]
        if token.text in {",", "(", "—", "--", ":"} or token.is_space or token.tag_ in {"WDT", "WP", "CC"}:
            break
        stop += 1
    whole = stop
    while stop > phrase.stop and doc[stop - 1].tag_ in (_HANGING if stop == whole else _HANGING | {"VBN"}):
        stop -= 1  # "an affidavit filed on": the date it was filed on is no part of it
    words = " ".join(doc[phrase.first : stop].text.split())
    noun = _noun(position, phrase)
    one = Somebody("person" if is_human(noun) else "organisation", words=words, described=True)
    one.noun = noun
    one.plural = head.tag_ in {"NNS", "NNPS"}
    one.gender = "f" if noun in FEMALE else "m" if noun in MALE else None
    one.forms[words] += 1
    return one
