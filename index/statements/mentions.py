"""The grammar of a mention: which of its words is the head, who is named in it, what owns what.

"Republican vice-presidential nominee Gov. Mike Pence (R-IN)" is headed by a name, "a spokesman for the Trump
campaign" by a noun, "Mr. Trump's campaign" by a noun with an owner.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language.given_names import folded
from index.statements.names import is_title
from index.statements.namings import Naming
from index.statements.nouns import BODIES, DESCRIPTIONS, OF_OFFICES, OFFICES, SOURCES, is_human
from index.story import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST_MENTION = 60  # tokens; what says more about somebody is a sentence of its own
_STOPS = frozenset({",", "(", ")", "[", "--", "—", "–", ":", ";", "...", "…", "-"})
_APPOSING = frozenset({",", "--", "—", "–"})
_TELLING = frozenset({"NN", "JJ", "VBN", "NNP", "NNPS", "CD", "HYPH"})
_BEHIND_NAMES = frozenset({",", ".", "(", "—", "--", "and", "of", "from", "at"})
_LONGEST_CALL = 12  # tokens between somebody described and what they are called
_NAMES_ONESELF = frozenset({"name", "himself", "herself", "themselves", "themself"})
_MARKS = frozenset("“”\"‘’'``")
_DESCRIBING = frozenset({"NN", "JJ", "DT", "VB"})
_BESIDE = frozenset({"CC", "VBG", "HYPH", "POS", "-LRB-", "-RRB-"})
_LEAD = frozenset(
    {"according", "to", "by", "from", "and", "but", "as", "of", "for", "with", "per", "in", "on", "while"}
)


_OWNED_BODIES = BODIES | {
    "owner", "maker", "operator", "manufacturer", "publisher", "parent", "rival", "supplier", "developer", "builder",
    "contractor", "landlord", "employer", "insurer", "retailer", "utility",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention taken apart. `first..stop` (half open tokens) is its head phrase, `end` where the whole mention ends.

    `name` is the naming that heads it, else the head is the token `stop - 1`. `owner` is the token of a possessor or
    modifying name inside the head phrase ("his", "Trump"), `by` the first name after "by" or "from".
    """

    first: int
    stop: int
    end: int
    name: Naming | None
    joined: tuple[Naming, ...]
    owner: int | None
    by: Naming | None
    headline: bool = False

    @property
    def head(self) -> int:
        """The head word's token."""
        return self.stop - 1


def tokens_of(doc: "Doc", span: Span) -> tuple[int, int]:
    """The tokens that the characters touch (half open); empty where they lie outside the text."""
    first = max(0, bisect_left(doc, span.start + 1, key=lambda token: token.idx) - 1)
    while first < len(doc) and doc[first].idx + len(doc[first].text) <= span.start:
        first += 1
    return first, max(first, bisect_left(doc, span.end, key=lambda token: token.idx))


class NamingIndex:
    """Finds the naming at a token."""

    def __init__(self, namings: Sequence[Naming], size: int) -> None:
        self.at: list[int] = [-1] * size
        self.namings = namings
        for n, naming in enumerate(namings):
            for token in range(naming.start, naming.end):
                self.at[token] = n

    def of(self, token: int) -> Naming | None:
        """The naming that the token belongs to."""
        n = self.at[token] if 0 <= token < len(self.at) else -1
        return self.namings[n] if n >= 0 else None


def is_stop(token: "Token") -> bool:
    """Whether it is a mark that ends a phrase; the hyphen of "Anti-Defamation" ends none."""
    inside = token.text in {"-", "–"} and not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_
    return token.text in _STOPS and not inside


