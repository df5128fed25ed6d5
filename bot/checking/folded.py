"""A text as the words by which quotations are compared, case, marks, accents and the shape of apostrophes left out, and
what each counts for: little where every text has it, more where few do.

Each word keeps its place in the text, so that what is compared here is shown from there. A quotation as somebody gives
it is such words in runs: an ellipsis of any shape, words in square brackets and the cue of a pasted sentence part them,
and say what was left out or put in.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.language import EMPTY_WORDS
from index.remembering import remembered
from index.story import Span

_JOINS = "’'‘ʼ´`\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Inside a word: apostrophes of every shape, and what cannot be seen."""
_WORD = re.compile(rf"\d+(?:[.,]\d+)+|(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[{_JOINS}]{{1,3}}[^\W_]+)*|[%&]")
_SIGNS = {"%": "percent", "&": "and"}
_KEPT_CHARACTERS = 60_000
_FOLDED_CHARACTERS = 80
"""Code points of one word that are compared: what is longer is no word."""
NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot cant wont dont doesnt didnt isnt arent wasnt werent
    shouldnt wouldnt couldnt hasnt havent hadnt mustnt neednt shant aint hardly barely scarcely seldom rarely unless
    except nowhere""".split()
)
_COMMON = frozenset(
    """going go went come came know think thought want wanted need needs make made take took see people time year years
    day today way lot much many good great right new first last one two now well back look believe us im ive youre
    theyre were thats theres dont its hes shes weve ill well id lets cant didnt wont doesnt isnt always put work things
    thing president country american americans world never every never us everybody""".split()
)
_EMPTY = (EMPTY_WORDS - frozenset("many much without yes according itself under".split())) | frozenset(
    """actually against anything article both d even ever few further get gets getting got ll m like news once one ones
    piece re really report saying something still story tell telling tells thing things through told until ve""".split()
)
COMMON_WORD, PLAIN_WORD = 0.2, 0.5
Joint = Literal["ellipsis", "bracket", "cue"]
_ELLIPSIS = r"[\[(<]?\s?(?:…|\.(?:\s?\.){1,5})(?:\s?…)?\s?[\])>]?\.?"
_BRACKET = r"\w{0,30}\[[^\[\]\n]{1,80}\]\w{0,30}"
_APART = re.compile(rf"(?P<ellipsis>{_ELLIPSIS})|(?P<bracket>{_BRACKET})")
_SIC = frozenset({"sic", "emphasis", "laughs", "laughter", "applause", "crosstalk", "inaudible", "pause", "pauses"})
_UNSEEN = str.maketrans("[]", "\u2060\u2060")
_CAPITAL = re.compile(r"\[(\w)\](?=\w)")


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a text in order, and where each begins and ends in it."""

    keys: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    vocabulary: frozenset[str]

    def span(self, first: int, after: int) -> Span:
        """The stretch of the text from one word up to before another."""
        return Span(self.starts[first], self.ends[after - 1])


def words_of(text: str) -> Words:
    """The words of a text; those of a story of usual length are kept for the next question."""
    return _kept(text) if len(text) <= _KEPT_CHARACTERS else _read(text)


def _read(text: str) -> Words:
    keys: list[str] = []
    starts, ends = array("l"), array("l")
    for found in _WORD.finditer(text):
        keys.append(folded(found.group()))
        starts.append(found.start())
        ends.append(found.end())
    return Words(tuple(keys), starts, ends, frozenset(keys))


_kept = remembered(128)(_read)


def keys_of(text: str) -> tuple[str, ...]:
    """The folded words of a short text."""
    return tuple(folded(found.group()) for found in _WORD.finditer(text))


