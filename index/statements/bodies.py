"""Bodies and papers that a mention only describes: "her campaign", "the company", "the paper", "a Quinnipiac poll"."""

import re
from collections.abc import Sequence
from itertools import islice

from index.language.given_names import folded
from index.statements.census import is_news_outlet
from index.statements.mentions import Phrase, phrase_at
from index.statements.nouns import BODIES, DOCUMENTS, KNOWN, OUTLETS, PLACES, may_be_body, states_by_abbreviation
from index.statements.people import Somebody
from index.statements.pronouns import fits_body
from index.statements.reading_position import POLITICAL, ReadingPosition, is_possessed, owner_of

_SORTS = {sort: frozenset(telling.split()) for sort, telling in {
    "school": "university college school academy institute",
    "court": "court courts tribunal",
    "hospital": "hospital clinic infirmary",
    "church": "church diocese cathedral",
    "police": "police constabulary",
    "agency": "agency department ministry bureau administration commission authority service services office board",
    "government": "government state city county town village borough",
    "company": "company firm corporation group inc incorporated corp co limited ltd llc plc industries holdings motor"
    " motors airlines airways stores brothers technologies systems laboratories pharmaceuticals foods bank",
    "airline": "airlines airline airways air",
    "charity": "charity foundation trust nonprofit fund",
    "union": "union federation association",
    "party": "party",
}.items()}  # fmt: skip
"""Sorts of bodies: a noun that means any of a sort, and the words that the names of these have."""
_SORT_OF = {"firm": "company", "corporation": "company", "nonprofit": "charity"}
_ALWAYS_SAID = frozenset({"school", "court", "hospital", "church", "police"})  # the sorts whose names say what they are
_OF_SOMEBODY = frozenset({"campaign", "camp", "party", "state", "government", "police", "country"})
_NEAR, _LEAST, _ALONE = 0.4, 0.08, 2.0  # how much a body has to be on a reader's mind; or how far above all others
_CAMPAIGNS = frozenset({"campaign", "team", "camp"})
_STUDIES = frozenset(
    {"poll", "survey", "report", "study", "ruling", "analysis", "findings", "finding", "data", "decision"}
)
_ISSUED = frozenset({"statement", "release", "announcement", "letter", "email", "tweet", "post", "message", "note"})
_WRITES = KNOWN["writes"]
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
_ALWAYS_NAMED = frozenset({"federal government", "white house", "supreme court", "justice department"})
_FORMS = 20  # of a name that are looked at: who has more is nobody in particular
_SEATED = frozenset({"state", "city", "county", "federal", "national", "local", "district", "town", "regional"})
_QUANTITIES = frozenset({"%", "percent", "pct", "per", "cent"})
_POLLS = frozenset({"poll", "polls", "survey", "surveys"})
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})


def noun_of(position: ReadingPosition, phrase: Phrase) -> str:
    """The head word folded; of "the 27-year-old", which the parser cuts, all of it."""
    first = phrase.head
    while first > phrase.first and not position.doc[first - 1].whitespace_:
        first -= 1
    whole = folded(position.doc[first : phrase.stop].text)
    return whole if whole.endswith("-old") else folded(position.doc[phrase.head].text)


def words_of(position: ReadingPosition, phrase: Phrase) -> list[str]:
    """The words of the head phrase, in order."""
    return [token.text for token in position.doc[phrase.first : phrase.stop]]


def describe_body(position: ReadingPosition, phrase: Phrase, noun: str) -> Somebody | None:
    """The body that a noun for one means; None where it is nobody named."""
    words = words_of(position, phrase)
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
    if first not in DEFINITE:
        return position.census.outlet if noun in OUTLETS and len(words) == 1 else None  # a headline's "Newspaper:"
    if noun in OUTLETS:
        outlet = position.salience.likeliest(position.units[phrase.first], is_news_outlet)
        if outlet is not None:
            return outlet
    if owner is None and noun in position.documents and phrase.by is None:
        return position.documents[noun]
    if owner is not None or phrase.by is not None:
        return None
    return _named_alike(position, words) or _of_that_name(position, phrase, noun)


def _named_alike(position: ReadingPosition, words: Sequence[str]) -> Somebody | None:
    """The one body whose name has the description's words, but for where it is: "the state education department"."""
    wanted = {folded(word) for word in words[1:]} - _SEATED
    if len(wanted) < 2:
        return None
    alike = [one for one in position.census.named_with(wanted) if len(one.namings) > 0]
    return alike[0] if len(alike) == 1 else None