def _stops(token: "Token", start: int, index: NamingIndex) -> bool:
    """Whether the head phrase ends before this token."""
    naming = index.of(token.i)
    if naming is not None and naming.start < token.i:
        return False
    if is_stop(token):
        return True
    if (token.is_space and "\n" in token.text) or token.tag_ in {"WDT", "WP", "WP$", "WRB"}:
        return True
    if token.i == start or _is_in_compound(token):
        return False
    if token.tag_ == "CC" and token.text.lower() in {"and", "or"}:
        return True
    if token.tag_ in {"IN", "TO", "MD", "VBD", "VBZ", "VBP"}:
        return not (folded(token.text) in OFFICES and _is_person(index.of(token.i + 1)))  # "Police constable Ann Lee"
    if token.tag_ == "DT" and token.nbor(-1).tag_[:2] == "NN":
        return True  # "the company this year announced"
    return token.tag_ in {"VBG", "VBN"} and token.dep_ in {"acl", "relcl"}


def _is_in_compound(token: "Token") -> bool:
    """Whether it is a word inside "mum-of-three"."""
    before = token.nbor(-1) if token.i else token
    return before.text == "-" and not before.whitespace_ and token.i > 1 and not token.nbor(-2).whitespace_


def phrase_at(doc: "Doc", first: int, end: int, index: NamingIndex) -> Phrase | None:
    """The mention in tokens `first..end` taken apart; None where there is no word in it. A long one is cut short."""
    end = min(end, first + _LONGEST_MENTION)
    while first < end and (doc[first].is_punct or doc[first].is_space or _leads(doc[first], index)):
        first += 1
    while end > first and (
        doc[end - 1].is_space or doc[end - 1].text in {",", ".", ":", "—", "--", "’s", "'s", "’", "'"}
    ):
        end -= 1
    if first >= end:
        return None
    stop = first + 1
    while stop < end and not _stops(doc[stop], first, index):
        stop += 1
    while stop > first + 1 and (doc[stop - 1].tag_ == "POS" or doc[stop - 1].is_space or _is_day(doc[stop - 1])):
        stop -= 1
    last = index.of(end - 1)
    if last is not None and last.start >= stop and _ends_description(doc, first, stop, last, index):
        stop = last.end
    name = index.of(stop - 1)
    if name is not None and _is_one_of_a_group(doc, name):
        name = None
    if name is not None and name.end > stop:
        stop = min(name.end, end)
    if name is None:
        name = (
            _described_at_length(doc, stop, end, index)
            or _apposed(doc, stop, end, index)
            or _called(doc, stop, end, index)
        )
    return Phrase(
        first,
        stop,
        end,
        name,
        _joined(doc, name, end, index),
        _owner(doc, first, stop, index),
        _by(doc, stop, end, index),
    )


def _is_day(token: "Token") -> bool:
    """Whether it tells when, behind who: "the governor Monday"."""
    return token.ent_type_ == "DATE" and token.tag_ == "NNP" and token.nbor(-1).tag_[:2] == "NN"


def _ends_description(doc: "Doc", first: int, stop: int, last: Naming, index: NamingIndex) -> bool:
    """Whether all before a person's name describes them: "dating coach and matchmaker Ann Lee", "shop steward and
    Hall of Famer Ann Lee", "Fight for Pay director Ann Lee", no list of people.
    """
    if last.kind != "person" or not last.name.first:
        return False
    noun = doc[last.start - 1]
    if doc[stop].tag_ == "IN" and noun.tag_ == "NN" and is_human(noun.text):
        return not is_human(doc[stop - 1].text) and doc[first].tag_ != "DT"
    linked = [token for token in doc[first : last.start] if index.at[token.i] < 0]
    titled = bool(last.name.titles) and noun.tag_ == "-RRB-"  # "Lee Lines (LEE) CEO Ann Lee"
    noun_before = is_human(noun.text) or (noun.dep_ == "compound" and noun.text.islower()) or index.at[noun.i] >= 0
    return (
        (noun_before or titled)
        and (titled or any(is_human(token.text) for token in linked))
        and all(token.tag_[:2] in _DESCRIBING or token.tag_ in _BESIDE for token in linked)
        and not any(_is_person(index.of(token.i)) for token in doc[first : last.start])
    )


def _leads(token: "Token", index: NamingIndex) -> bool:
    return token.text.lower() in _LEAD and token.tag_ in {"IN", "TO", "CC", "VBG"} and index.of(token.i) is None


