"""Titles, outlets and authors as people call them: without sections, addresses, offices and what else clings."""

import re
from collections.abc import Collection, Iterable, Sequence

from index.language.lists import pairs_in, words_in
from index.language.phrases import Phrases, line_words
from index.language.words import parts_of_names, plain_words

_PARTS = re.compile(r"\s+(?:[|·•»«›‹]|::|//)\s*|\s*(?:[|•»])\s+|\s+[-–—]\s+")
_DOMAINS = frozenset("com org net co uk gov edu info tv news io us au ca ie nz in za eu int me biz il de fr".split())
_NO_OUTLETS = words_in("no_outlets")
_NO_NAMES = words_in("no_names")
_ROLES = Phrases(
    "staff|writer|reporter|correspondent|editor|columnist|producer|contributor|chief|bureau|analyst|journalist|fellow",
    "professor|director|author|blogger|critic|host|anchor|photographer|intern|freelance*|special_to|for_the|for_cnn",
    "opinion|news|times|post|press|media|digital",
)
_BY = re.compile(
    r"^\W*(?:(?:words|written|reported|report|story|posted|published|reporting|analysis|opinion|commentary|review"
    r"|text|article|compiled|edited|submitted)\s+)?by\s*:?\s+|^\W*(?:author|authors|writer|reporter)\s*:\s*"
    r"|^\W*from\s+(?=[A-Z]\w+ [A-Z])",
    re.IGNORECASE,
)
_ENDS_NAMES = re.compile(
    r"\s*(?:[|@•·(]|\d|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day\b|\b(?:published|updated|posted|filed|last"
    r"|on|for|tags?)\b|https?:"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? \d|\b[a-z]+"
    r" (?:\w+ )?(?:correspondent|reporter|writer|editor|columnist|producer)s?\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*[,;|/•·]\s*|\s+(?:and|with|&|AND|And)\s+|\s+[–—-]+\s+|\s{2,}|\s+(?=\()|\s+(?:in|at|for|on) (?=[A-Z])"
)
_PARTICLES = frozenset("de la le del della der den van von da di dos du bin ibn al el ben y e st ter ten af".split())
LONGEST_NAME = 50
LONGEST_TITLE = 300


def key(text: str) -> str:
    """A text as it is compared: its words in small letters."""
    return " ".join(plain_words(text.casefold()))


def squash(text: str) -> str:
    """A name as addresses write it: letters and figures, without “the”."""
    return "".join(plain_words(text.casefold().removeprefix("the ")))


def parts_of(title: str) -> list[str]:
    """The parts of a title that its marks set apart."""
    return [part.strip() for part in _PARTS.split(title) if part and part.strip()]


def bare_title(title: str, outlets: Collection[str], host: str) -> str:
    """A title without the names of the site and its sections at its ends; a dash inside a headline stays."""
    known = {squash(name) for name in outlets if name} - {""}
    for opening, closing in (_first_part(title), _last_part(title)):
        for end, rest in ((opening, closing), (closing, opening)):
            if rest and end and _is_site(end, known, host) and len(key(rest).split()) >= 2:
                return bare_title(rest, outlets, host)
    hard = [part.strip() for part in title.replace("»", "|").replace(" :: ", "|").split("|") if part.strip()]
    if len(hard) > 1:
        longest = max(hard, key=lambda part: len(key(part).split()))
        if len(key(longest).split()) >= 3:
            return bare_title(longest, outlets, host) if longest != title else title
    return title[:LONGEST_TITLE]


def rest_of_title(title: str, headlines: Iterable[str]) -> str | None:
    """The part of a title behind or before a headline of the page: the site's name, if it looks like one."""
    shown = {key(headline) for headline in headlines} - {""}
    before, rest = _first_part(title)
    story, behind = _last_part(title)
    names = [
        name
        for name, other in ((behind, story), (before, rest))
        if name and any(key(other).startswith(one) for one in shown)
    ]
    good = (name for name in names if _is_outlet(name) and len(name.split()) <= 6 and name[0].isupper())
    return next(good, None)


def _first_part(title: str) -> tuple[str, str]:
    if cut := _PARTS.search(title):
        return title[: cut.start()].strip(), title[cut.end() :].strip()
    before, colon, behind = " ".join(title.split()).partition(": ")
    return (before, behind) if colon else ("", "")


def _last_part(title: str) -> tuple[str, str]:
    cuts = list(_PARTS.finditer(title))
    return (title[: cuts[-1].start()].strip(), title[cuts[-1].end() :].strip()) if cuts else ("", "")


