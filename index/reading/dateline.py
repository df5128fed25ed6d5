"""The dateline that opens a story's first sentence: where it was reported from, and by whom."""

import re

from index.reading.days import MONTH

_WORD = r"[^\W\d_a-z][\w.'’\-]*"
_PLACE = rf"{_WORD}(?:(?:,[ ]|[ ]|/)(?:{_WORD}|of|de|la|del|al|the|and))*\.?"
_DASH = r"(?:[—–]|--+|-(?=\s))"
_DATELINE = re.compile(
    rf"\s*(?:(?P<place>{_PLACE})(?:,?[ ]{MONTH}[ ]\d{{1,2}}(?:,[ ]\d{{4}})?)?,?[ \t]+)?"
    rf"(?:\((?P<outlet>(?![RDI]-)[^()\n]{{2,40}})\)|/(?P<wire>[^/()\n]{{2,40}})/(?=[ \t]*{_DASH}))"
    rf"(?P<dash>[ \t]*{_DASH})?[ \t]*"
)
_PLACE_ONLY = re.compile(rf"\s*(?P<place>[^\W\d_a-z]{{3,}}{_PLACE[len(_WORD) :]})[ \t]*{_DASH}[ \t]+")
_PLACE_DATE = re.compile(rf",?[ ]+{MONTH}[ ]\d{{1,2}}(?:,[ ]\d{{4}})?$")


def read_dateline(text: str, at: int) -> tuple[str | None, str | None, int]:
    """Place and outlet of "LONDON, England (CNN) -- ", "(CNN) --", "PARIS — ", and where the words after it begin."""
    head = text[at : at + 160]
    match = _DATELINE.match(head)
    if match and (match["dash"] or _is_outlet(match["outlet"], match["place"])) and len(match["place"] or "") <= 60:
        return _place(match["place"]), (match["outlet"] or match["wire"]).strip(), at + match.end()
    match = _PLACE_ONLY.match(head)
    if match and len(match["place"]) <= 60 and match["place"][:3].isupper():
        return _place(match["place"]), None, at + match.end()
    return None, None, at


def _is_outlet(outlet: str, place: str | None) -> bool:
    """Whether a bracket with no dash after it is an outlet's name: it begins with capitals ("CNNBusiness", "AP")."""
    return len(outlet) >= 2 and outlet[:2].isupper() and (place is None or len(place.split()) <= 4)


def _place(place: str | None) -> str | None:
    return _PLACE_DATE.sub("", place).strip(" ,") if place else None
