"""From a question as typed to what it asks for: whose words, about what, said by whom, or a plain fact.

The rules are about English questions, tried in order from the most particular; whatever fits none asks for a fact.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from bot.answering.chatter import is_chatter
from bot.answering.typed import tidy
from bot.answering.verbs import ANY, NOUNS, Act, act_of

Wanted = Literal["said", "who-said", "check", "fact", "stories", "summary", "speakers", "chatter", "fragment"]
Detail = Literal["when", "where", "why", "how", "to-whom", "fact"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for. Names, topics and words are as typed; `None` where the question has none.

    `loose` marks a reading that holds only if `who` turns out to be somebody in the stories; `act` is what the verb
    names beyond saying ("denies"). `lead` is the number in "the second one", from 1, or -1 for the last.
    """

    wanted: Wanted
    text: str
    who: str | None = None
    topic: str | None = None
    words: str | None = None
    act: Act | None = None
    addressee: str | None = None
    detail: Detail | None = None
    verb: str | None = None
    everyone: bool = False
    latest: bool = False
    others: bool = False
    loose: bool = False
    lead: int | None = None


_ABOUT = (
    r"(?:\s+(?:about|on|regarding|re|concerning|of|over|as to|in response to|in reaction to|when asked about|"
    r"with regards? to|in regards? to|with respect to|in reference to|when it comes to|towards?|following|"
    r"for)\s+(?P<topic>.+))?"
)
_ABOUT_TO = _ABOUT.replace("towards?|", "towards?|to|after|at|in|during|against|").replace(")?", ")?", 1)
_WHO = (
    r"(?P<who>(?!\b(?:that|it|if|whether)\b)"
    r"(?:(?!\b(?:say|said|says|saying|tell|told|think|thinks|about|did|does)\b).)+?)"
)
_DO = r"(?:did|does|do|has|have|had|would|will|is|was|are|were|might|could|can|should)"
_EXTRA = (
    r"(?:\s+(?:have|to|also|else|actually|really|just|recently|ever|later|publicly|specifically|then|all|back|now|"
    r"probably|previously|first|reportedly)\b)*"
)
_END = (
    r"(?:\s+(?:anything|something|specifically|back|today|yesterday|now|out loud|about it all|publicly|there|then|"
    r"first|last))*"
)
_EVERYONE = re.compile(
    r"^(?:both sides|each side|either side|all sides|everyone|everybody|anyone|anybody|people|they all|all of them|"
    r"the two sides|each of them|both|both of them|someone|somebody|each|all the (?:people|speakers)|everyone else|"
    r"everybody else|anyone else|anybody else|others|the others|other people|the rest)$",
    re.IGNORECASE,
)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(f"^(?:{pattern})$", re.IGNORECASE)


def _said(found: re.Match[str], text: str) -> Asked:
    groups = found.groupdict()
    who, topic = groups.get("who"), groups.get("topic")
    verb = (groups.get("verb") or "").lower()
    addressee = groups.get("to")
    asked = Asked(
        "said", text, who=_bare(who), topic=_bare(topic), verb=verb or None, act=act_of(verb) if verb else None
    )
    return replace(asked, addressee=_bare(addressee), latest="latest" in groups and groups["latest"] is not None)


def _who_said(found: re.Match[str], text: str) -> Asked:
    groups = found.groupdict()
    verb = (groups.get("verb") or "").lower()
    words = _bare(groups.get("words")) or ""
    others = bool(groups.get("else"))
    if not words and not verb:
        return Asked("speakers", text)
    if _PASSIVE.match(text):
        return Asked("fact", text)
    act = act_of(verb) if verb else None
    return Asked("who-said", text, words=words or None, verb=verb or None, act=act, others=others)


_PASSIVE = re.compile(
    r"^who(?:'s)? (?:else |all )?(?:is|was|are|were|has been|have been|had been|will be|is being|was being|'s)(?: "
    r"\w+ly| also)? "
    r"(?!saying|standing|calling|asking|telling|claiming|demanding|denying|backing|urging|warning|opposing|"
    r"defending|supporting|accusing)",
    re.IGNORECASE,
)


