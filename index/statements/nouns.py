"""Nouns by what they stand for when they speak: people, bodies, papers and broadcasters, documents; and US states.

Word lists only, of the language and not of any story.
"""

import re

from index.language.given_names import folded
from index.language.lists import several_in

KNOWN = several_in("speaking")
OFFICES = KNOWN["offices"]
OF_OFFICES = frozenset({"of", "for", "to"})
"""What leads on to what an office is for: "mayor of", "minister for", "envoy to"."""
SOURCES = KNOWN["sources"]
DESCRIPTIONS = KNOWN["descriptions"]
HUMAN = OFFICES | SOURCES | DESCRIPTIONS
FEMALE = KNOWN["female"]
MALE = KNOWN["male"]
BODIES = KNOWN["bodies"]
PLACES = frozenset({"state", "city", "country", "county", "town"})
OUTLETS = KNOWN["outlets"]
DOCUMENTS = KNOWN["documents"]
STUDIES = KNOWN["studies"]
FAMILY = KNOWN["family"]
_AGENT = ("er", "or", "ist", "ian", "man", "woman", "person", "keeper", "smith", "-old")
_OTHER_PEOPLE = KNOWN["other_people"]
_NO_AGENTS = KNOWN["no_agents"]
_NO_AGENT = tuple("power over meter center centre paper letter order gender water counter sensor tower".split())
_LISTS = frozenset("list playlist wishlist watchlist hitlist blacklist whitelist shortlist checklist".split())
_MAKES = ("maker", "builder", "seller", "carrier")
_AGENTS_OR_BODIES = KNOWN["agents_or_bodies"]
TITLES_IN_FULL = {
    "sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "pres": "president",
    "prof": "professor", "rev": "reverend", "dr": "doctor", "capt": "captain", "col": "colonel", "lt": "lieutenant",
    "sgt": "sergeant", "adm": "admiral", "atty": "attorney", "congresswoman": "representative",
    "congressman": "representative", "cllr": "councillor", "coun": "councillor", "councilor": "councillor",
    "ald": "alderman", "insp": "inspector", "supt": "superintendent", "const": "constable", "det": "detective",
}  # fmt: skip
"""Titles that are written short, or as only some people are called, by that of which they are a form."""
_ABBREVIATED = {
    **TITLES_IN_FULL, "ceo": "executive", "gop": "republican", "democratic": "democrat", "chairwoman": "chair",
    "chairman": "chair", "chairperson": "chair", "spokeswoman": "spokesman", "spokesperson": "spokesman",
    "president-elect": "president", "adviser": "advisor", "us": "us", "u.s": "us", "standard-bearer": "candidate",
    "nominee": "candidate", "lawyer": "attorney",
}  # fmt: skip
_STATES = """
Alabama Ala AL | Alaska AK | Arizona Ariz AZ | Arkansas Ark AR | California Calif CA | Colorado Colo CO
Connecticut Conn CT | Delaware Del DE | Florida Fla FL | Georgia Ga GA | Hawaii HI | Idaho ID | Illinois Ill IL
Indiana Ind IN | Iowa IA | Kansas Kan KS | Kentucky Ky KY | Louisiana La LA | Maine ME | Maryland Md MD
Massachusetts Mass MA | Michigan Mich MI | Minnesota Minn MN | Mississippi Miss MS | Missouri Mo MO | Montana Mont MT
Nebraska Neb NE | Nevada Nev NV | New_Hampshire N.H NH | New_Jersey N.J NJ | New_Mexico N.M NM | New_York N.Y NY
North_Carolina N.C NC | North_Dakota N.D ND | Ohio OH | Oklahoma Okla OK | Oregon Ore OR | Pennsylvania Pa PA
Rhode_Island R.I RI | South_Carolina S.C SC | South_Dakota S.D SD | Tennessee Tenn TN | Texas TX | Utah UT
Vermont Vt VT | Virginia Va VA | Washington Wash WA | West_Virginia W.Va WV | Wisconsin Wis WI | Wyoming Wyo WY
"""
_WORD = re.compile(r"[\w.-]*\w")


def states_by_abbreviation() -> dict[str, str]:
    """Folded abbreviation ("sc", "wis") to the state's name in small letters."""
    found: dict[str, str] = {}
    for row in _STATES.replace("\n", "|").split("|"):
        if row.strip():
            name, *short = row.split()
            found |= {folded(form): name.replace("_", " ").lower() for form in short}
    return found


def role_word(word: str) -> str:
    """The word by which roles are compared: "Sen." and "senator" are one, and so are chairman and chairwoman."""
    plain = folded(word).rstrip("s'") if folded(word).endswith(("'s", "s'")) else folded(word)
    return _ABBREVIATED.get(plain, plain)


def role_words(text: str) -> set[str]:
    """The words of a description as roles are compared."""
    return {role_word(word) for word in _WORD.findall(text)}


def is_human(noun: str) -> bool:
    """Whether the noun, in the singular, means a person: listed, or formed as words for people are ("goalkeeper").

    What can as well be a body is none unless listed ("retailer"); nor is a list of things formed alike ("tower").
    """
    plain = folded(noun)
    last = plain.rsplit("-", 1)[-1]
    if plain in HUMAN or plain in FAMILY or last in HUMAN:
        return True
    thing = last in DOCUMENTS | _NO_AGENTS | _LISTS or last.endswith(_NO_AGENT) or may_be_body(last)
    return last in _OTHER_PEOPLE or (plain[2:].endswith(_AGENT) and not thing)


def does_business(noun: str) -> bool:
    """Whether the noun says what a firm does ("Landlord Hale Homes"), and is no part of its name."""
    plain = folded(noun)
    return plain in {"landlord", "owner", "utility"} | _AGENTS_OR_BODIES or plain.endswith(_MAKES)


def may_be_body(noun: str) -> bool:
    """Whether the noun means a body or can: "agency", "carmaker"."""
    plain = folded(noun)
    return plain in BODIES | OUTLETS | _AGENTS_OR_BODIES or plain.endswith(_MAKES)
