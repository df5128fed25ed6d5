"""Whether words that a reader found can be what was asked for: of the one asked about, of that kind, counted in that.

A reader marks what looks likeliest, also where it is another's age, or money for years. Nothing here ranks anything.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.answering.ages import BEFORE, LOOKED_AT, aged, is_pronoun, mentions, name_asked
from bot.answering.names import role_tokens
from bot.answering.text import is_stop, plain, stem, stems
from index.story import Span

_BESIDE = 60  # code points beside a name in which its role stands: "Ann Lee, the new chairwoman of the"
_COUNTED = 3  # words after a number, up to the one that it counts: "9,000 poor families"


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a story as they stand there, in a passage."""

    text: str
    span: Span
    passage: Span

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.span.of(self.text)

    @property
    def sentence(self) -> str:
        """The passage."""
        return self.passage.of(self.text)

    @property
    def near(self) -> str:
        """The passage with what stands before it."""
        return self.text[max(0, self.passage.start - BEFORE) : self.passage.end]

    @property
    def whole(self) -> Span:
        """The words, none cut off, with the sign of the money in front and without a comma or the like behind."""
        start = _OPENED.search(self.text, self.passage.start, self.span.start)
        end = _CLOSED.match(self.text, self.span.end, self.passage.end)
        begins = start.start() if start and self.words[0].isalnum() else self.span.start
        ends = end.end() if end and self.words[-1].isalnum() else self.span.end
        return Span(begins, begins + max(1, len(_TRAILING.sub("", self.text[begins:ends]))))

    def beside(self, before: int, after: int) -> str:
        """The words with so much of the passage on either side."""
        start, end = max(self.passage.start, self.span.start - before), min(self.passage.end, self.span.end + after)
        return self.text[start:end]


_SMALL_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|twenty|thirty|forty|fifty|sixty|seventy|"
    "eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|both|several|none?|couple|single|twice|once"
)
_NUMBER = re.compile(rf"\d|\b(?:{_SMALL_NUMBERS})\b", re.IGNORECASE)
_MONEY = re.compile(
    r"[$£€¥]|\b(?:dollars?|pounds?|euros?|cents?|pence|yen|kroner|kronor|yuan|rupees?|francs?|pesos?)\b"
)
_SHARE = re.compile(r"%|\b(?:percent|per cent|half|third|quarter|fifth|twice|double|triple|times)\b", re.IGNORECASE)
_TIMES = r"(?:second|minute|hour|day|night|week|weekend|month|year|decade|centur(?:y|ie)|season)s?"
_DURATION = re.compile(
    rf"(?:\b|-){_TIMES}\b|\b(?:since|until|till|for ?ever|life|overnight)\b|\b\d{{4}}\b", re.IGNORECASE
)
_LENGTH = re.compile(
    r"%|\b(?:percent|per cent|miles?|(?:kilo|centi|milli)?met(?:re|er)s?|km|cm|yards?|feet|foot|ft|inch(?:es)?|acres?|"
    r"blocks?|light.years?|points?)\b|\d ?m\b|-(?:mile|meter|metre|foot|yard|inch)\b", re.IGNORECASE
)  # fmt: skip
_WHEN = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|days?\b|\b(?:morning|evening|noon|midnight|"
    r"afternoon|tonight|nights?|weeks?|weekend|months?|years?|decades?|century|centuries|tomorrow|ago|spring|summer|"
    r"autumn|fall|winter|last|next|now|early|earlier|late|later|soon|recently|christmas|easter|ramadan|seasons?|time|"
    r"after|before|when|while|during|as|once|until|since|by|upon|following|if)\b", re.IGNORECASE
)  # fmt: skip
_BARE_DAY = re.compile(r"\W*(?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday)\W*", re.IGNORECASE)
_COSTS = re.compile(r"\b(?:cost|costs|pay|paid|spend|spent|worth|owe|earn|earned|salary|wage|fine|price|money|cash)\b")
_OPENED = re.compile(r"(?:(?:\b[A-Z]{1,3})?[$£€¥])?\w*$")
_CLOSED = re.compile(r"\w*")
_TRAILING = re.compile(r"[,;:]+$|(?<=\d)\.$")
_LARGE = re.compile(r"\b(?:thousand|[mb]illion|trillion)s?\b")
_STOP = re.compile(r"[,.;:!?()](?:\s|$)")
_OTHERS = re.compile(r"\s(?:[a-z]+ )?(?!years\b|times\b)[a-z]{3,}s\b")
_DONE = re.compile(r"\b(\w+ed|said|told|says|wrote|spoke|made|met|won|lost)(?: \w+sel(?:f|ves))?,? $")
_YEARS = re.compile(
    r"(?<![\d,.$£€])\d{1,3}\b(?![,.]?\d|-(?!years?-old\b)| (?!years?[- ]old\b|and\b|when\b)\w|%)", re.IGNORECASE
)
_NAMED = re.compile(r"([A-Z][\w’'-]+), (?:now |aged? )?$")
_NAME = re.compile(r"(?<=[ “\"'(-])(?:[A-Z][a-z][\w’'-]+)(?: [A-Z][a-z][\w’'-]+)*")  # letters alone may be spelt out
_BEGINNING = 4
_VERB = r"(?:is|are|was|were|did|do|does|have|has|had|will|would|can|could|may|might|must|should)"
_ROLE = re.compile(
    r"^(?i:who(?:['’]s| is| are| was| were)) (?:the |an? |[\w’' .]+['’]s? )([\w’' -]+?)"
    r"(?:,? (?:of|for|at|in|from|to|with|on|behind) .+)?$"
)
_NAME_OF = re.compile(
    r"\bnames? (?:of|for) (?:the |an? |his |her |their |this |[\w ]+['’]s? )?([\w-]+)|\b([\w-]+)['’]s? name$"
    r"|['’]s? ([\w-]+) (?:called|named)$",
    re.IGNORECASE,
)


