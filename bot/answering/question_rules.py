"""How people word questions, from the most particular to the most general, and what each wording asks for.

The rules are about English questions, not about any story.
"""

import re
from dataclasses import replace

from bot.answering.asked import Asked
from bot.answering.header_rules import HEADER_RULES
from bot.answering.readings import (
    ABOUT,
    ABOUT_TO,
    DO,
    END,
    EXTRA,
    THING,
    WHO,
    Rule,
    bare,
    detail_of,
    plainly,
    reaction,
    rule,
    what_was_said,
    whether_said,
    who_said_it,
)
from bot.answering.verbs import ANY, NOUNS


def _summary_of(found: re.Match[str], text: str) -> Asked:
    return Asked("summary", text, topic=bare(found["topic"] or found["topic2"]))


_ABOUT_STORIES: tuple[Rule, ...] = (
    # what the story is about
    (
        rule(
            rf"what(?:'s| is| was| are) {THING} (?:all )?about|what(?:'s| is) (?:this|it|that) (?:all )?about"
            r"|(?:give me |can i (?:get|have) )?(?:a |the )?(?:quick |short |brief )?(?:summary|tl;?dr|gist|recap|"
            rf"overview|rundown|synopsis)(?: of (?:{THING}|this|that|it))?"
            rf"|(?:please )?(?:summari[sz]e|recap|sum up)(?: (?:it|this|that|{THING}))?(?: for me)?"
            r"|what happened(?: (?:here|today|exactly))?|what(?:'s| is) (?:going on|happening|the news|the gist|"
            r"the story|the main (?:point|idea|topic|story))(?: here)?"
            rf"|what(?:'s| is| are) the (?:main |key )?(?:topics?|points?|ideas?|takeaways?)(?: of {THING})?|what "
            rf"does {THING} (?:say|talk about|cover|report)"
            r"|sum it up|catch me up|fill me in"
        ),
        plainly("summary"),
    ),
    (rule(
        r"(?:give me |can i (?:get|have) )?(?:a |the )?(?:quick |short |brief )?(?:summary|tl;?dr|gist|recap|overview|"
        rf"rundown|synopsis) (?:of|on|about|for) (?!{THING}$|this$|that$|it$)(?P<topic>.+)"
        rf"|(?:please )?(?:summari[sz]e|recap|sum up) (?!{THING}$|this$|that$|it$)(?P<topic2>.+)"
    ), _summary_of),
    # what is told of a thing
    (rule(
        r"(?:what (?:do|does|did) (?:we|you|u|i|they|it|"+THING+r") (?:know|say|tell(?: us| me)?|have|report|mention)"
        r"|what(?:'s| is| was| are)(?: (?:probably|likely|most likely))? (?:true|known|said|told|reported|there)"
        r"|(?:any|some|more|the)? ?(?:info(?:rmation)?|details?|facts?))(?: (?:already|so far|here))? (?:about|on|of) "
        r"(?P<topic>.+)"
    ), plainly("about")),
    # which stories
    (
        rule(
            r"(?:(?:in )?(?:which|what) (?:story|stories|article|articles|outlets?|sources?|papers?)\s+(?:\w+ )?"
            r"(?:mention(?:s|ed)?|quotes?|quoted|discuss(?:es)?|cover(?:s|ed)?|ha(?:s|ve)|includes?|say(?:s)?|"
            r"reports?|reported|"
            r"(?:talk|talks|speak|speaks|write|writes|is|are|was|were)(?: about)?|about|on|refer(?:s)? to|"
            r"name(?:s)?|feature(?:s)?|contain(?:s)?)\s+(?P<topic>.+))"
        ),
        plainly("stories"),
    ),
    (rule(
        r"(?:are there |is there |do you have |got |have you )?(?:any|all|the|more|other)? ?(?:stories|articles|"
        r"story|article) (?:about|on|mentioning|with|quoting|that mention(?:s)?) (?P<topic>.+)"
    ), plainly("stories")),
    (rule(
        r"(?:which|what|how many) (?:stories|articles)(?: (?:do you|are (?:there|in|you)|have you|you)\b.*)?|"
        r"(?:the )?(?:stories|articles)|list (?:all )?(?:the )?(?:stories|articles)"
    ), plainly("stories")),
    # who speaks
    (
        rule(
            r"who (?:all )?(?:speaks|spoke|talks|talked|is quoted|are quoted|was quoted|were quoted|gets quoted|is "
            r"speaking|said (?:something|anything|stuff|things|what)"
            r"|commented|made (?:a )?statements?|is (?:in|mentioned in)|are the (?:speakers|people|sources))(?: "
            r"(?:in|here).*| in .+)?"
            rf"|(?:who are )?(?:the |all )*(?:speakers?|people quoted|sources)(?: (?:in|of) .+)?|who(?:'s| is) "
            rf"(?:quoted|speaking|talking|in {THING})(?: here| in .+)?"
            r"|list (?:the |all )*(?:speakers|people|sources)(?: in .+)?|(?:what|which) (?:people|speakers|sources|"
            r"persons|politicians|officials) (?:are|were|get|is) (?:quoted|speaking|in).*"
            r"|how many (?:people|speakers|sources) (?:are|were|get) quoted.*"
        ),
        plainly("speakers"),
    ),
)  # fmt: skip
_WHO_SAID: tuple[Rule, ...] = (
    # whose words are these
    (rule(
        r"who(?:se)? (?:words|quote|quotes|line|statement|tweet) (?:is|are|was|were) (?:this|that|these|those|"
        r"it)\s*:?\s*(?P<words>.+)"
    ), who_said_it),
    (rule(r"whose (?:words|quote|line|statement|tweet)\b\s*(?:is|are|was|:)?\s*(?P<words>.+)"), who_said_it),
    (rule(r"who (?:was|is) it (?:that|who) (?P<verb>" + ANY + r")\b\s+(?:that )?(?P<words>.+)"), who_said_it),
    (rule((
        r"who (?P<else>else )?(?:(?:has|have|had|did|does|do|is|was|are|were|else|also|actually|all|has been|have "
        r"been|even)\s+)*(?P<verb>"
    ) + ANY + r")\b(?:\s+(?P<words>.+))?"), who_said_it),
    (rule(
        r"who(?:'s| is| are| was| were)?\s+(?P<else>else )?(?:all )?(?P<verb>for|against|in favou?r of|behind|"
        r"opposed to|critical of|supportive of)\s+(?P<words>.+)"
    ), who_said_it),
    (rule(r"who's (?P<else>else )?(?P<verb>" + ANY + r")\b\s+(?P<words>.+)"), who_said_it),
    (rule((
        r"(?:has|have|did|does|is|was|were|are) (?P<else>)(?:anyone|anybody|someone|somebody|any of them)(?: "
        r"else)?(?: \w+ly| ever| actually)? (?P<verb>"
    ) + ANY + r")\b\s+(?P<words>.+)"), who_said_it),
    (rule(
        r"(?:has|have|did|does) (?P<else>)(?:anyone|anybody|someone|somebody|any of them)(?: else)? (?P<verb>(?:dis)?"
        r"agreed?|object(?:ed)?|oppose[ds]?)"
    ), who_said_it),
    (rule((
        r"(?:which|what) (?!(?:did|do|does|has|have|had|is|was|are|were)\b)(?:\w+ ){0,2}?(?P<group>people|person|"
        r"senators?|democrats?|republicans?|lawmakers?|politicians?|leaders?|officials?|experts?|members?|"
        r"congress\w+|speakers?|representatives?)\s+(?P<verb>"
    ) + ANY + r")\b\s+(?P<words>.+)"), who_said_it),
    (rule(r"who (?:else)"), lambda _found, text: Asked("fragment", text, others=True)),
)  # fmt: skip
_LATEST: tuple[Rule, ...] = (
    # everything somebody said: the latest
    (rule(
        rf"(?:what(?:'s| is| was| are) )?(?:the )?(?P<latest>latest|newest|most recent)(?: (?:thing|statement|"
        rf"quote|news|word|words|comment|comments|remarks))*(?: (?:from|by|of|that))? {WHO}(?: (?:said|say|"
        rf"says))?{ABOUT}"
    ), what_was_said),
    (
        rule(rf"what did {WHO} (?P<latest>last|most recently|recently) (?P<verb>say|tweet|announce|claim){ABOUT}"),
        what_was_said,
    ),
    (rule(
        rf"what(?:'s| is| was| are|'re)? {WHO}(?:'s?)? (?P<latest>latest|most recent|newest)(?: (?:{NOUNS}|"
        rf"word))?{ABOUT}"
    ), what_was_said),
)  # fmt: skip
_CIRCUMSTANCES: tuple[Rule, ...] = (
    # when, where, why, to whom somebody said it
    (rule(
        rf"(?P<ask>when|where|why|how come|how) (?:did|does|has|had|would) {WHO} (?P<verb>say|said|says|saying|"
        rf"claim|tweet|post|state|announce|tell) (?P<topic>(?:that|it|this|so)|(?:them|him|her|us) (?:that|it|"
        rf"this))"
    ), detail_of),
    (rule(
        rf"(?P<ask>when|where|why|how come) (?:did|does|has|had|would) {WHO} (?P<verb>speak|talk|comment|say it|"
        rf"say that|say this|tweet)(?: (?:about|on) (?P<topic>.+))?"
    ), detail_of),
    (rule(
        rf"(?:to whom|who(?:m)?) (?:did|does|was|is|has|were|had) {WHO} (?P<verb>say(?:ing)?|tell|told|talking|"
        rf"talk|speaking|speak|addressing|respond\w*)(?: (?:that|it|this|so))?(?: to| with)?(?: (?:about|that) "
        rf"(?P<topic>.+))?"
    ), detail_of),
)  # fmt: skip
_WHAT_SAID: tuple[Rule, ...] = (
    # how somebody reacted
    (rule(
        rf"how (?:did|does|do|has|have|is|was|would) {WHO}{EXTRA} (?P<verb>respond(?:ed|ing)?|react(?:ed|ing)?|"
        rf"repl(?:y|ied)|answer(?:ed)?|feel|describe[ds]?|explain(?:ed)?|defend(?:ed)?|characteri[sz]e[d]?|justify|"
        rf"justified|address(?:ed)?|see|view)(?P<tail>.*)"
    ), lambda found, text: reaction(found, text)),
    # what somebody said
    (rule(
        rf"what (?:all |else |exactly |more |things )?(?:(?:{DO})|'s) {WHO}{EXTRA} (?P<verb>tell|told|telling|"
        rf"ask|asked|asking|warn|warned)\s+(?P<to>(?!about|on|regarding|for\b)(?:(?!\babout\b|\bon\b|\bregarding\b|"
        rf"\bto do\b).)+?){ABOUT}(?: to do)?"
    ), what_was_said),
    (rule(
        rf"what (?:all |else |exactly |more |things |kind of things )?(?:(?:{DO})|'s) {WHO}{EXTRA} "
        rf"(?P<verb>{ANY})\b(?:\s+(?P<to>to (?:reporters|the (?:press|media|public|crowd|audience|committee|senate|"
        rf"court|police)|congress|supporters|them|him|her|cnn|abc|nbc|fox(?: news)?)))?{END}{ABOUT_TO}"
    ), what_was_said),
    (rule(
        rf"what(?:'s|'re|'d)? {WHO} (?P<verb>said|says|say|saying|told|claimed|tweeted|announced|thinks|argued|"
        rf"replied|responded|stated){END}{ABOUT_TO}"
    ), what_was_said),
    (rule(
        rf"what(?:'s| is| was| are| were| has been)? {WHO}(?:'s?)? (?:\w+ )?(?P<noun>{NOUNS}){ABOUT_TO}"
    ), what_was_said),
    (rule(rf"what (?:said|says|say) {WHO}{ABOUT}"), what_was_said),
    (rule(
        rf"(?:what(?:'s| is| was| are| were) |is there |are there |do you have |got )?(?:the |a |any |some |all |"
        rf"every |all of the )*(?P<noun>{NOUNS}|something|anything|everything|news|what was said|stuff) "
        rf"(?:from|by|attributed to|made by|given by) {WHO}{ABOUT_TO}"
    ), what_was_said),
    (rule(
        rf"(?:everything|anything|all|things|stuff|what) (?:that )?{WHO} (?P<verb>said|says|has said|say|stated|"
        rf"claimed|told){END}{ABOUT_TO}"
    ), what_was_said),
    (rule(rf"where (?:does|did|do) {WHO} stand(?: on (?P<topic>.+))?"), what_was_said),
    (rule(
        rf"(?:has|have|did|does|do|is|was) {WHO}{EXTRA} (?P<verb>say|said|comment(?:ed)?|respond(?:ed)?|repl(?:y|"
        rf"ied)|react(?:ed)?|speak|spoken|talk(?:ed)?|mention(?:ed)?|tweet(?:ed)?|address(?:ed)?)(?: (?:anything|"
        rf"something|more|yet|anything else|publicly))*(?:\s+(?:about|on|regarding|to)\s+(?P<topic>.+))?"
    ), what_was_said),
    (rule(rf"{WHO} (?:said|says|say) what(?:\s+(?:about|on)\s+(?P<topic>.+))?"), what_was_said),
    (rule(rf"(?:how about|what about) {WHO} (?P<verb>said|saying|says)"), what_was_said),
)  # fmt: skip
_WHETHER_SAID: tuple[Rule, ...] = (
    # did somebody say it
    (rule(
        rf"(?:did|does|do|has|have|had|is|was) {WHO}(?: (?:really|actually|ever|just|also|have|already|even))* "
        rf"(?P<verb>{ANY})\b\s*(?:to \w+ )?(?:that |:)?\s*(?P<words>.+)"
    ), whether_said),
    (rule(
        rf"(?:is it true|is it right|is it correct|true or false)[:,]? (?:that )?{WHO} (?P<verb>said|says|claimed|"
        rf"told|tweeted|called|denied|admitted|promised|thinks|wants|stated)\s+(?:that )?(?P<words>.+)"
    ), whether_said),
    (rule(
        r"(?:verify|fact.?check|true or false|is this quote (?:real|right|true|correct)|is this (?:a )?real(?: "
        r"quote)?|check)\s*:?\s*(?P<words>.+?)"
    ), whether_said),
    (rule(r"[\"'](?P<words>.{12,})[\"']\s*(?:-|–|—|by|,|from)?\s*(?P<who>[^\"']*)"), whether_said),
    (rule(rf"(?:did|does|has|have) {WHO} (?P<verb>{ANY})\b"), what_was_said),
    (
        rule(rf"what (?:did|does|do|has|have|had) {WHO} (?P<verb>{ANY})\b (?P<topic>\S.*)"),
        lambda found, text: replace(what_was_said(found, text), loose=True),
    ),
)  # fmt: skip
RULES: tuple[Rule, ...] = (
    *HEADER_RULES,
    *_ABOUT_STORIES,
    *_WHO_SAID,
    *_LATEST,
    *_CIRCUMSTANCES,
    *_WHAT_SAID,
    *_WHETHER_SAID,
)
LOOSE: tuple[Rule, ...] = (
    (
        rule(
            rf"(?:after .+?, )?{WHO}(?: (?:will|would|may|might))? (?:most )?(?:probably|likely|presumably)"
            r"(?: (?:will|would|also|still|now))? (?:believe|think|thought|feel|felt|want|hope|wish|say)(?:s|d|ed)?"
            r"(?: that)?:?(?: (?P<topic>.+))?"
        ),
        plainly("about"),
    ),
    (rule(rf"(?:what(?:'s| is| was| were| are)? )?{WHO}'s? (?:\w+ )?(?P<noun>{NOUNS}){ABOUT_TO}"), what_was_said),
    (
        rule(rf"{WHO} (?:said|says|claimed|tweeted|claims|thinks|told \w+)\s+(?:that )?(?P<words>\S+ \S+.*)"),
        whether_said,
    ),
    (
        rule(rf"{WHO} (?:said|says|say|quotes?|statements?|reaction|response|comments?|tweets?){ABOUT_TO}"),
        what_was_said,
    ),
    (rule(r"(?P<who>\S+(?: \S+){0,3}?) (?:about|on|re|regarding|:) (?P<topic>.+)"), plainly("said")),
)