def _is_one_of_a_group(doc: "Doc", name: Naming) -> bool:
    """Whether a group's name in the singular describes one person ("the Kentucky Republican")."""
    return (
        name.kind == "group"
        and name.start > 0
        and doc[name.end - 1].tag_ in {"NNP", "NN", "JJ"}
        and (doc[name.start - 1].text.lower() in {"the", "a", "an"} and folded(doc[name.end - 1].text) in DESCRIPTIONS)
    )


def _described_at_length(doc: "Doc", stop: int, end: int, index: NamingIndex) -> Naming | None:
    """The person named last of all: "former secretary of state and presidential frontrunner Jane Doe"."""
    upto = stop
    while upto < end and not is_stop(doc[upto]) and doc[upto].tag_ not in {"WDT", "WP", "WP$"}:
        upto += 1
    naming = index.of(upto - 1)
    if naming is None or naming.kind != "person" or naming.start <= stop:
        return None
    before = doc[naming.start - 1]
    titled = naming.core > naming.start and before.tag_ == "CC"
    ends = is_complement(naming) or is_of_a_body(doc, naming, index) or before.tag_ in {"NNS", "VBG"}
    office = ends and _is_office(doc[stop - 1]) and not any(is_human(token.text) for token in doc[stop : naming.start])
    return naming if before.tag_ in {"NN", "JJ"} or titled or office else None


def _is_office(token: "Token") -> bool:
    """Whether a noun is an office, or what one person is to a body: "CEO", no "spokesman" or "member" of somebody.

    Of 11,315 statements of 789 public stories that nobody had looked at four get the name of who has an office behind
    what it is for (`is_of_a_body`, and how names are parted from offices), all of them rightly.
    """
    noun = folded(token.text)
    return noun in OFFICES or (token.tag_ in {"NN", "NNP"} and is_human(noun) and noun not in SOURCES)


def is_complement(naming: Naming) -> bool:
    """Whether the words before the name end what an office is for: "Secretary for Trade and Industry Ann Lee"."""
    return bool(naming.name.titles) and not is_title(naming.name.titles[-1])


def is_of_a_body(doc: "Doc", naming: Naming, index: "NamingIndex") -> bool:
    """Whether a person's name follows what an office is of: "Secretary of State Ann Lee", "envoy to the UN Ann Lee"."""
    before = index.of(naming.start - 1) if naming.start > 1 and naming.name.first else None
    if before is None or before.kind not in {"organisation", "place"} or before.start < 2:
        return False
    at = before.start - 1
    return doc[at - (doc[at].lower_ == "the")].lower_ in OF_OFFICES


def _apposed(doc: "Doc", stop: int, end: int, index: NamingIndex) -> Naming | None:
    """Who is named right behind a noun and a comma: "his spokesman, Ann Lee", "the ship's owner, Lee Lines"."""
    head, stop = doc[stop - 1], _behind_complement(doc, stop, end)
    end = len(doc) if stop == end else end  # the mention breaks off right before the comma
    if stop + 1 >= end or doc[stop].text not in _APPOSING:
        return None
    start, least = stop + 1 + (doc[stop + 1].tag_ in {"DT", "PRP$"}), min(stop + 9, end)
    while start < least and _tells(doc[start]) and not _is_person(index.of(start)):
        start += 1  # "her opponent, former Democratic state Sen. Ann Lee,", "a neighbour, 43-year-old plumber Abe Orr,"
    start = start if _is_person(index.of(start)) else stop + 1
    naming = index.of(start)
    if naming is None or naming.start != start or not _names_the_head(head, naming):
        return None
    after = doc[naming.end].text if naming.end < len(doc) else "."
    return naming if naming.end >= end or after in _BEHIND_NAMES or doc[naming.end].is_space else None


def _tells(token: "Token") -> bool:
    """Whether a word can say what somebody is, in front of a name; the parser takes some an "advocate" for a verb."""
    return token.tag_ in _TELLING or (token.tag_[:1] == "V" and is_human(token.text))