def _check(found: re.Match[str], text: str) -> Asked:
    groups = found.groupdict()
    verb = (groups.get("verb") or "").lower()
    said = _bare(groups.get("words"))
    return Asked(
        "check", text, who=_bare(groups.get("who")), words=said, verb=verb or None, act=act_of(verb) if verb else None
    )


def _detail(found: re.Match[str], text: str) -> Asked:
    groups = found.groupdict()
    details: dict[str, Detail] = {"when": "when", "where": "where", "why": "why", "how": "how"}
    detail = details.get((groups.get("ask") or "").lower().split(" ")[0], "to-whom")
    return Asked(
        "said",
        text,
        who=_bare(groups.get("who")),
        topic=_bare(groups.get("topic")),
        detail=detail,
        verb=groups.get("verb"),
    )


def _plain(wanted: Wanted) -> Callable[[re.Match[str], str], Asked]:
    def make(found: re.Match[str], text: str) -> Asked:
        groups = found.groupdict()
        who, topic = groups.get("who"), groups.get("topic")
        return Asked(wanted, text, who=_bare(who), topic=_bare(topic), loose=wanted == "said")

    return make


def _bare(words: str | None) -> str | None:
    """A name or topic without the small words around it."""
    if not words:
        return None
    words = re.sub(r"^(?:the fact that|that|whether|if|like|:)\s+", "", words.strip(" ,:;-?!"), flags=re.IGNORECASE)
    return words.strip(" ,:;-?!") or None


