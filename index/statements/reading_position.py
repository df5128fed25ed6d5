"""What is known at each point of reading a story: who is named, who is on the reader's mind, what was spoken of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.language.given_names import Gender, folded
from index.statements.census import Census
from index.statements.exchanges import Put, answers
from index.statements.mentions import NamingIndex, Phrase
from index.statements.namings import Naming
from index.statements.nouns import is_human, role_word
from index.statements.people import Somebody
from index.statements.pronouns import HE_SHE, NEUTER, Salience, fits_body, fits_gender, fits_several

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FARTHEST = 12  # sentences of the reporter's own between two pieces of what one person said
POLITICAL = frozenset({"campaign", "team", "camp", "administration", "transition"})


@dataclass(slots=True)
class ReadingPosition:
    """What is known at the point that reading has reached: who is named, who is on the reader's mind."""

    text: str
    doc: "Doc"
    census: Census
    index: NamingIndex
    units: list[int]
    salience: Salience = field(default_factory=Salience)
    made: dict[str, Somebody] = field(default_factory=dict)
    documents: dict[str, Somebody] = field(default_factory=dict)
    ahead: dict[str, Somebody] = field(default_factory=dict)
    sources: dict[str, Somebody] = field(default_factory=dict)
    last_speaker: Somebody | None = None
    last_person: Somebody | None = None
    newcomer: tuple[Somebody, int] | None = None
    spoke_at: int = -1
    followed: dict[int, Somebody | None] = field(default_factory=dict)
    _starts: list[int] = field(init=False, default_factory=list)
    put: Put | None = None
    late: dict[str, tuple[int, Somebody]] = field(default_factory=dict)
    likely: dict[int, list[Somebody]] = field(default_factory=dict)

    def meant(self, token: int) -> Somebody | None:
        """Whom the naming at the token means."""
        n = self.index.at[token]
        return self.census.meant[n] if n >= 0 else None

    def person_of_pronoun(self, token: int) -> Somebody | None:
        """Who "he", "her", "it" or "they" at the token is; None where nobody fits. Followed once, then remembered."""
        if token not in self.followed:
            self.followed[token] = self._follow(token)
        return self.followed[token]

    def speaker_of_pronoun(self, token: int, cue: str = "") -> Somebody | None:
        """Who "she" at the token is, that speaks there, with the words of the cue.

        Whoever was asked answers; an unnamed speaker of the sentence before outranks everybody of earlier paragraphs
        ("A juror said so. ... she said").
        """
        gender: Gender | None = HE_SHE.get(self.doc[token].text.lower())
        asked = self._was_asked(token, cue, gender)
        if asked is not None:
            self.followed[token] = asked
            return asked
        new = self._newcomer(token, gender)
        if new is not None:
            self.followed[token] = new
            return new
        one, start = self.last_speaker, self.start_of_paragraph(token)
        if gender is not None and one is not None and self._has_just_spoken(one, token, start):
            fits = fits_gender(gender)
            if one.gender in {None, gender}:
                self.followed[token] = self.salience.likeliest(
                    self.units[token], lambda other: 1.0 if other is one else fits(other), since=start, named=True
                )
        found = self.person_of_pronoun(token)
        if found is None and gender is not None:
            found = self._spoke_before(token, gender)
            self.followed[token] = found
        return found

    # moves no figure (PolNeAR dev, sourcing, asks/train): kept for what its tests say
    def _newcomer(self, token: int, gender: Gender | None) -> Somebody | None:
        """The unnamed person whom the sentence before was about, where nobody was named or spoke since."""
        if self.newcomer is None or gender is None:
            return None
        one, at = self.newcomer
        near = self.units[token] - self.units[at] <= 1
        return one if near and fits_gender(gender)(one) > 0 else None

    def _spoke_before(self, token: int, gender: Gender) -> Somebody | None:
        """The last person who spoke, where nobody nearer can be meant: some paragraphs of prose may lie between."""
        one = self.last_person
        if one is None or fits_gender(gender)(one) <= 0 or self.units[token] - self.units[self.spoke_at] > _FARTHEST:
            return None
        return one

    def _was_asked(self, token: int, cue: str, gender: Gender | None) -> Somebody | None:
        """The person of that gender to whom a question was put, where these words are the next and answer it."""
        put = self.put
        if put is None or gender is None or put.to.gender not in {None, gender}:
            return None
        spoken = self.spoke_at >= 0 and self.units[self.spoke_at] > put.unit
        return put.to if not spoken and answers(put, cue, self.units[token]) else None

    def _has_just_spoken(self, one: Somebody, token: int, start: int) -> bool:
        """Whether somebody unnamed is the subject that spoke in the sentence before, in the same paragraph."""
        at = self.spoke_at
        subject = start <= at < token and self.doc[at].dep_ in {"nsubj", "nsubjpass"}
        return one.described and one.is_person and subject and self.units[token] - self.units[at] <= 1

    def start_of_paragraph(self, token: int) -> int:
        """The first token of the paragraph that the token stands in."""
        if not self._starts:
            start = 0
            for word in self.doc:
                self._starts.append(start)
                start = word.i + 1 if "\n" in word.text else start
        return self._starts[token]

    def _follow(self, token: int) -> Somebody | None:
        word = self.doc[token].text.lower()
        unit = self.units[token]
        gender: Gender | None = HE_SHE.get(word)
        if gender is not None:
            found = self.salience.likeliest(unit, fits_gender(gender)) or self._ahead(token, gender)
            if found is not None and found.gender is None:
                found.called[gender] += 1
            return found
        if word in NEUTER:
            return self.salience.likeliest(unit, fits_body)
        return self.salience.likeliest(unit, fits_several)

    def _ahead(self, token: int, gender: Gender) -> Somebody | None:
        """The subject that comes later in the sentence: "Back when he wrote his book, Mr. Doe said"."""
        for later in range(token + 1, min(token + 30, len(self.doc))):
            if self.units[later] != self.units[token]:
                return None
            one = self.meant(later)
            if one is not None and self.doc[later].dep_ in {"nsubj", "nsubjpass"} and fits_gender(gender)(one) > 0:
                return one
        return None

    def body(self, words: str, kind: str = "organisation") -> Somebody:
        """The organisation that goes by these words, made where the story has none of that name."""
        key = folded(words)
        known = self.census.body(key)
        if known is not None:
            return known
        if key not in self.made:
            made = Somebody("group" if kind == "group" else "organisation", words=words)
            made.forms[words] += 1
            self.made[key] = made
        return self.made[key]