def _is_site(part: str, known: set[str], host: str) -> bool:
    """Whether a part of a title is the site's name: as it calls itself, or as its address has it."""
    name = squash(part)
    if not name or len(key(part).split()) > 7:
        return False
    labels = [label for label in host.casefold().split(".") if len(label) > 2]
    return name in known or _is_address(part.strip()) or any(
        name == label.replace("-", "") or (len(name) > 4 and name == label.replace("-", "").removeprefix("the"))
        for label in labels
    )  # fmt: skip


def overlap(one: str, other: str) -> float:
    """How many of the first one's words the other has."""
    words, theirs = key(one).split(), set(key(other).split())
    return sum(word in theirs for word in words) / len(words) if words else 0.0


def outlet_name(said: Iterable[str | None], title: str, host: str) -> str | None:
    """The outlet as people call it: as the page names it, or by the part of its title that its address is made of."""
    named = [" ".join(name.split()) for name in said if name and name.strip()]
    good = [name for name in named if _is_outlet(name)]
    known = _known_outlet(host)
    labels = host.casefold().split(".")
    parts = [part for part in parts_of(title)[1:] if _is_outlet(part) and len(part.split()) <= 6]
    fitting = [part for part in parts if _fits(part, labels)]
    if good:
        return _without_address(good[0])
    if fitting:
        return fitting[-1]
    if known:
        return known
    return next(iter(named), None) if not host and named and key(named[0]) not in _NO_OUTLETS else None


def _is_address(text: str) -> bool:
    host, _, path = text.casefold().removeprefix("https://").removeprefix("http://").partition("/")
    *labels, last = host.split(".")
    return bool(labels) and last in _DOMAINS and all(map(plain_words, labels)) and len(f"{host}{path}".split()) == 1


def _is_outlet(name: str) -> bool:
    return (
        1 < len(name) <= 60 and not _is_address(name) and key(name) not in _NO_OUTLETS and any(map(str.isalpha, name))
    )


def _without_address(name: str) -> str:
    """A name of which the address is left out where it is told too ("The Courier | courier.example")."""
    parts = [part for part in parts_of(name) if _is_outlet(part)]
    return parts[0] if parts else name


def _fits(name: str, labels: Sequence[str]) -> bool:
    """Whether an address may be made of a name: its words together, or their first letters."""
    together = squash(name)
    letters = "".join(word[0] for word in key(name).split())
    fuller = "".join(plain_words(name.casefold()))
    return any(
        label
        and (
            label in (together, fuller, letters)
            or (len(label) > 3 and (together.startswith(label) or label.startswith(together)))
        )
        for label in (one.replace("-", "") for one in labels[:-1])
    )


def _known_outlet(host: str) -> str | None:
    """The outlet of a page that mostly is called by its address alone, as people call it."""
    labels, known = host.casefold().split("."), pairs_in("outlets")
    return next((known[name] for at in range(len(labels)) if (name := ".".join(labels[at:])) in known), None)


def author_names(said: str | None, outlet: str | None) -> list[str]:
    """The people in a byline, each by their name alone; nobody where it names an office, a day or the outlet itself."""
    text = _BY.sub("", " ".join((said or "").split())[:400], count=1)
    ends = _ENDS_NAMES.search(text)
    found: dict[str, None] = {}
    for part in _BETWEEN.split(text[: ends.start()] if ends and ends.start() else text):
        name = part.strip(" .,:;*_-–—()[]'\"") if not part.startswith("(") else ""
        name = _BY.sub("", name, count=1)
        if found and _ROLES.stand_in(line_words(name)):
            continue
        if _is_name(name) and squash(name) != squash(outlet or ""):
            found[_cased(name)] = None
    return list(found)


def _is_name(name: str) -> bool:
    """Whether this is how a person is called: words that begin with capitals, none of them an office's or a day's."""
    words = name.split()
    if not 1 <= len(words) <= 6 or len(name) > LONGEST_NAME or parts_of_names(name) != words:
        return False
    if any(word.casefold().strip(".") in _NO_NAMES for word in words):
        return False
    if len(words) == 1:
        return False
    return all(word[0].isupper() or word.casefold() in _PARTICLES or not word[0].isascii() for word in words)


def _cased(name: str) -> str:
    """A name shouted is written as names are."""
    if not name.isupper() or len(name) < 5:
        return name
    return " ".join(
        word if len(word) <= 2 and word.endswith(".") else "-".join(map(_capital, word.split("-")))
        for word in name.split()
    )


def _capital(word: str) -> str:
    if word.startswith("MC") and len(word) > 3:
        return f"Mc{word[2:].capitalize()}"
    if word[1:2] in ("'", "’") and len(word) > 3:
        return f"{word[0]}{word[1]}{word[2:].capitalize()}"
    return word.capitalize()