_THING = (
    r"(?:the |this |that |these |your |main |whole |entire |news |today's )*(?:story|article|piece|report|news|"
    r"text|thing|post|headline|library|stories|articles)"
)
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Asked]], ...] = (
    # what the story is about
    (
        _rule(
            rf"what(?:'s| is| was| are) {_THING} (?:all )?about|what(?:'s| is) (?:this|it|that) (?:all )?about"
            r"|(?:give me |can i (?:get|have) )?(?:a |the )?(?:quick |short |brief )?(?:summary|tl;?dr|gist|recap|"
            r"overview|rundown|synopsis)(?: of .+)?"
            rf"|(?:please )?(?:summari[sz]e|recap|sum up)(?: (?:it|this|that|{_THING}))?(?: for me)?"
            r"|what happened(?: (?:here|today|exactly))?|what(?:'s| is) (?:going on|happening|the news|the gist|"
            r"the headline|the story|the main (?:point|idea|topic|story))(?: here)?"
            rf"|what(?:'s| is| are) the (?:main |key )?(?:topics?|points?|ideas?|takeaways?)(?: of {_THING})?|what "
            rf"does {_THING} (?:say|talk about|cover|report)"
            r"|sum it up|catch me up|fill me in"
        ),
        _plain("summary"),
    ),
    # which stories
    (
        _rule(
            r"(?:(?:in )?(?:which|what) (?:story|stories|article|articles|outlets?|sources?|papers?)\s+(?:\w+ )?"
            r"(?:mention(?:s|ed)?|quotes?|quoted|discuss(?:es)?|cover(?:s|ed)?|ha(?:s|ve)|includes?|say(?:s)?|"
            r"reports?|reported|"
            r"(?:talk|talks|speak|speaks|write|writes|is|are|was|were)(?: about)?|about|on|refer(?:s)? to|"
            r"name(?:s)?|feature(?:s)?|contain(?:s)?)\s+(?P<topic>.+))"
        ),
        _plain("stories"),
    ),
    (_rule(
        r"(?:are there |is there |do you have |got |have you )?(?:any|all|the|more|other)? ?(?:stories|articles|"
        r"story|article) (?:about|on|mentioning|with|quoting|that mention(?:s)?) (?P<topic>.+)"
    ), _plain("stories")),
    (_rule(
        r"(?:which|what|how many) (?:stories|articles)(?: (?:do you|are (?:there|in|you)|have you|you)\b.*)?|"
        r"(?:the )?(?:stories|articles)|list (?:all )?(?:the )?(?:stories|articles)"
    ), _plain("stories")),
    # who speaks
    (
        _rule(
            r"who (?:all )?(?:speaks|spoke|talks|talked|is quoted|are quoted|was quoted|were quoted|gets quoted|is "
            r"speaking|said (?:something|anything|stuff|things|what)"
            r"|commented|made (?:a )?statements?|is (?:in|mentioned in)|are the (?:speakers|people|sources))(?: "
            r"(?:in|here).*| in .+)?"
            rf"|(?:who are )?(?:the |all )*(?:speakers?|people quoted|sources)(?: (?:in|of) .+)?|who(?:'s| is) "
            rf"(?:quoted|speaking|talking|in {_THING})(?: here| in .+)?"
            r"|list (?:the |all )*(?:speakers|people|sources)(?: in .+)?|(?:what|which) (?:people|speakers|sources|"
            r"persons|politicians|officials) (?:are|were|get|is) (?:quoted|speaking|in).*"
            r"|how many (?:people|speakers|sources) (?:are|were|get) quoted.*"
        ),
        _plain("speakers"),
    ),
    # whose words are these
    (_rule(
        r"who(?:se)? (?:words|quote|quotes|line|statement|tweet) (?:is|are|was|were) (?:this|that|these|those|"
        r"it)\s*:?\s*(?P<words>.+)"
    ), _who_said),
    (_rule(r"whose (?:words|quote|line|statement|tweet)\b\s*(?:is|are|was|:)?\s*(?P<words>.+)"), _who_said),
    (_rule(r"who (?:was|is) it (?:that|who) (?P<verb>" + ANY + r")\b\s+(?:that )?(?P<words>.+)"), _who_said),
    (_rule((
        r"who (?P<else>else )?(?:(?:has|have|had|did|does|do|is|was|are|were|else|also|actually|all|has been|have "
        r"been|even)\s+)*(?P<verb>"
    ) + ANY + r")\b(?:\s+(?P<words>.+))?"), _who_said),
    (_rule(
        r"who(?:'s| is| are| was| were)?\s+(?P<else>else )?(?:all )?(?P<verb>for|against|in favou?r of|behind|"
        r"opposed to|critical of|supportive of)\s+(?P<words>.+)"
    ), _who_said),
    (_rule(r"who's (?P<else>else )?(?P<verb>" + ANY + r")\b\s+(?P<words>.+)"), _who_said),
    (_rule((
        r"(?:has|have|did|does|is|was|were|are) (?P<else>)(?:anyone|anybody|someone|somebody|any of them)(?: "
        r"else)?(?: \w+ly| ever| actually)? (?P<verb>"
    ) + ANY + r")\b\s+(?P<words>.+)"), _who_said),
    (_rule((
        r"(?:which|what) (?!(?:did|do|does|has|have|had|is|was|are|were)\b)(?:\w+ ){0,2}?(?P<group>people|person|"
        r"senators?|democrats?|republicans?|lawmakers?|politicians?|leaders?|officials?|experts?|members?|"
        r"congress\w+|speakers?|representatives?)\s+(?P<verb>"
    ) + ANY + r")\b\s+(?P<words>.+)"), _who_said),
    (_rule(r"who (?:else)"), lambda _found, text: Asked("fragment", text, others=True)),
    # everything somebody said: the latest
    (_rule(
        rf"(?:what(?:'s| is| was| are) )?(?:the )?(?P<latest>latest|newest|most recent)(?: (?:thing|statement|"
        rf"quote|news|word|words|comment|comments|remarks))*(?: (?:from|by|of|that))? {_WHO}(?: (?:said|say|"
        rf"says))?{_ABOUT}"
    ), _said),
    (
        _rule(rf"what did {_WHO} (?P<latest>last|most recently|recently) (?P<verb>say|tweet|announce|claim){_ABOUT}"),
        _said,
    ),
    (_rule(
        rf"what(?:'s| is| was| are|'re)? {_WHO}(?:'s?)? (?P<latest>latest|most recent|newest)(?: (?:{NOUNS}|"
        rf"word))?{_ABOUT}"
    ), _said),
    # when, where, why, to whom somebody said it
    (_rule(
        rf"(?P<ask>when|where|why|how come|how) (?:did|does|has|had|would) {_WHO} (?P<verb>say|said|says|saying|"
        rf"claim|tweet|post|state|announce|tell) (?P<topic>(?:that|it|this|so)|(?:them|him|her|us) (?:that|it|"
        rf"this))"
    ), _detail),
    (_rule(
        rf"(?P<ask>when|where|why|how come) (?:did|does|has|had|would) {_WHO} (?P<verb>speak|talk|comment|say it|"
        rf"say that|say this|tweet)(?: (?:about|on) (?P<topic>.+))?"
    ), _detail),
    (_rule(
        rf"(?:to whom|who(?:m)?) (?:did|does|was|is|has|were|had) {_WHO} (?P<verb>say(?:ing)?|tell|told|talking|"
        rf"talk|speaking|speak|addressing|respond\w*)(?: (?:that|it|this|so))?(?: to| with)?(?: (?:about|that) "
        rf"(?P<topic>.+))?"
    ), _detail),
    # how somebody reacted
    (_rule(
        rf"how (?:did|does|do|has|have|is|was|would) {_WHO}{_EXTRA} (?P<verb>respond(?:ed|ing)?|react(?:ed|ing)?|"
        rf"repl(?:y|ied)|answer(?:ed)?|feel|describe[ds]?|explain(?:ed)?|defend(?:ed)?|characteri[sz]e[d]?|justify|"
        rf"justified|address(?:ed)?|see|view)(?P<tail>.*)"
    ), lambda found, text: _reacted(found, text)),
    # what somebody said
    (_rule(
        rf"what (?:all |else |exactly |more |things )?(?:(?:{_DO})|'s) {_WHO}{_EXTRA} (?P<verb>tell|told|telling|"
        rf"ask|asked|asking|warn|warned)\s+(?P<to>(?!about|on|regarding|for\b)(?:(?!\babout\b|\bon\b|\bregarding\b|"
        rf"\bto do\b).)+?){_ABOUT}(?: to do)?"
    ), _said),
    (_rule(
        rf"what (?:all |else |exactly |more |things |kind of things )?(?:(?:{_DO})|'s) {_WHO}{_EXTRA} "
        rf"(?P<verb>{ANY})\b(?:\s+(?P<to>to (?:reporters|the (?:press|media|public|crowd|audience|committee|senate|"
        rf"court|police)|congress|supporters|them|him|her|cnn|abc|nbc|fox(?: news)?)))?{_END}{_ABOUT_TO}"
    ), _said),
    (_rule(
        rf"what(?:'s|'re|'d)? {_WHO} (?P<verb>said|says|say|saying|told|claimed|tweeted|announced|thinks|argued|"
        rf"replied|responded|stated){_END}{_ABOUT_TO}"
    ), _said),
    (_rule(rf"what(?:'s| is| was| are| were| has been)? {_WHO}(?:'s?)? (?:\w+ )?(?P<noun>{NOUNS}){_ABOUT_TO}"), _said),
    (_rule(rf"what (?:said|says|say) {_WHO}{_ABOUT}"), _said),
    (_rule(
        rf"(?:what(?:'s| is| was| are| were) |is there |are there |do you have |got )?(?:the |a |any |some |all |"
        rf"every |all the |all of the )*(?P<noun>{NOUNS}|something|anything|everything|news|what was said|stuff) "
        rf"(?:from|by|attributed to|made by|given by) {_WHO}{_ABOUT_TO}"
    ), _said),
    (_rule(
        rf"(?:everything|anything|all|things|stuff|what) (?:that )?{_WHO} (?P<verb>said|says|has said|say|stated|"
        rf"claimed|told){_END}{_ABOUT_TO}"
    ), _said),
    (_rule(rf"where (?:does|did|do) {_WHO} stand(?: on (?P<topic>.+))?"), _said),
    (_rule(
        rf"(?:has|have|did|does|do|is|was) {_WHO}{_EXTRA} (?P<verb>say|said|comment(?:ed)?|respond(?:ed)?|repl(?:y|"
        rf"ied)|react(?:ed)?|speak|spoken|talk(?:ed)?|mention(?:ed)?|tweet(?:ed)?|address(?:ed)?)(?: (?:anything|"
        rf"something|more|yet|anything else|publicly))*(?:\s+(?:about|on|regarding|to)\s+(?P<topic>.+))?"
    ), _said),
    (_rule(rf"{_WHO} (?:said|says|say) what(?:\s+(?:about|on)\s+(?P<topic>.+))?"), _said),
    (_rule(rf"(?:how about|what about) {_WHO} (?P<verb>said|saying|says)"), _said),
    # did somebody say it
    (_rule(
        rf"(?:did|does|do|has|have|had|is|was) {_WHO}(?: (?:really|actually|ever|just|also|have|already|even))* "
        rf"(?P<verb>{ANY})\b\s*(?:to \w+ )?(?:that |:)?\s*(?P<words>.+)"
    ), _check),
    (_rule(
        rf"(?:is it true|is it right|is it correct|true or false)[:,]? (?:that )?{_WHO} (?P<verb>said|says|claimed|"
        rf"told|tweeted|called|denied|admitted|promised|thinks|wants|stated)\s+(?:that )?(?P<words>.+)"
    ), _check),
    (_rule(
        r"(?:verify|fact.?check|true or false|is this quote (?:real|right|true|correct)|is this (?:a )?real(?: "
        r"quote)?|check)\s*:?\s*(?P<words>.+?)"
    ), _check),
    (_rule(r"[\"'](?P<words>.{12,})[\"']\s*(?:-|–|—|by|,|from)?\s*(?P<who>[^\"']*)"), _check),
    (_rule(rf"(?:did|does|has|have) {_WHO} (?P<verb>{ANY})\b"), _said),
    (
        _rule(rf"what (?:did|does|do|has|have|had) {_WHO} (?P<verb>{ANY})\b (?P<topic>\S.*)"),
        lambda found, text: replace(_said(found, text), loose=True),
    ),
)  # fmt: skip
_LOOSE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Asked]], ...] = (
    (_rule(rf"(?:what(?:'s| is| was| were| are)? )?{_WHO}'s? (?:\w+ )?(?P<noun>{NOUNS}){_ABOUT_TO}"), _said),
    (_rule(rf"{_WHO} (?:said|says|claimed|tweeted|claims|thinks|told \w+)\s+(?:that )?(?P<words>\S+ \S+.*)"), _check),
    (_rule(rf"{_WHO} (?:said|says|say|quotes?|statements?|reaction|response|comments?|tweets?){_ABOUT_TO}"), _said),
    (_rule(r"(?P<who>\S+(?: \S+){0,3}?) (?:about|on|re|regarding|:) (?P<topic>.+)"), _plain("said")),
)
_FRAGMENT = re.compile(
    r"^(?:(?:and|but|or|what about|how about|same for|same from)\s+)?(?:(?:about|for|"
    r"from)\s+)?(?P<rest>\S+(?:\s+\S+){0,5})$",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|did|does|is|are|was|were|do|has|have|can|could|should|"
    r"would|will)\b",
    re.IGNORECASE,
)
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
}
_WHICH_ONE = re.compile(
    r"^(?:and |what about |show me |tell me (?:more )?about |i mean |more (?:on|about) )?the (?P<n>first|second|"
    r"third|fourth|fifth|sixth|last|1st|2nd|3rd)"
    r"(?: (?:one|quote|statement|person|speaker|thing|story))?$|^(?:number |no\.? ?|#)?(?P<d>[1-9])$",
    re.IGNORECASE,
)