def places_of(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of a short text, each with where it begins and ends."""
    for found in _WORD.finditer(text):
        yield folded(found.group()), found.start(), found.end()


def folded(word: str) -> str:
    """The word as it is compared."""
    word = word[:_FOLDED_CHARACTERS]
    if word in _SIGNS:
        return _SIGNS[word]
    if not word.isascii():
        apart = unicodedata.normalize("NFKD", word)
        word = "".join(sign for sign in apart if not unicodedata.combining(sign) and sign not in _JOINS)
    word = word.replace("'", "").replace("`", "").casefold()
    if word[0].isdigit():
        return word.replace(",", "")
    return word.replace(".", "") if "." in word else word


def denials_in(keys: Iterable[str]) -> list[str]:
    """The words of denial among folded words, as they are named: of "can't" and "cannot" that is “not”."""
    return ["not" if key.endswith(("nt", "cannot")) else key for key in keys if key in NEGATIONS]


def weight_of(key: str) -> float:
    """What a folded word counts for, up to 1."""
    if key in _EMPTY or key in NEGATIONS:
        return COMMON_WORD
    return PLAIN_WORD if key in _COMMON else 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """Words given one after the other: their folded keys, and where each stands in what was given."""

    keys: tuple[str, ...]
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two runs; of a bracket also its words."""

    joint: Joint
    words: tuple[str, ...] = ()
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A quotation in runs, with one gap before each run but the first; `edges` tells what stands before and behind."""

    text: str
    runs: tuple[Run, ...]
    gaps: tuple[Gap, ...]
    before: Gap | None = None
    behind: Gap | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """All words in order."""
        return tuple(key for run in self.runs for key in run.keys)

    @property
    def places(self) -> tuple[Span, ...]:
        """Where each of the words stands in what was given."""
        return tuple(place for run in self.runs for place in run.places)


def read_given(text: str, parts: Sequence[Span] = ()) -> Given:
    """A quotation read; `parts` are the stretches of it that are quoted, where a cue stands between them."""
    pieces: list[Run | Gap] = []
    for number, part in enumerate(parts or (Span(0, len(text)),)):
        if number:
            pieces.append(Gap("cue"))
        pieces += _taken_apart(text, part)
    return _put_together(text, pieces)


def _taken_apart(text: str, part: Span) -> list[Run | Gap]:
    """The runs and gaps of one stretch, in order. A word whose first letter is in brackets is that word."""
    words = part.of(text)
    plain = _CAPITAL.sub("\u2060\\1\u2060", words)
    pieces: list[Run | Gap] = []
    at = 0
    for found in _APART.finditer(plain):
        pieces.append(_run(plain, at, found.start(), part.start))
        place = Span(part.start + found.start(), part.start + found.end())
        if found["ellipsis"]:
            pieces.append(Gap("ellipsis", place=place))
        elif not _says_nothing(found["bracket"]):
            whole = found["bracket"].translate(_UNSEEN)
            inside = tuple(key for key, _, _ in places_of(whole))
            pieces.append(Gap("bracket", inside, place))
        at = found.end()
    pieces.append(_run(plain, at, len(plain), part.start))
    return pieces


def _says_nothing(bracket: str) -> bool:
    inside = {key for key, _, _ in places_of(bracket)}
    return not inside or bool(inside & _SIC) or inside == {"emphasis", "added"}


def _run(text: str, start: int, end: int, offset: int) -> Run:
    found = [(key, Span(offset + start + a, offset + start + b)) for key, a, b in places_of(text[start:end])]
    return Run(tuple(key for key, _ in found), tuple(place for _, place in found))


def _put_together(text: str, pieces: Sequence[Run | Gap]) -> Given:
    """Runs and gaps in turn: runs side by side are one, empty ones are none, of gaps side by side the first counts."""
    runs: list[Run] = []
    gaps: list[Gap] = []
    waiting: Gap | None = None
    before: Gap | None = None
    for piece in pieces:
        if isinstance(piece, Gap):
            waiting = waiting or piece
        elif piece.keys:
            if not runs:
                before = waiting
                runs.append(piece)
            elif waiting is None:
                runs[-1] = Run(runs[-1].keys + piece.keys, runs[-1].places + piece.places)
            else:
                gaps.append(waiting)
                runs.append(piece)
            waiting = None
    return Given(text, tuple(runs), tuple(gaps), before, waiting)
