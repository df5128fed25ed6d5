"""What a given name tells: that these words are a person, and which pronoun to expect; and which names are one name.

The list is a small text file beside this module; it is read at the first question and kept.
"""

import unicodedata
from functools import cache
from importlib import resources
from typing import Literal

Gender = Literal["f", "m"]

# Each line is one name and the short forms that news uses for it. A short form may stand on several lines.
_FORMS = """
abraham abe | albert al bert | alexander alex alec sandy | alexandra alex sandra | alfred al fred
andrew andy drew | anthony tony | antonio tony | arthur art | barbara barb | benjamin ben benny | bernard bernie
catherine cathy kate cathie | charles charlie chuck | christine chris christie tina | christopher chris kit
cynthia cindy | daniel dan danny | david dave | deborah deb debbie | debra deb debbie | donald don donnie
dorothy dot dottie | douglas doug | edmund ed ted | edward ed eddie ted teddy ned | edwin ed
eleanor ellie nell | elizabeth liz beth betsy betty eliza lizzie | eugene gene | francis frank
frederick fred freddie rick | gabriel gabe | gerald gerry jerry | gerard gerry | gregory greg | harold hal harry
henry hank harry | herbert herb bert | jacob jake | jacqueline jackie | james jim jimmy jamie | janet jan
jeffrey jeff geoff | geoffrey geoff jeff | jennifer jen jenny | jerome jerry | john jack johnny jon
jonathan jon jonny | joseph joe joey | joshua josh | judith judy | katherine kate kathy katie kay
kathleen kathy kate | kathryn kathy kate | kenneth ken kenny | kimberly kim | lawrence larry | laurence larry
leonard len lenny leo | leroy roy | louis lou louie | margaret maggie meg peg peggy | marguerite peggy
martin marty | matthew matt | michael mike mick mickey | mitchell mitch | mitt willard | nancy nan | nathan nate
nathaniel nate nat | nicholas nick | norman norm | pamela pam | patricia pat patty trish tricia
patrick pat paddy | peter pete | philip phil | phillip phil | rafael rafi | randall randy | randolph randy
raymond ray | rebecca becky | reginald reggie | reinhold reince | richard rick dick rich ricky
robert bob rob bobby robby robbie | roderick rod | rodney rod | roger rog | ronald ron ronnie | rudolph rudy
russell russ | samantha sam | samuel sam sammy | sandra sandy | sidney sid | solomon sol | stanley stan
stephanie steph | stephen steve | steven steve | stuart stu | susan sue susie | suzanne sue suzie
terrence terry | terence terry | teresa terry tess | theodore ted teddy theo | theresa terry tess
thomas tom tommy | timothy tim timmy | valerie val | vernon vern | victor vic | victoria vicky
vincent vince vinny | virginia ginny | walter walt wally | wesley wes | willard will
william bill billy will willie | zachary zach zack
"""


_NO_ACCENTS = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
    }
)
"""Letters of which Unicode knows no plain letter with an accent, but people do."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, for a list that reads as one."""
    return frozenset(words.split())


def folded(word: str) -> str:
    """The word in small letters, without accents and full stops, for comparing names."""
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", word.translate(_NO_ACCENTS)).replace("’", "'")
    return "".join(char for char in plain.casefold() if not unicodedata.combining(char) and char != ".")


@cache
def _given_names() -> dict[str, Gender | None]:
    listed = resources.files(__package__).joinpath("given_names.txt").read_text(encoding="utf-8")
    found: dict[str, Gender | None] = {}
    for line in listed.splitlines():
        letter, _, names = line.partition(" ")
        if letter in {"f", "m", "x"}:
            found |= {folded(name): "f" if letter == "f" else "m" if letter == "m" else None for name in names.split()}
    return found


@cache
def _name_families() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for family in _FORMS.replace("\n", "|").split("|"):
        for name in family.split():
            found[name] = found.get(name, frozenset()) | {family.split()[0]}
    return found


def given_name_forms(word: str) -> frozenset[str]:
    """The given names that can be one person's with this one, in small letters: "robert" and "bobby" for "Bob"."""
    families = _name_families()
    own = families.get(folded(word), frozenset())
    return frozenset(name for name, of in families.items() if of & own) if own else frozenset()


def is_given_name(word: str) -> bool:
    """Whether people are often called this."""
    return folded(word) in _given_names()


def gender_of(word: str) -> Gender | None:
    """The gender that the given name suggests, None where it suggests none or is not known."""
    return _given_names().get(folded(word))


def same_given_name(one: str, other: str) -> bool:
    """Whether two given names can be one person's: equal, an initial of the other, or a short form (Bob, Robert)."""
    a, b = folded(one), folded(other)
    if a == b or (a and b and (len(a) == 1 or len(b) == 1) and a[0] == b[0]):
        return True
    families = _name_families()
    return bool(families.get(a, frozenset()) & families.get(b, frozenset()))