_BARE = re.compile(
    r"(?:(?:by|with|for|from|to|of|in|at|on|about|against|until|since|than|like)\s+)?(?:who|whom|whose|what|which"
    r"(?: ones?)?|when|where|how(?: (?:many|much|long|old|often|far|big|so|bad|soon))?|what (?:then|for|next|kind|"
    r"time|year|happened (?:then|next)))(?:\s+(?:exactly|then|so|(?:is|was|were|are) (?:that|it|they|this|he|she)))?"
)


def _reacted(found: re.Match[str], text: str) -> Asked:
    tail = re.sub(r"^\s*(?:to|about|on|towards?|for|regarding)\s+", "", found["tail"]).strip()
    return Asked("said", text, who=_bare(found["who"]), topic=_bare(tail), verb=found["verb"].lower())


@lru_cache(maxsize=4096)
def understand(question: str) -> Asked:
    """What a question asks for, read by itself: what came before it in a conversation is not looked at here."""
    text = tidy(question)
    short = _short(text)
    if short is not None:
        return short
    if not re.search(r"\w", text) or is_chatter(question, text):
        return Asked("chatter", text)
    for pattern, make in _RULES:
        found = pattern.match(text)
        if found:
            asked = make(found, text)
            return replace(asked, everyone=True) if asked.who and _EVERYONE.match(asked.who) else asked
    return _loosely(text)