def owner_of(position: ReadingPosition, phrase: Phrase) -> Somebody | None:
    """Who owns or modifies the head of a phrase: "his" report, the "Trump campaign's" website."""
    if phrase.owner is None:
        return None
    naming = position.index.of(phrase.owner)
    if naming is None:
        return position.person_of_pronoun(phrase.owner)
    owner = position.meant(phrase.owner)
    between = folded(position.doc[naming.end].text) if naming.end < phrase.head else ""
    if owner is not None and owner.kind == "person" and between in POLITICAL:
        return position.body(f"{owner.last or owner.name} {between}")
    return owner


def is_possessed(position: ReadingPosition, phrase: Phrase) -> bool:
    """Whether the head belongs to somebody: "his lawyer", "Iran's president"."""
    return any(token.tag_ in {"POS", "PRP$"} for token in position.doc[phrase.first : phrase.stop])


# moves no figure: kept for what its tests say
def named_late(
    doc: "Doc", namings: Sequence[Naming], meant: Callable[[int], Somebody | None]
) -> dict[str, tuple[int, Somebody]]:
    """Whom the story first names behind "the woman," or its like: by that noun, the place and the person."""
    found: dict[str, tuple[int, Somebody]] = {}
    for naming in namings:
        at, one = naming.start, meant(naming.start)
        if one is None or not one.is_person or one.first_at != at or at < 3 or doc[at - 1].text != ",":
            continue
        noun = doc[at - 2]
        if noun.tag_ == "NN" and is_human(noun.text) and doc[at - 3].text.lower() == "the":
            found.setdefault(role_word(noun.text), (at, one))
    return found
