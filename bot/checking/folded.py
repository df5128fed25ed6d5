"""A text as the words by which quotations are compared, case, marks, accents and the shape of apostrophes left out, and
what each counts for: little where every text has it, more where few do.

Each word keeps its place in the text, so that what is compared here is shown from there.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