def fits(question: str, place: Place) -> bool:
    """Whether words can be the answer to a question of fact, as far as can be told from their kind and their place."""
    bare = " ".join(question[:LOOKED_AT].split()).rstrip("?!. ")
    if not _adds(bare, place):
        return False
    whose = aged(bare)
    if whose is not None:
        return _fits_age(whose, place)
    if not _is_about(bare, place):
        return False
    kind = next(((check, match) for pattern, check in _KINDS if (match := pattern.search(bare))), None)
    return kind is None or kind[0](kind[1], place)


def names_in(question: str) -> tuple[str, ...]:
    """The names in a question: words that are capitalised though they need not be, those in a row together."""
    found = () if question.isupper() or question.istitle() else _NAME.findall(question, 1)
    return tuple(name for name in found if not is_stop(name) and not _BARE_DAY.fullmatch(name))


def is_named(name: str, text: str) -> bool:
    """Whether a text (in lower case) has a word of a name, or one of the same beginning ("Iraq" for "Iraqi")."""
    return any(
        re.search(rf"\b{re.escape(plain(word)[:_BEGINNING])}", text) for word in name.split() if not is_stop(word)
    )


def _is_about(question: str, place: Place) -> bool:
    """Whether the passage, or what stands before it, has every name that is asked about, and a word of the rest."""
    names = names_in(question)
    if names:
        near = place.near.casefold()
        return all(is_named(name, near) for name in names)
    asked = {*stems(question), *(stem(token) for token in role_tokens(question) if not is_stop(token))}
    return not asked or not (asked.isdisjoint(stems(place.sentence)) and asked.isdisjoint(stems(place.near)))


def _adds(question: str, place: Place) -> bool:
    """Whether words say something that the question does not: a number, or a word of meaning."""
    return _NUMBER.search(place.words) is not None or not set(stems(place.words)) <= set(stems(question))


