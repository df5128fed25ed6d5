"""The few forms of a question that need no model: whose words, a story's own facts, lists, and turns of a word or two.

Everything else is read by the taught reader. A form stands here only where it can mean nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.answers import Detail, Part

LONGEST = 120  # code points of a question that can be one of these forms
Wanted = Literal["said", "header", "stories", "speakers", "summary", "others", "nth", "detail", "which-story"]
_MARKUP = re.compile(r"<(?:@[!&]?|#|:\w+:|a:\w+:|t:)[\w:]*>|</[\w -]+:\d+>")
_AROUND = re.compile(
    r"^(?:please|pls|hey|hi|ok|so|and|but)[,\s]+|[\s?!.…]+$|[,\s]+(?:please|pls|thanks|thx)[\s?!.]*$", re.IGNORECASE
)
_STORY = r"(?:the|this|that|it|your|these|those)(?: (?:story|article|report|piece|stories))?"
_SAID_IT = r"did (?:he|she|they) say (?:that|this|it)"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "1st": 1, "2nd": 2, "3rd": 3}


@dataclass(frozen=True, slots=True)
class Exact:
    """What one of the forms asks for: `who` and `topic` as typed, the `part` of a story, the `number` in "the second
    one" (from 1, -1 the last), or the `detail` of what was shown before."""

    wanted: Wanted
    who: str | None = None
    part: Part | None = None
    number: int | None = None
    detail: Detail | None = None
    topic: str | None = None


_FORMS: tuple[tuple[re.Pattern[str], Exact], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), exact)
    for pattern, exact in (
        (r"what (?:did|does|do|has|have) (?P<who>[^,;:]{1,60}?) (?:say|said|says)", Exact("said")),
        (r"(?:everything|all)(?: that)? (?P<who>[^,;:]{1,40}?) (?:said|says)", Exact("said")),
        (r"(?:any )?quotes? (?:from|by) (?P<who>[^,;:]{1,40})", Exact("said")),
        (r"(?:(?:what|how) about )?(?!who(?:'?s)? )(?P<who>@?[\w.'’-]{2,25}(?: [\w.'’-]{1,25}){0,2})", Exact("said")),
        (rf"when (?:was|is|were) {_STORY} (?:published|posted|written|released|from)", Exact("header", part="date")),
        (rf"(?:who|wh(?:ich|at) outlet) (?:published|posted) {_STORY}(?: about .+)?", Exact("header", part="source")),
        (rf"where does {_STORY} take place", Exact("header", part="place")),
        (rf"where was {_STORY} (?:filed|written|reported)(?: from)?", Exact("header", part="place")),
        (rf"who (?:wrote|authored) {_STORY}|who is the author", Exact("header", part="author")),
        (rf"what(?:'s| is) (?:the (?:title|headline)|{_STORY} called)", Exact("header", part="title")),
        (rf"(?:which|what) (?:outlet|paper|source) is {_STORY}(?: from)?", Exact("header", part="source")),
        (r"(?:list |show )?(?:all )?(?:the |your )?stories", Exact("stories")),
        (r"(?:which|what) stories (?:mention|speak of|talk about|are about) (?P<topic>.+)", Exact("stories")),
        (r"(?:which|what|how many) (?:stories|outlets) (?:do you have|are there)", Exact("stories")),
        (r"what can i ask about|what'?s new", Exact("stories")),
        (rf"who (?:speaks|spoke|talks|is quoted)(?: in {_STORY})?", Exact("speakers")),
        (r"(?:list |show )?(?:all )?(?:the )?speakers", Exact("speakers")),
        (r"(?:tl;?dr|summary|recap)(?: of| on) (?P<topic>(?!this|that|it|the st).+)", Exact("summary")),
        (rf"what(?:'s| is) {_STORY} about", Exact("summary")),
        (rf"tl;?dr|summary|summari[sz]e(?: {_STORY})?", Exact("summary")),
        (r"(?:who|anyone|anybody|what|anything) (?:else|more)", Exact("others")),
        (r"(?:any )?others?|(?:tell me |show )?more|go on", Exact("others")),
        (r"(?:in |from )?(?:which|what) (?:story|article)|source|link", Exact("which-story")),
        (rf"when(?: was (?:that|this|it)| {_SAID_IT})?", Exact("detail", detail="when")),
        (rf"where(?: was (?:that|this|it)| {_SAID_IT})?", Exact("detail", detail="where")),
        (rf"to whom|to who|who to|whom? {_SAID_IT} to|to whom? {_SAID_IT}", Exact("detail", detail="to-whom")),
        (r"why(?: so| is that| was that)?|how come", Exact("detail", detail="why")),
        (rf"(?:what about )?the (?P<n>{'|'.join(_ORDINALS)})(?: (?:one|quote|person))?", Exact("nth")),
    )
)  # fmt: skip
OF_BEFORE: frozenset[Wanted] = frozenset({"others", "nth", "detail", "which-story"})
"""What can only be answered from what the question before got."""


def exact_forms(question: str) -> list[Exact]:
    """The forms that a question has, those that need nothing but themselves first."""
    if len(question) > LONGEST:
        return []
    text = bare(question)
    found = []
    for pattern, exact in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            groups = match.groupdict()
            number = _ORDINALS[groups["n"].lower()] if groups.get("n") else None
            found.append(Exact(exact.wanted, groups.get("who"), exact.part, number, exact.detail, groups.get("topic")))
    other = [one for one in found if one.wanted != "said"]
    return other + [one for one in found if one.wanted == "said"][:1]


def bare(question: str) -> str:
    """A question on one line, without Discord's markup, courtesies and closing marks."""
    text = " ".join(_MARKUP.sub(" ", question).replace("’", "'").split())
    before = None
    while before != text:
        before, text = text, _AROUND.sub("", text).strip()
    return text
