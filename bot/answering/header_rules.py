"""How people ask about a story itself: its date, outlet, writer, title and place."""

import re

from bot.answering.asked import Asked
from bot.answering.readings import THING, Reading, Rule, bare, rule
from bot.answers import Part

_IT = (
    rf"(?:(?:{THING}|this|that|it|these)(?: (?:about|on|of|with) (?P<topic>.+))?"
    r"|the (?P<kind>(?:\w+ ){1,3}?)(?:story|article|report|piece|interview|column))"
)
_OF = rf"(?: (?:of|for|on) {_IT})?"
_MADE = r"(?:(?:first|originally|actually) )?(?:published|posted|printed|written|released|updated|put out|put online)"
_OUTLET = (
    r"(?:news )?(?:outlet|newspaper|paper|source|publication|publisher|magazine|website|web ?site|site|channel|network|"
    r"station|agency|broadcaster|organi[sz]ation|press agency)"
)
_WRITER = r"(?:author|writer|reporter|journalist|byline)s?"


def _asks_for(part: Part) -> Reading:
    def make(found: re.Match[str], text: str) -> Asked:
        groups = found.groupdict()
        topic = groups.get("topic") or groups.get("kind")
        return Asked("header", text, topic=bare(topic), part=part, loose=bool(groups.get("loose")))

    return make


def _rules(part: Part, *patterns: str) -> tuple[Rule, ...]:
    return tuple((rule(pattern), _asks_for(part)) for pattern in patterns)


_WHEN = r"(?:when|(?:on )?(?:what|which) (?:day|date|month|year))"
_WHAT_IS = r"(?:what(?:'s| is| was| are) )?(?:the )?"
_WHO_IS = r"(?:who(?:'s| is| was| are| were) |what(?:'s| is) )?(?:the )?(?:name of the )?"
HEADER_RULES: tuple[Rule, ...] = (
    *_rules(
        "date",
        rf"{_WHEN} (?:was|is|were) {_IT} (?:{_MADE}|from)",
        rf"{_WHEN} did {_IT} (?:appear|come out|run|get published|air)",
        rf"{_WHAT_IS}(?:publication |publishing |published |release )date{_OF}",
        rf"what(?:'s| is| was) the date (?:of|for|on) {_IT}",
        rf"what date (?:is|was) {_IT}",
        rf"how (?:old|recent|new) is {_IT}",
    ),
    *_rules(
        "source",
        rf"(?:which|what) {_OUTLET} (?:is|was) {_IT}(?: {_MADE})? (?:from|in|by|on)",
        rf"(?:which|what) {_OUTLET} (?:is|was|does|did) {_IT}(?: come)?(?: from)?",
        rf"(?:(?:which|what) {_OUTLET}|who) (?:has |had )?(?:published|posted|printed|ran|released|broke) {_IT}",
        rf"where (?:was|is) {_IT} (?:{_MADE}|from)",
        rf"where (?:does|did) {_IT} (?:come from|appear|run|get published)",
        rf"(?:who(?:'s| is) )?{_WHAT_IS}{_OUTLET}{_OF}",
        r"who(?:se)? (?:story|article) is (?:this|it|that)",
    ),
    *_rules(
        "author",
        rf"who (?:wrote|authored|penned|filed|has written) {_IT}",
        rf"who(?:'s| is| was) {_IT} (?:{_MADE} )?by",
        rf"{_WHO_IS}{_WRITER}{_OF}",
        rf"by whom (?:was|is) {_IT} {_MADE}",
        rf"whose byline (?:is|was) (?:on )?{_IT}",
    ),
    *_rules(
        "title",
        rf"{_WHAT_IS}(?:title|headline|name){_OF}",
        rf"what(?:'s| is) {_IT} (?:called|titled|named)",
        rf"how is {_IT} titled",
    ),
    *_rules(
        "place",
        rf"where (?:was|is|were) {_IT} (?:filed|reported|written|datelined|set)(?: from| in)?",
        rf"where (?:does|did|do|is|was) {_IT} (?P<loose>take place|taking place|happen|happening|play|occur)",
        rf"{_WHAT_IS}(?:dateline|place|location){_OF}",
    ),
)