def _is_person(naming: Naming | None) -> bool:
    return naming is not None and naming.kind == "person"


def _behind_complement(doc: "Doc", stop: int, end: int) -> int:
    """Where the "for the mayor" of "a spokesman for the mayor, Ann Lee," ends."""
    if stop + 2 < end and doc[stop].text == "and" and is_human(doc[stop + 1].text) and doc[stop + 2].text == ",":
        return stop + 2  # "her mother and coach, Ana Lee"
    if stop < end and doc[stop].tag_ in {"WDT", "WP"}:  # "the firm which owns the line, Lee Petroleum,"
        return next((at for at in range(stop, end) if doc[at].text == ","), stop)
    if stop >= end or doc[stop].tag_ not in {"IN", "TO"}:
        return stop
    if doc[stop].text.lower() in {"for", "of", "at"} or is_human(doc[stop - 1].text):
        upto = next((at for at in range(stop, end) if is_stop(doc[at]) or _is_finite(doc[at])), end)
        return upto if upto < len(doc) and doc[upto].text == "," else stop
    return stop


def _is_finite(token: "Token") -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBN"


def _names_the_head(head: "Token", naming: Naming) -> bool:
    """Whether a name behind the comma can be the noun's: a person's, or a body's behind a noun for a body."""
    if naming.kind == "organisation":
        noun = head.text.lower()
        return noun in _OWNED_BODIES or (head.tag_ == "NNS" and noun.removesuffix("s") in _OWNED_BODIES)
    return naming.kind == "person"


def _called(doc: "Doc", stop: int, end: int, index: NamingIndex) -> Naming | None:
    """The person of "a woman named Ann", "a man who gave his name only as “Tex”"."""
    end = len(doc) if stop == end else end
    for at in range(stop, min(end, stop + _LONGEST_CALL)):
        naming = index.of(at)
        if naming is not None and naming.start == at:
            before = [token.lower_ for token in doc[stop:at] if token.text not in _MARKS]
            named = before[:1] in (["named"], ["called"]) and len(before) == 1
            called = before[-1:] in (["as"], ["name"]) and not _NAMES_ONESELF.isdisjoint(before)
            return naming if (named and naming.kind == "person") or called else None
    return None


def _joined(doc: "Doc", name: Naming | None, end: int, index: NamingIndex) -> tuple[Naming, ...]:
    """All the people or bodies of "A, B and C" when the mention is such a list."""
    if name is None:
        return ()
    found = [name]
    for at in range(name.end, end):
        other = index.of(at)
        if other is None or other is found[-1] or other.start != at or other.kind != name.kind:
            continue
        head, linked = doc[other.end - 1], False
        for _ in range(3):
            linked = head.dep_ == "conj" and index.of(head.head.i) in found
            if linked or head.head.i == head.i or index.of(head.head.i) is not other:
                break
            head = head.head
        between = {token.text.lower() for token in doc[found[-1].end : other.start]}
        if linked and between & {"and", ","}:
            found.append(other)
    return tuple(found) if len(found) > 1 and _has_and(doc, found) else ()


def _has_and(doc: "Doc", found: Sequence[Naming]) -> bool:
    return any(token.text.lower() in {"and", "&"} for token in doc[found[-2].end : found[-1].start])


def _owner(doc: "Doc", first: int, stop: int, index: NamingIndex) -> int | None:
    """The token of the possessor ("his", "Trump's") or the modifying name ("the Trump campaign")."""
    return next((at for at in range(stop - 2, first - 1, -1) if index.at[at] >= 0 or doc[at].tag_ == "PRP$"), None)


def _by(doc: "Doc", stop: int, end: int, index: NamingIndex) -> Naming | None:
    linked = (at for at in range(stop, end) if doc[at].text.lower() in {"by", "from", "of", "on", "at", "in"})
    return next((one for at in range(next(linked, end), end) if (one := index.of(at)) is not None), None)
