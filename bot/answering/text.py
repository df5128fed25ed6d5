"""Words, stems and sentences as answering compares them: light, quick, and with offsets into what was given.

Nothing here parses English; a question passes through in well under a millisecond.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from index.story import Span

_WORD = re.compile(r"[#@]?\w+(?:[’'.&-]\w+){0,20}\.?(?<=\b\w\.)|[#@]?\w+(?:[’'&-]\w+)*")
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "it",
        "its",
        "it's",
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "they",
        "them",
        "their",
        "theirs",
        "we",
        "us",
        "our",
        "you",
        "your",
        "i",
        "me",
        "my",
        "mine",
        "one",
        "ones",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "and",
        "or",
        "but",
        "if",
        "so",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "over",
        "to",
        "up",
        "with",
        "about",
        "against",
        "after",
        "before",
        "between",
        "during",
        "than",
        "then",
        "too",
        "very",
        "just",
        "only",
        "also",
        "again",
        "not",
        "no",
        "nor",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "doing",
        "done",
        "have",
        "has",
        "had",
        "having",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "s",
        "t",
        "re",
        "ve",
        "ll",
        "d",
        "m",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "don't",
        "doesn't",
        "didn't",
        "won't",
        "wouldn't",
        "can't",
        "couldn't",
        "shouldn't",
        "hasn't",
        "haven't",
        "hadn't",
        "say",
        "says",
        "said",
        "saying",
        "tell",
        "tells",
        "told",
        "telling",
        "get",
        "gets",
        "got",
        "getting",
        "some",
        "any",
        "all",
        "more",
        "most",
        "other",
        "such",
        "own",
        "same",
        "because",
        "while",
        "until",
        "through",
        "down",
        "further",
        "once",
        "both",
        "each",
        "few",
        "thing",
        "things",
        "something",
        "anything",
        "really",
        "actually",
        "even",
        "ever",
        "still",
        "that's",
        "he's",
        "she's",
        "they're",
        "they've",
        "he'll",
        "she'll",
        "they'll",
        "i'm",
        "i've",
        "you're",
        "let's",
        "like",
        "story",
        "article",
        "news",
        "piece",
        "report",
    ]
)
_SUFFIXES = (
    ("ational", ""), ("ization", "iz"), ("isation", "iz"), ("fulness", ""), ("ousness", ""), ("iveness", ""),
    ("ically", "ic"), ("ations", ""), ("ation", ""), ("ating", ""), ("ators", ""), ("ator", ""), ("ated", ""),
    ("ates", ""), ("ate", ""), ("ative", ""), ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""), ("ingly", ""),
    ("edly", ""), ("ities", ""), ("ity", ""), ("ians", "ia"), ("ian", "ia"), ("ions", ""), ("ion", ""), ("ings", ""),
    ("ing", ""), ("iers", "y"), ("ies", "y"), ("ied", "y"), ("ness", ""), ("less", ""), ("able", ""), ("ible", ""),
    ("ances", ""), ("ance", ""), ("ences", ""), ("ence", ""), ("ers", ""), ("ors", ""), ("er", ""), ("or", ""),
    ("est", ""), ("ely", ""), ("ly", ""), ("ed", ""), ("es", ""), ("als", ""), ("al", ""), ("ive", ""), ("ous", ""),
    ("ful", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_IRREGULAR = {
    "lied": "lie", "lying": "lie", "lies": "lie", "dying": "die", "died": "die", "met": "meet", "meeting": "meet",
    "meetings": "meet", "meets": "meet", "went": "go", "gone": "go", "goes": "go", "going": "go", "made": "make",
    "making": "make", "ran": "run", "running": "run", "won": "win", "winning": "win", "lost": "lose", "losing": "lose",
    "thought": "think", "felt": "feel", "knew": "know", "known": "know", "took": "take", "taken": "take",
    "gave": "give", "given": "give", "sent": "send", "spoke": "speak", "spoken": "speak", "paid": "pay", "kept": "keep",
    "left": "leave", "held": "hold", "built": "build", "bought": "buy", "sold": "sell", "women": "woman", "men": "man",
    "children": "child", "kids": "child", "kid": "child", "people": "person", "wrote": "write", "written": "write",
    "wife": "wif", "wives": "wif", "better": "good", "best": "good", "worse": "bad", "worst": "bad", "fought": "fight",
    "taught": "teach", "stood": "stand", "began": "begin", "begun": "begin", "became": "become", "stole": "steal",
    "stolen": "steal", "swore": "swear", "sworn": "swear", "broke": "break", "broken": "break", "chose": "choo",
    "chosen": "choo", "drove": "driv", "driven": "driv", "fell": "fal", "fallen": "fal", "flew": "fly",
    "flown": "fly", "forgot": "forget", "forgotten": "forget", "found": "find", "grew": "grow", "grown": "grow",
    "hid": "hid", "hidden": "hid", "lent": "lend", "rose": "ris", "risen": "ris", "saw": "see", "seen": "see",
    "shook": "shak", "shot": "shoot", "slept": "sleep", "spent": "spend", "struck": "strik", "threw": "throw",
    "thrown": "throw", "told": "tel", "understood": "understand", "wore": "wear", "worn": "wear", "brought": "bring",
    "caught": "catch", "came": "com", "drew": "draw", "drawn": "draw", "led": "lead", "meant": "mean", "sang": "sing",
    "sank": "sink", "sunk": "sink", "sought": "seek", "withdrew": "withdraw", "withdrawn": "withdraw",
}  # fmt: skip


_REMEMBERED = 8_192  # texts, mostly sentences of stories: every question looks at the same ones again
_FEWER_REMEMBERED = 1_024  # where the text may be a whole story, which then stays in memory


class Word(NamedTuple):
    """One word with where it stands."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=_REMEMBERED)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order, with apostrophes and inner dots kept ("don't", "U.S.", "@SenWarren")."""
    return tuple(Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(text))