def _short(text: str) -> Asked | None:
    """Questions of a word or two that live on what came before."""
    lower = text.lower()
    which = _WHICH_ONE.match(lower)
    if which:
        lead = _ORDINALS[which["n"]] if which["n"] else int(which["d"])
        return Asked("fragment", text, lead=lead)
    if re.fullmatch(
        r"(?:who|anyone|anybody|everyone|what|anything|any|someone) (?:else|more)|(?:any )?others?|more", lower
    ):
        return Asked("fragment", text, others=True)
    if re.fullmatch(r"why(?: (?:not|is that|was that|so|that))?|how come|because\?*", lower):
        return Asked("fragment", text, detail="why")
    if re.fullmatch(r"when(?: was (?:that|this|it))?|on what (?:day|date)|what (?:day|date)", lower):
        return Asked("fragment", text, detail="when")
    if re.fullmatch(r"where(?: was (?:that|this|it))?", lower):
        return Asked("fragment", text, detail="where")
    if re.fullmatch(r"to (?:who|whom)(?: exactly)?|who(?:m)? to", lower):
        return Asked("fragment", text, detail="to-whom")
    if re.fullmatch(
        r"(?:in|from) (?:which|what) (?:story|article|outlet|paper|source)|which (?:story|article|outlet)(?: (?:is|"
        r"was) (?:that|this|it)(?: (?:in|from))?)?"
        r"|where(?:'s| is| was| does| did) (?:that|this|it) (?:from|come from|say that|written|published)|source|link",
        lower,
    ):
        return Asked("stories", text, topic=None)
    if _BARE.fullmatch(lower):
        return Asked("fragment", text, detail="fact")
    if re.fullmatch(
        r"(?:is|was) that (?:a )?(?:true|real|right|correct|accurate|exact|quote|direct quote|really what .+ said)",
        lower,
    ):
        return Asked("fragment", text, detail="how")
    return None


def _loosely(text: str) -> Asked:
    """Readings that need the stories to bear them out: "Ryan on Sessions", "Ryan's response", a bare name."""
    asking = _INTERROGATIVE.match(text)
    if not asking or text.lower().startswith("what"):
        for pattern, make in _LOOSE:
            found = pattern.match(text)
            if found and not _INTERROGATIVE.search(found.groupdict().get("who") or ""):
                asked = make(found, text)
                return replace(asked, loose=True, everyone=bool(asked.who and _EVERYONE.match(asked.who)))
    fragment = _FRAGMENT.match(text)
    if fragment and not _INTERROGATIVE.search(fragment["rest"]):
        return Asked("fragment", text, who=_bare(fragment["rest"]), loose=True)
    return Asked("fact", text)
