"""Whom the words of a phrase mean where they stand: by a name, a pronoun or a description; and several people who are
spoken of as one: "Ann Lee and Rui Diaz", "they" behind it, "both women", "the Lees"."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.language.given_names import folded, word_set
from index.statements.descriptions import describe, is_description, note_source, unnamed
from index.statements.mentions import Phrase, phrase_at
from index.statements.namings import Naming
from index.statements.nouns import DESCRIPTIONS, FEMALE, MALE, is_human, role_word
from index.statements.people import Somebody
from index.statements.pronouns import HE_SHE, NEUTER, PLURAL, RELATIVE, SELF, fits_body, fits_gender, fits_several
from index.statements.reading_position import ReadingPosition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LATEST = 250  # tokens from "one woman" to "the woman, Ann Lee,"
_LIKELY = 5  # people whom a pronoun may mean that are remembered
_FORMERLY = frozenset({"the", "ex", "former", "then", "one-time"})
_QUANTIFIED = word_set("many some several most few other both all no various numerous younger older more")
_MOST = 6  # who are named in one breath and can be meant together
_TWO = frozenset({"both", "two", "pair", "couple", "duo"})
_PLURALS = {"men": "man", "women": "woman", "people": "person", "wives": "wife"}


def who_is(position: ReadingPosition, phrase: Phrase, cue: str = "") -> Somebody | None:
    """Whom a phrase means: somebody named, whoever a pronoun stands for, whoever it describes, or else a stranger."""
    head = position.doc[phrase.first]
    word = head.text.lower()
    if phrase.joined:
        return as_one(position, [position.meant(naming.start) for naming in phrase.joined])
    if word in HE_SHE and _and_somebody(position, phrase) is not None:
        return as_one(position, [position.person_of_pronoun(phrase.first), _and_somebody(position, phrase)])
    if phrase.name is not None:
        return _named(position, phrase)
    if phrase.stop - phrase.first == 1 or (word in HE_SHE and head.tag_ == "PRP"):
        if word in HE_SHE or word in NEUTER or word in PLURAL:
            _consider(position, phrase.first, word)
            return position.speaker_of_pronoun(phrase.first, cue)
        if word in RELATIVE:
            return antecedent(position, phrase.first)
        if word in SELF:
            return None
    found = (
        _apposed(position, phrase)
        or _named_late(position, phrase)
        or _spoken_for(position, phrase)
        or _described_together(position, phrase)
        or describe(position, phrase)
        or _surname_only(position, phrase)
    )
    if found is not None or not is_description(position, phrase):
        return found
    one = unnamed(position, phrase)
    known = position.made.setdefault("?" + folded(one.words), one)
    if known.kind == "person" and not known.plural:
        note_source(position, phrase, known)
    return known


def _apposed(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """The person before the comma of "Lee, the deputy mayor", where the mention is only what stands behind it."""
    head, before = position.doc[phrase.head], position.index.of(max(0, phrase.first - 2))
    if before is None or before.end != phrase.first - 1 or position.doc[before.end].text != ",":
        return None
    one = position.meant(before.start)
    apposed = head.dep_ == "appos" and before.start <= head.head.i < before.end
    return one if apposed and one is not None and one.is_person else None


def _named(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    assert phrase.name is not None
    one = position.meant(phrase.name.start)
    words = {token.text.lower() for token in position.doc[phrase.first : phrase.name.core]}
    if one is not None and one.kind == "group" and words & _QUANTIFIED:
        return unnamed(position, phrase)
    national = _national(position, phrase.name) if one is not None and one.kind == "group" else None
    if national is not None:
        return national
    called = _so_called(position, phrase.name) if words & _FORMERLY else None
    return called or _family_of_name(position, phrase.name) or one


def _named_late(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """The person of "one woman" whom the story names later: "the woman, Ann Lee,"."""
    late = position.late.get(role_word(position.doc[phrase.head].text))
    if late is None or not 0 < late[0] - phrase.head < _LATEST or phrase.by is not None:
        return None
    return late[1]


def _spoken_for(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """The body for which somebody speaks who has no name: "a spokeswoman for Lee Homes"."""
    if role_word(position.doc[phrase.head].text) != "spokesman":
        return None
    behind = position.doc[phrase.stop].text.lower() if phrase.stop < phrase.end else ""
    inner = phrase_at(position.doc, phrase.stop + 1, phrase.end, position.index) if behind in {"for", "from"} else None
    own = position.index.of(phrase.owner) if phrase.owner is not None else None
    body = who_is(position, inner) if inner is not None else position.meant(own.start) if own is not None else None
    return body if body is not None and body.kind == "organisation" and not body.described else None


def _national(position: ReadingPosition, naming: Naming) -> Somebody | None:
    """The person lately spoken of whom "the Swede" means; "the French" are many."""
    word, doc = naming.words, position.doc
    several = folded(word).endswith(("s", "sh", "nch", "tch", "ese", "ss"))
    if several or " " in word or naming.start == 0 or doc[naming.start - 1].text.lower() != "the":
        return None
    if doc[naming.start].ent_type_ != "NORP" or folded(word) in DESCRIPTIONS:
        return None
    return position.salience.likeliest(position.units[naming.start], lambda one: float(one.is_person))


def _consider(position: ReadingPosition, at: int, word: str) -> None:
    """Remember whom a pronoun inside somebody's words may mean, until it is known who says these."""
    gender = HE_SHE.get(word)
    fits = fits_gender(gender) if gender is not None else fits_several if word in PLURAL else fits_body
    likely = [one for _, one in position.salience.weigh(position.units[at], fits)]
    position.likely[at] = likely[:_LIKELY]


