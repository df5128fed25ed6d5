"""Questions of a word or two that live on what came before: "who else?", "why?", "the second one"."""

import re
from dataclasses import replace

from bot.answering.asked import Asked

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


_QUESTION_WORD = (
    r"(?:(?:by|with|for|from|to|of|in|at|on|about|against|until|since|than|like)\s+)?(?:who|whom|whose|what|which"
    r"(?: ones?)?|when|where|how(?: (?:many|much|long|old|often|far|big|so|bad|soon))?|what (?:then|for|next|kind|"
    r"time|year|happened (?:then|next)))(?:\s+(?:exactly|then|so|(?:is|was|were|are) (?:that|it|they|this|he|she)))?"
)


_READINGS = tuple((re.compile(wording), asked) for wording, asked in (
    (r"(?:who|anyone|anybody|everyone|what|anything|any|someone) (?:else|more)|(?:any )?others?"
     r"|(?:(?:tell|show|give) (?:me|us) |any(?:thing)? |what )?more|go on|continue",
     Asked("fragment", "", others=True)),
    (r"why(?: (?:not|is that|was that|so|that))?|how come|because\?*", Asked("fragment", "", detail="why")),
    (r"when(?: was (?:that|this|it))?|on what (?:day|date)|what (?:day|date)", Asked("fragment", "", detail="when")),
    (r"where(?: was (?:that|this|it))?", Asked("fragment", "", detail="where")),
    (r"to (?:who|whom)(?: exactly)?|who(?:m)? to", Asked("fragment", "", detail="to-whom")),
    (r"(?:in|from) (?:which|what) (?:story|article|outlet|paper|source)|which (?:story|article|outlet)(?: (?:is|"
     r"was) (?:that|this|it)(?: (?:in|from))?)?"
     r"|where(?:'s| is| was| does| did) (?:that|this|it) (?:from|come from|say that|written|published)|source|link",
     Asked("stories", "")),
    (_QUESTION_WORD, Asked("fragment", "", detail="fact")),
    (r"(?:is|was) that (?:a )?(?:true|real|right|correct|accurate|exact|quote|direct quote|really what .+ said)",
     Asked("fragment", "", detail="how")),
))  # fmt: skip


def short_question(text: str) -> Asked | None:
    """Questions of a word or two that live on what came before."""
    lower = text.lower()
    which = _WHICH_ONE.match(lower)
    if which:
        lead = _ORDINALS[which["n"]] if which["n"] else int(which["d"])
        return Asked("fragment", text, lead=lead)
    return next((replace(asked, text=text) for wording, asked in _READINGS if wording.fullmatch(lower)), None)
