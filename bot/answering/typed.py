"""What people type, made regular before it is understood: marks, chat spellings and slips in the words that ask.

Only the words that make a question are mended here; names and topics stay as typed, and are matched loosely later.
"""

import re

from bot.answering.text import words

_SLIPS = {
    "wat": "what", "wut": "what", "wot": "what", "waht": "what", "whta": "what", "hwat": "what", "whut": "what",
    "wht": "what", "whats": "what's", "wats": "what's", "whos": "who's", "hows": "how's", "wheres": "where's",
    "whens": "when's", "hwo": "who", "woh": "who", "whoo": "who", "wen": "when", "wher": "where", "wich": "which",
    "whcih": "which", "wy": "why", "didd": "did", "ddi": "did", "dod": "did", "dd": "did", "dose": "does",
    "deos": "does", "siad": "said", "sayd": "said", "sed": "said", "sed:": "said", "sayed": "said", "sadi": "said",
    "saied": "said", "syas": "says", "sez": "says", "sya": "say", "sayin": "saying", "saing": "saying", "tol": "told",
    "abt": "about", "abuot": "about", "bout": "about", "baout": "about", "aboot": "about", "aobut": "about",
    "abou": "about", "r": "are", "u": "you", "ur": "your", "pls": "please", "plz": "please", "ppl": "people",
    "statment": "statement", "respone": "response", "reponse": "response", "responce": "response", "qoute": "quote",
    "qoutes": "quotes", "quot": "quote", "tink": "think", "thnk": "think", "teh": "the", "mentoined": "mentioned",
    "accoring": "according", "acording": "according", "stoires": "stories", "storys": "stories", "summery": "summary",
    "sumary": "summary", "didnt": "didn't", "doesnt": "doesn't", "isnt": "isn't", "shouldnt": "shouldn't",
    "wont": "won't", "cant": "can't", "dont": "don't", "y'all": "you",
}  # fmt: skip
_ASKING = ("what", "who", "when", "where", "which", "how", "why")
_HELPING = ("did", "does")
_MARKUP = re.compile(r"<(?:@[!&]?|#|:\w+:|a:\w+:|t:)[\w:]*>|</[\w -]+:\d+>|https?://\S+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "`": "'", "´": "'"})
_OPENINGS = re.compile(
    r"^(?:(?:so|and|but|ok|okay|hey|hi|hello|well|um+|uh|also|then|now|yo|hmm+|alright|right|oh|please|bot|quick "
    r"question)"
    r"\s*[,:!.-]*\s+(?=\S)"
    r"|(?:(?:can|could|would|will) (?:you|u|someone|anyone) (?:please |kindly |pls )?)?"
    r"(?:tell (?:me|us)|show (?:me|us)|give (?:me|us)|let me know|explain|remind me|list|find(?: me)?|look up|"
    r"check|get me|compare)"
    r"(?: please)?\s*[,:]?\s+(?=(?:what|who|when|where|which|how|why|if|whether|about|all|every|everything|any|"
    r"anything|the|quotes?)\b)"
    r"|(?:do|does|did) (?:you|u|anyone|anybody) (?:know|remember|happen to know)\s+(?=(?:what|who|when|where|which|"
    r"how|why|if|whether)\b)"
    r"|i(?:'d| would)? (?:like|want|need|wanna|am trying) to (?:know|hear|find out|see|learn)\s+"
    r"|i(?:'m| am) (?:wondering|curious|asking)(?: about)?\s+|i wonder\s+"
    r"|(?:any (?:idea|clue)|curious)\s+(?=(?:what|who|when|where|which|how|why)\b))+",
    re.IGNORECASE,
)
_CLOSINGS = re.compile(
    r"(?:[\s,]+(?:please|pls|thanks|thank you|thx|bro|dude|man|lol|exactly|again|tho|though|btw|if anything|at all|"
    r"anyway"
    r"|in (?:this|the) (?:story|article|piece|report|news)|according to (?:this|the) (?:story|article|piece)))+$",
    re.IGNORECASE,
)
LONGEST = 1_000


def tidy(question: str) -> str:
    """The question on one line, straight-quoted, with chat spellings mended and without greetings and thanks around it.

    At most 1,000 characters are looked at: nobody asks in more, and what follows is most often pasted text.
    """
    text = _MARKUP.sub(" ", question[: LONGEST * 4]).translate(_QUOTES)
    text = " ".join(text.split())[:LONGEST]
    text = _mended(text.rstrip(" ?!.,;:…\u203d\uff1f") if not text.endswith(('."', '?"')) else text)
    text = _OPENINGS.sub("", text, count=1)
    shorter = _CLOSINGS.sub("", text)
    return (shorter or text).strip(" ?!,;:")


def _mended(text: str) -> str:
    """Slips in the words that ask, put right; nothing inside quotation marks is touched."""
    outside, mark, inside = text.partition('"')
    found = words(outside)
    pieces, at = [], 0
    for place, word in enumerate(found):
        pieces.append(outside[at : word.start])
        pieces.append(_mend(word.text, place, len(found)))
        at = word.end
    return "".join(pieces) + outside[at:] + mark + inside


def _mend(word: str, place: int, of: int) -> str:
    lower = word.lower()
    if lower in _SLIPS:
        return _SLIPS[lower]
    if place == 0 and of > 2 and lower.isalpha() and lower not in _OPEN_WORDS:
        return _nearest(lower, _ASKING) or word
    if place == 1 and of > 2 and word.islower():
        return _nearest(lower, _HELPING) or word
    return word


_OPEN_WORDS = frozenset(
    [
        "that",
        "this",
        "they",
        "then",
        "than",
        "want",
        "wait",
        "chat",
        "hat",
        "show",
        "whom",
        "whose",
        "was",
        "has",
        "had",
        "how",
        "now",
        "here",
        "there",
        "were",
        "while",
        "white",
        "whole",
        "the",
        "hot",
        "why",
        "way",
        "no",
        "not",
        "new",
        "two",
        "shy",
        "ho",
    ]
)


def _nearest(word: str, wanted: tuple[str, ...]) -> str | None:
    if word in wanted or len(word) < 3:
        return None
    return next((right for right in wanted if len(right) > 2 and one_slip(word, right)), None)


def one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was left out, put in, changed, or swapped with its neighbour."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    rest, other = typed[same:], meant[same:]
    if rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]:
        return True
    return rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