def plain(word: str) -> str:
    """The word in lower case, straight-quoted, without a possessive ending or dots between letters."""
    word = word.casefold().replace("’", "'")
    word = word.removesuffix("'s").removesuffix("'")
    return word.replace(".", "") if "." in word else word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What "resign", "resigns", "resigned" and "resignation" have in common; a rough cut, used on both sides alike."""
    word = plain(word).lstrip("#@")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for _ in range(2):
        for ending, instead in _SUFFIXES:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: len(word) - len(ending)] + instead
                break
        else:
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeio":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def is_stop(word: str) -> bool:
    """Whether a word carries too little to search for."""
    return word.casefold().replace("’", "'") in _STOP


@lru_cache(maxsize=_REMEMBERED)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, in order, repeats kept."""
    found = map(_content_stem, _WORD.findall(text))
    return tuple(one for one in found if one is not None)


@lru_cache(maxsize=50_000)
def _content_stem(word: str) -> str | None:
    """The stem of a word that carries meaning; None for the others."""
    return None if is_stop(word) or not plain(word) else stem(word)


_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9#@])|\n\s*\n")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|No|vs|Inc|Corp|Co|Jan|Feb|Mar|Apr|Aug|"
    r"Sept|Oct|Nov|Dec)"
    r"|\b[A-Z]|\b[A-Z]\.[A-Z])\.$"
)


@lru_cache(maxsize=_FEWER_REMEMBERED)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, roughly: at marks before a capital, at empty lines, not after "Sen." or an initial."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if found.group()[0] == "." and _SHORT.search(text[max(start, found.start() - 8) : found.start() + 1]):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    shorter = text[start:end].rstrip()
    end = start + len(shorter)
    start = end - len(shorter.lstrip())
    if start < end:
        yield Span(start, end)


@lru_cache(maxsize=_FEWER_REMEMBERED)
def around(text: str, span: Span, *, limit: int = 700) -> Span:
    """The sentences in which a span stands, cut to `limit` code points on either side."""
    low, high = max(0, span.start - limit), min(len(text), span.end + limit)
    standing = [
        Span(low + found.start, low + found.end)
        for found in sentences(text[low:high])
        if low + found.start < span.end and span.start < low + found.end
    ]
    if not standing:
        return span
    return Span(min(span.start, standing[0].start), max(span.end, standing[-1].end))


def joined(pieces: Iterable[str]) -> str:
    """The pieces with single spaces between, empty ones left out."""
    return " ".join(piece for piece in pieces if piece)