def _of_that_name(position: ReadingPosition, phrase: Phrase, noun: str) -> Somebody | None:
    """The last body spoken of whose name has the noun in it, else the only one with it before, else the last of that
    sort, else the last body at all that can be meant, where it is near or far nearer than any other.

    Names of unseen stories: 91.7 % right with sorts, the only one and what is alone, 90.9 with the nearest body only.
    """
    place, states = noun in PLACES, set(states_by_abbreviation().values())

    def fits(one: Somebody) -> float:
        if place and one.kind == "place":
            return 1.0 if noun != "state" or folded(one.name) in states else 0.0
        return fits_body(one) if re.search(rf"\b{re.escape(noun)}\b", folded(one.name)) else 0.0

    unit = position.units[phrase.first]
    found = position.salience.likeliest(unit, fits)
    if found is None and len(words_of(position, phrase)) == 2 and not place:
        named = [one for one in position.census.named_with({noun}) if one.namings and one.first_at < phrase.first]
        found = named[0] if len(named) == 1 else None
    if found is None:
        sort = _SORT_OF.get(noun, noun)
        found = position.salience.likeliest(unit, lambda one: _fits_noun(one, noun) if sort in _sorts(one) else 0.0)
    if found is not None or noun in _OF_SOMEBODY or (noun in POLITICAL and "campaign" in position.text):
        return found
    if len(words_of(position, phrase)) > 2:
        return None
    ranked = position.salience.weigh(unit, lambda one: _fits_noun(one, noun))
    best, next_best = [*ranked, (0.0, None), (0.0, None)][:2]
    known = best[1] is not None and 0 <= best[1].first_at < phrase.first and position.units[best[1].first_at] < unit
    least = max(_LEAST, _ALONE * next_best[0]) if known else _NEAR
    return best[1] if best[0] >= min(_NEAR, least) else None


def _fits_noun(one: Somebody, noun: str) -> float:
    """How well the noun can mean a body whose name lacks it: "the company" no city, "the court" no university."""
    sort, own = _SORT_OF.get(noun, noun), _sorts(one)
    if sort in _SORTS and sort not in own and (own or one.placed or sort in _ALWAYS_SAID):
        return 0.0
    if one.kind == "person":
        return 0.9 if _may_be_body(one) else 0.0
    return _fits_any_body(one)


def _sorts(one: Somebody) -> set[str]:
    """Of which sorts a body is by the words of its names."""
    forms = islice(one.forms, _FORMS) if one.kind == "organisation" else ()
    words = {word for form in forms for word in folded(form).split()}
    return {sort for sort, telling in _SORTS.items() if not words.isdisjoint(telling)}


def _may_be_body(one: Somebody) -> bool:
    """Whether a single word that was taken for somebody's name can as well be a body's: "LinkedIn"."""
    return (
        not (one.first or one.described or one.plural or one.gender or one.role_words or one.kin)
        and " " not in one.name
    )


def _fits_any_body(one: Somebody) -> float:
    body = not one.described or may_be_body(one.noun)
    return fits_body(one) if one.kind == "organisation" and body else 0.0


def _remember(position: ReadingPosition, noun: str, one: Somebody) -> Somebody:
    position.documents.pop(noun, None)
    position.documents[noun] = one
    return one


def describe_document(position: ReadingPosition, phrase: Phrase, noun: str) -> Somebody | None:
    """Who stands behind a poll, a statement, a book."""
    behind = _publisher(position, phrase, noun)
    if behind is not None:
        return _remember(position, noun, behind)
    first = position.doc[phrase.first].text.lower()
    bare = phrase.stop - phrase.first == 1
    if first not in DEFINITE and not bare:
        return None
    known = next(
        (position.documents[other] for other in reversed(position.documents) if family_of(other) == family_of(noun)),
        None,
    )
    if known is not None or noun in _STUDIES:
        said = position.last_speaker if first in DEFINITE else None
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
    """Who is said to own, write or publish the document in the mention itself; the report that a person led is a source
    of its own (five statements of 350 public stories that nobody had looked at, all rightly; 0 on PolNeAR dev)."""
    owner = owner_of(position, phrase)
    if owner is not None and owner.kind == "person" and noun in _STUDIES and not is_possessed(position, phrase):
        known = len(owner.namings) > 1 or not owner.first
        return position.body(f"{owner.last} {noun}" if owner.first else owner.name) if known else None
    if owner is not None and owner.kind in {"person", "organisation"}:
        return owner
    for at in range(phrase.stop, phrase.end):
        inner = phrase_at(position.doc, at + 1, phrase.end, position.index)
        word = position.doc[at].text.lower()
        if word not in {"by", "from", "of", "on", "for", "in"} or inner is None:
            continue
        one = position.meant(inner.name.start) if inner.name is not None else None
        if one is None and inner.owner is not None and folded(position.doc[inner.head].text) in OUTLETS | BODIES:
            return describe_body(position, inner, folded(position.doc[inner.head].text)) or owner_of(position, inner)
        if one is None and inner.owner is not None and folded(position.doc[inner.head].text) in OUTLETS | _PAGES:
            return owner_of(position, inner)
        if one is not None and one.kind in {"person", "organisation"} and word in {"by", "from"}:
            return one
    return None


def polled(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """Who asked "64%" or "some 41% of voters in the poll": whoever is behind the poll that the mention or the story
    spoke of.
    """
    doc = position.doc
    if not any(token.like_num for token in doc[phrase.first : min(phrase.first + 4, phrase.end)]):
        return None
    if not any(
        token.text.lower() in _QUANTITIES for token in doc[phrase.first : min(phrase.first + 5, phrase.end + 1)]
    ):
        return None
    poll = next((t for t in doc[phrase.first : min(phrase.end + 3, len(doc))] if t.text.lower() in _POLLS), None)
    own = phrase_at(doc, poll.left_edge.i, poll.i + 1, position.index) if poll is not None else None
    behind = _publisher(position, own, "poll") if own is not None else None
    return behind or position.documents.get("poll") or position.documents.get("survey") or position.ahead.get("poll")


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