def _so_called(position: ReadingPosition, naming: Naming) -> Somebody | None:
    """The one person of whom the word is a role: "the ex-Wallaby" behind "former Wallaby Rob Lee"."""
    if naming.name.first or " " in naming.words:
        return None
    people = position.census.with_roles({role_word(naming.words)})
    called = [one for one in people if any(folded(role.split()[-1]) == naming.key for role in one.roles)]
    return called[0] if len(called) == 1 else None


def _surname_only(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """A known surname that the tags did not show to be a name, as in a headline ("TRUMP: ...")."""
    head = position.doc[phrase.head]
    alone = phrase.head == phrase.first and head.text[:1].isupper()
    return position.census.surnamed(head.text) if alone else None


def _and_somebody(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """The person of "he and Jane Doe"."""
    at = phrase.first + 1
    if at + 1 >= phrase.end or position.doc[at].text.lower() != "and":
        return None
    return position.meant(at + 1)


def antecedent(position: ReadingPosition, at: int) -> Somebody | None:
    """Whom "who" at the token stands for: the name right before it, else the noun that its clause hangs on."""
    persons = position.doc[at].text.lower() in {"who", "whom", "whose"}
    wanted = {"person"} if persons else {"organisation", "group", "place"}
    near = at - 1
    while near > 0 and (position.doc[near].is_punct or position.doc[near].is_space):
        near -= 1
    one = position.meant(near) if near >= 0 else None
    if one is not None and one.kind in wanted:
        return one
    noun = _clause_head(position, at)
    if noun is None:
        return _last_named(position, at, wanted)
    one = position.meant(noun.i) or (position.meant(noun.head.i) if noun.dep_ in {"appos", "conj"} else None)
    if one is not None and one.kind in wanted:
        return one
    if noun.tag_ in {"PRP", "DT"} or (persons and noun.tag_ in {"NNS", "NNPS"}):
        return None
    phrase = phrase_at(position.doc, noun.left_edge.i, at, position.index)
    found = describe(position, phrase) if phrase is not None and phrase.name is None else None
    return found or _last_named(position, at, wanted)


def _clause_head(position: ReadingPosition, at: int) -> "Token | None":
    up = position.doc[at].head
    for _ in range(3):
        if up.dep_ == "relcl" and up.head.i < at:
            return up.head
        up = up.head
    return None


def _last_named(position: ReadingPosition, at: int, wanted: set[str]) -> Somebody | None:
    for back in range(at - 1, max(-1, at - 14), -1):
        one = position.meant(back)
        if one is not None and one.kind in wanted and position.units[back] == position.units[at]:
            return one
    return None


def as_one(position: ReadingPosition, parts: Sequence[Somebody | None]) -> Somebody | None:
    """The speaker that some people are together; the first alone where there is but one."""
    people = list({one.name: one for one in parts if one is not None}.values())
    if len(people) < 2:
        return parts[0] if parts else None
    names = [one.name for one in people]
    made = position.body(", ".join(names[:-1]) + " and " + names[-1], "group")
    made.plural = True
    genders = {one.gender for one in people}
    made.gender = genders.pop() if len(genders) == 1 else None
    made.parts = made.parts or tuple(people)
    return made


def listed_until(position: ReadingPosition, naming: Naming) -> list[Somebody]:
    """The people of a list that ends with this one: "Lee, Diaz and Wu" at Wu; nobody where it ends no list."""
    found, top = [position.meant(naming.start)], top_of(position.doc, naming)
    if any(child.dep_ == "conj" and child.i >= naming.end for child in top.children):
        return []
    while top.dep_ == "conj" and len(found) < _MOST:
        before = position.index.of(top.head.i)
        if before is None or before is naming:
            break
        found.append(position.meant(before.start))
        naming, top = before, top_of(position.doc, before)
    people = [one for one in reversed(found) if one is not None and one.kind == "person"]
    return people if len(people) == len(found) > 1 else []


def top_of(doc: "Doc", naming: Naming) -> "Token":
    """The word of a naming on which the rest of it hangs."""
    for token in doc[naming.start : naming.end]:
        if not naming.start <= token.head.i < naming.end or token.head.i == token.i:
            return token
    return doc[naming.end - 1]


def _described_together(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """Who "both women" or "the two" are: the two people who were last spoken of together."""
    words = [token.lower_ for token in position.doc[phrase.first : phrase.stop]]
    if not _TWO & set(words) or words[0] not in {"both", "the"}:
        return None
    noun = _PLURALS.get(words[-1], words[-1].removesuffix("s"))
    if words[-1] not in _TWO and not is_human(noun) and noun != "person":
        return None
    gender = "f" if noun in FEMALE else "m" if noun in MALE else None

    def fits(one: Somebody) -> float:
        return float(len(one.parts) == 2 and (gender is None or one.gender in {None, gender}))

    return position.salience.likeliest(position.units[phrase.first], fits)


def _family_of_name(position: ReadingPosition, naming: Naming) -> Somebody | None:
    """The people of a surname in the plural, "the Lees", where the story names two of them at least."""
    article = position.doc[naming.start - 1].lower_ if naming.start else ""
    if article != "the" or " " in naming.words or not naming.words.endswith("s"):
        return None
    singular = {folded(naming.words)[:-1], folded(naming.words).removesuffix("es")}
    singular.discard(folded(naming.words))
    own = [one for surname in sorted(singular) for one in position.census.family(surname)]
    return as_one(position, own) if 1 < len(own) <= _MOST else None