def _fits_age(whose: str, place: Place) -> bool:
    """A number that can be an age, where the one asked about is named near it and nobody else is given it."""
    years = _YEARS.search(place.beside(0, 12))
    if not years or not _NUMBER.search(place.words):
        return False
    name = () if is_pronoun(whose) else name_asked(whose, (place.text,))
    if not name:
        return is_pronoun(whose) or not set(stems(whose)).isdisjoint(stems(place.sentence))
    near = Span(max(0, place.passage.start - BEFORE), place.passage.end)
    other = _NAMED.search(place.text[place.passage.start : place.span.start])
    return any(mentions(name, place.text, near)) and (other is None or other[1] == name[-1])


def _fits_count(match: re.Match[str], place: Place) -> bool:
    """A number that counts what was asked: not money, nor other things where those asked about are named too."""
    counted = set(stems(match[1]))
    number = next(reversed([*_NUMBER.finditer(place.words)]), None)
    if number is None or (_MONEY.search(place.beside(2, 0)) and not _MONEY.search(match[1])):
        return False
    following = _STOP.split(place.text[place.span.start + number.end() : place.passage.end], maxsplit=1)[0]
    if not counted or not counted.isdisjoint(stems(" ".join(following.split()[:_COUNTED]))):
        return True
    if re.match(_TIMES + r"\b", match[1], re.IGNORECASE):
        return False
    return not _OTHERS.match(following) or counted.isdisjoint(stems(place.sentence))


def _fits_amount(match: re.Match[str], place: Place) -> bool:
    """Money for what is paid, a time for a time; else anything but a plain number of things."""
    if stems(match[1])[-1:] == (stem("time"),):
        return _fits_time(match, place)
    said = place.beside(2, 14)
    if _MONEY.search(said) or _SHARE.search(said) or _LARGE.search(said):
        return True
    if _COSTS.search(match.string):
        return False
    return not _NUMBER.search(place.words) or not _OTHERS.match(place.text, place.span.end)


def _fits_time(match: re.Match[str], place: Place) -> bool:
    return _DURATION.search(place.beside(0, 12)) is not None


def _fits_long(match: re.Match[str], place: Place) -> bool:
    said = place.beside(0, 12)
    return bool(_DURATION.search(said) or _LENGTH.search(said))


def _fits_measure(match: re.Match[str], place: Place) -> bool:
    return _NUMBER.search(place.words) is not None


def _fits_when(match: re.Match[str], place: Place) -> bool:
    """A time, and not a day that goes with another verb: "recused himself Thursday" says only when that was."""
    if not _WHEN.search(place.words):
        return False
    done = _DONE.search(place.text[max(place.passage.start, place.span.start - _BESIDE) : place.span.start])
    if not done or not _BARE_DAY.fullmatch(place.words) or stem(done[1]) in stems(match.string):
        return True
    return set(stems(match.string)) <= set(stems(place.sentence))


def _fits_role(match: re.Match[str], place: Place) -> bool:
    """A role beside its holder: "Mayor Ann Lee", "Ann Lee, who chairs the council"."""
    role = role_tokens(match[1])
    return not role or is_named(role[-1], place.beside(_BESIDE, _BESIDE).casefold())


def _fits_name(match: re.Match[str], place: Place) -> bool:
    """The name of something that is spoken of near it."""
    thing = stems(next(part for part in match.groups() if part))
    return not thing or not set(thing).isdisjoint(stems(place.near))


_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Place], bool]], ...] = (
    (re.compile(rf"\bhow many ((?:(?!{_VERB}\b|(?:of|in|on|at|for)\b)[\w-]+ ?)*)", re.IGNORECASE), _fits_count),
    (re.compile(rf"\bhow much\b ?((?:(?!{_VERB}\b|(?:of|in|on|at|for)\b)[\w-]+ ?)*)", re.IGNORECASE), _fits_amount),
    (re.compile(r"\bhow long\b", re.IGNORECASE), _fits_long),
    (re.compile(r"\bhow (?:far|tall|high|deep|wide|heavy|fast)\b", re.IGNORECASE), _fits_measure),
    (re.compile(rf"^when {_VERB}\b", re.IGNORECASE), _fits_when),
    (_ROLE, _fits_role),
    (_NAME_OF, _fits_name),
)
