"""The verbs and nouns with which people ask about what was said, and which of them name a particular act.

A closed list of English, not of any story. Each act maps to the stems that a reporting cue or the words show.
"""

from functools import cache, lru_cache

from bot.answering.text import stem

Act = str

_SAY = (
    "say|says|said|saying|state|states|stated|tell|tells|told|telling|claim|claims|claimed|claiming|announce|"
    "announces|announced|"
    "declare|declares|declared|mention|mentions|mentioned|note|notes|noted|add|adds|added|remark|remarked|comment|"
    "comments|commented|write|writes|wrote|written|tweet|tweets|tweeted|post|posts|posted|respond|responds|responded|"
    "reply|replies|replied|answer|answers|answered|react|reacts|reacted|argue|argues|argued|explain|explains|explained|"
    "describe|describes|described|express|expresses|expressed|insist|insists|insisted|suggest|suggests|suggested|"
    "point out|"
    "points out|pointed out|talk|talks|talked|speak|speaks|spoke|reveal|reveals|revealed|report|reports|reported|"
    "disclose|"
    "disclosed|emphasize|emphasized|stress|stressed|reiterate|reiterated|observe|observed|confirm|confirms|confirmed|"
    "acknowledge|acknowledges|acknowledged|admit|admits|admitted|concede|conceded|joke|jokes|joked|complain|complains|"
    "complained|brag|bragged|boast|boasted|quip|quipped|declined to say|refuse to say|refused to say|imply|implied|"
    "hint|hinted"
)
_OPINE = (
    "think|thinks|thought|believe|believes|believed|feel|feels|felt|opine|opined|hope|hopes|hoped|expect|expects|"
    "expected|"
    "predict|predicts|predicted|worry|worries|worried|fear|fears|feared|doubt|doubts|doubted"
)
_ACT = (
    "ask|asks|asked|asking|question|questioned|deny|denies|denied|denying|dispute|disputes|disputed|reject|rejects|"
    "rejected|"
    "promise|promises|promised|vow|vows|vowed|pledge|pledges|pledged|warn|warns|warned|warning|demand|demands|demanded|"
    "demanding|urge|urges|urged|urging|propose|proposes|proposed|recommend|recommends|recommended|threaten|threatens|"
    "threatened|accuse|accuses|accused|accusing|criticize|criticizes|criticized|criticise|criticised|blame|blames|"
    "blamed|"
    "condemn|condemns|condemned|praise|praises|praised|defend|defends|defended|defending|apologize|apologizes|"
    "apologized|"
    "swear|swears|swore|call for|calls for|called for|calling for|call on|calls on|called on|calling on|want|wants|"
    "wanted|"
    "support|supports|supported|supporting|back|backs|backed|backing|endorse|endorses|endorsed|oppose|opposes|opposed|"
    "opposing|agree|agrees|agreed|disagree|disagrees|disagreed|call|calls|called|calling|allege|alleges|alleged|"
    "maintain|"
    "maintains|maintained|stand by|stands by|stood by|standing by|request|requested|advise|advised|refuse|refused|"
    "decline|declined|compare|compares|compared|mock|mocks|mocked|attack|attacks|attacked|ridicule|ridiculed|slam|"
    "slams|"
    "slammed|blast|blasts|blasted|rip|ripped|scold|scolded|insult|insulted|dismiss|dismissed|thank|thanked|"
    "congratulate|"
    "congratulated|lie|lied|object|objected|invite|invited|order|ordered|rebuke|rebuked"
)
ANY = "|".join(sorted(f"{_SAY}|{_OPINE}|{_ACT}".split("|"), key=len, reverse=True))
REPORTING = frozenset(_SAY.split("|"))
REPORTED = frozenset(
    word for word in f"{_SAY}|{_OPINE}|{_ACT}".split("|") if word.endswith(("s", "ed")) and not word.endswith("ss")
) | frozenset("said told wrote thought felt spoke swore tweeted posted".split())
NOUNS = (
    "reaction|reactions|response|responses|statement|statements|comment|comments|take|view|views|opinion|opinions|"
    "position|"
    "stance|argument|arguments|words|quote|quotes|quotation|quotations|answer|reply|explanation|excuse|defense|defence|"
    "message|point|points|point of view|claim|claims|tweet|tweets|post|posts|thoughts|remarks|remark|feelings|"
    "perspective|side|testimony|advice|warning|promise|criticism|denial|complaint|suggestion|proposal|feedback|"
    "line|statement"
)

_FAMILIES: dict[Act, str] = {
    "denies": "deny denies denied dispute disputed reject rejected refute rebuff denial",
    "declines": "decline declines declined refuse refuses refused",
    "asks": "ask asks asked asking question questioned wonder wondered inquire request",
    "calls for": (
        "call calls called calling urge urged urging demand demanded demanding want wanted need ask asked request "
        "push plead must should"
    ),
    "promises": "promise promised vow vowed pledge pledged swear swore guarantee commit will assure",
    "warns": "warn warned warning caution cautioned threaten threatened",
    "supports": (
        "support supported supporting back backed backing endorse endorsed defend defended stand stood standing "
        "confidence praise favor favour agree agreed"
    ),
    "opposes": (
        "oppose opposed opposing against criticize criticized criticise condemn condemned object objected disagree "
        "blast slam attack reject rejected denounce"
    ),
    "admits": "admit admitted acknowledge acknowledged concede conceded confess confessed",
    "accuses": "accuse accused accusing blame blamed allege alleged",
    "apologises": "apologize apologized apologise sorry apology regret",
    "predicts": "predict predicted expect expected forecast project projected",
    "proposes": "propose proposed suggest suggested recommend recommended proposal plan",
    "tweets": "tweet tweeted tweets post posted posts twitter",
    "writes": "write wrote writes written op-ed letter",
}


@cache
def families() -> dict[Act, frozenset[str]]:
    """Each act with the stems that show it."""
    return {act: frozenset(stem(word) for word in listed.split()) for act, listed in _FAMILIES.items()}


@lru_cache(maxsize=1024)
def act_of(verb: str) -> Act | None:
    """The particular act that a verb names ("denied", "called on"), or None for saying in general."""
    lower = " ".join(verb.lower().split())
    if lower in {"call", "calls", "called", "calling"}:
        return None
    first = stem(lower.split()[0])
    special = {
        "want": "calls for",
        "stand": "supports",
        "call": "calls for",
        "ask": "asks",
        "agree": "supports",
    }
    if first in special:
        return special[first]
    return next((act for act, shown in families().items() if first in shown), None)
