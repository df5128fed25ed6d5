"""Lines that pages put into and behind their stories: invitations, credits, pointers to other stories.

They are told by how they begin, since that is what is alike in them from one outlet to the next.
"""

import re

_POINTER = re.compile(
    r"(?:read|see|watch|listen|view)(?: it)?(?: more| also| next| now| on| too| the (?:full|original"
    r"|rest)\b[^.]{0,60})?\s?[:|»>–—-]"
    r"|(?:read|see|find out|learn|discover) (?:more|also|next)\b[^.!?]{0,80}$|also (?:read|see|on)\b|more (?:from"
    r"|on|about|in|stories|news|coverage|like this)\b[^.!?]{0,80}$"
    r"|(?:related|recommended|trending|more|watch|video|photos?|gallery|listen|podcast|opinion|analysis|explainer"
    r"|must read|don['’]t miss|up next|in case you missed it|you may (?:also )?like|you might (?:also )?like|most"
    r" (?:read|popular))\s?(?:stor(?:y|ies)|articles?|news|links?|content|posts?|coverage|reading|video"
    r"|topics?)?\s?(?:[:|»>]|$)"
    r"|read (?:or|and) share\b|our standards\s?:|(?:click|tap) (?:here|on|to)\b|continue reading\b|scroll (?:down"
    r"|to)\b|skip (?:to|past|advert\w*)|(?:story|article) continues (?:below|after)"
    r"|(?:advertisement|sponsored|promoted|ad)\s?(?:content)?$|loading\b[ .…]*$|back to (?:top|the top)\b|jump"
    r" to\b[^.]{0,30}$"
    r"|next (?:article|story|post)\b|previous (?:article|story|post)\b|show (?:more|less|comments)\b|view (?:all"
    r"|comments|gallery|more)\b|explore further\b",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"(?:(?:please )?(?:sign|log) (?:up|in)|subscribe|register|join (?:us|our|the conversation|thousands)|follow"
    r" (?:us|the|@|him|her|our|me|\w+ \w+ on)|like us|find us|connect with us"
    r"|get (?:the|our|a|your|more|breaking|daily|unlimited|email)\b|never miss|stay (?:up[ -]to[ -]date|informed"
    r"|connected|on top)|download (?:the|our)|support (?:the|our|independent)"
    r"|donate\b|become a (?:member|subscriber|supporter)|want (?:more|to (?:read|get|know|receive))|enjoy(?:ed"
    r"|ing)? (?:this (?:article|story|post)|our)|have (?:a|you got a) (?:tip|story|question)|got a (?:tip|story)|do you"
    r" (?:have|know)|contact (?:us|the (?:author|writer|reporter))|e-?mail (?:us|the|\w+ at|him|her)"
    r"|send (?:us|your)|share (?:this|on|via|your|the)|tweet (?:this|us)|print (?:this|article)|save (?:this"
    r"|article)|leave a (?:comment|reply)|(?:post|add|write|view) (?:a |your )?comments?|comments? (?:are|is|have"
    r" been) (?:closed|off|disabled|moderated)|be the first to comment|join the (?:discussion|debate)"
    r"|we (?:use cookies|want to hear|welcome your|may earn|rely on)|this (?:site|website|page) (?:uses|is"
    r" protected)|by (?:signing up|subscribing|clicking|submitting)|your (?:email|e-mail|subscription)|thank(?:s|"
    r" you) for (?:reading|signing|subscribing|registering)|if you (?:enjoyed|liked|like) (?:this|what)"
    r"|(?:a|an)?\s?(?:error|confirmation)\b[^.]{0,20}(?:occurred|sent)|enter your e-?mail|you can (?:unsubscribe"
    r"|opt out)|(?:the|our) (?:newsletter|morning briefing)|sign-?up\b)",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"newsletter|inbox|e-?mail|twitter|facebook|instagram|linkedin|whatsapp|telegram|youtube|\bapp\b|\bapps\b"
    r"|podcast|subscri|cookies|comments?\b|free trial|alerts?\b|\bhere\b|@\w|notifications?|updates|\.com\b"
    r"|briefing|membership|conversation|social media|this (?:story|article|post)|account|latest news|journalism"
    r"|supporter",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"©|\(c\) ?\d{4}|copyright\b|all rights reserved|(?:photo|image|picture|illustration|video|graphic|featured"
    r" image|main image|header image|cover photo|top image|lead image|photograph)s?(?: (?:credit|source|by"
    r"|courtesy|via|from|of)\b[^.]{0,80}|\s?:)"
    r"|(?:getty images|shutterstock|afp/getty|reuters/|ap photo|istock|alamy|unsplash)\b[^.]{0,60}$"
    r"|\(?(?:additional |further )?(?:reporting|editing|writing|compiled|edited|written|translation|translated"
    r"|produced|production|research)(?: (?:and|&) (?:writing|editing|reporting))? by\b[^\n]{2,300}$"
    r"|(?:with|from) (?:post |ap |wire |agency |staff )?(?:wires?|agencies|wire (?:services?|reports?)|staff"
    r" reports?|agency (?:inputs?|reports?)|files? from [^.]{2,60}|reports? from [^.]{2,60})\.?$"
    r"|(?:source|sources|via|credit|credits|tags?|filed under|topics|categories|category|posted in|in this"
    r" (?:story|article)|keywords)\s?:"
    r"|(?:first|last) (?:published|updated|modified)\b|(?:published|updated|posted|modified)(?: on| at)?\s?:"
    r"|(?:this (?:article|story|post|piece|report|content) (?:was|is|has been|originally|first|appear(?:s|ed)"
    r"|also)\b[^\n]{0,40}(?:originally|published|republished|appeared|updated|syndicated|provided|produced"
    r"|generated|from|created|issue|edition))"
    r"|(?:a|this) version of (?:this|the) (?:article|story)\b|(?:more|journal) information\s?:|provided"
    r" by\b[^.]{0,80}$|citation\s?:"
    r"|originally published\b|the post [^\n]{3,200} appeared first on\b|\d+ (?:comments?|shares?)$|comments?"
    r" ?\(?\d*\)?$|share$|(?:the )?(?:views|opinions) expressed\b|follow @"
    r"|(?:our |\w+ )?transcripts are (?:created|produced|generated)\b|this transcript (?:is|was|may)\b"
    r"|this (?:live )?(?:page|blog|thread|feed) is\b[^.]{0,20}\bclosed"
    r"|listen to (?:this (?:article|story|episode)|more stories)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\b(?:Photo(?:graph)?|Image|Picture|Illustration)s?(?: (?:credit|by))?: ?[A-Z][^:]{2,60}$")
"""Who took a picture, behind the words below it."""
_HELPED = re.compile(r"\bcontributed (?:reporting\b|to this (?:article|story|report|piece)\b)[^.\n]{0,60}\.?$")
_REACHED = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}|(?<![\w@])@\w{1,40}")
"""Where somebody can be written to."""
_WRITER = re.compile(
    r"(?:contact|reach|e-?mail)\b|[A-Z][^.!?]{2,80} (?:(?:is|are) (?:an? |the )?[^.!?]{0,60}\b(?:writer|reporter|editor"
    r"|correspondent|columnist|producer|journalist|intern|fellow|contributor)s?\b|can be reached\b)",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\b\d{1,2}[- ]min(?:ute)?s?[- ]read\b", re.IGNORECASE)
_SOURCE = re.compile(r"SOURCE:? [A-Z]|(?:Source|Via)(?:: ?|(?=[A-Z]))[A-Z]")
_END = re.compile(
    r"(?:(?:more )?(?:related|recommended)(?: \w+){0,2}|read (?:more|next|also|on)|more (?:from|on|in|about"
    r"|stories|news|coverage|like this)\b[^.!?]{0,60}|you (?:may|might) (?:also )?(?:like|be"
    r" interested)[^.]{0,20}|trending(?: now)?|most (?:read|popular|viewed|shared|recent)[^.]{0,20}|popular"
    r" (?:now|stories|posts)|latest (?:news|stories|posts|videos?|headlines)|top (?:stories|news)|don['’]t miss"
    r"|comments?(?: \(?\d+\)?)?|leave a (?:reply|comment)|join the (?:conversation|discussion)|share (?:this"
    r"|on)\b[^.]{0,40}|about the (?:author|writer)s?|tags|topics|see also|also read|also on \w+|further reading"
    r"|references|explore further|what to read next|up next|what do you think\??|sign up\b[^.]{0,80}"
    r"|subscribe\b[^.]{0,60}|sponsored(?: content| links)?|from (?:around )?the web|promoted(?: stories| links)?"
    r"|recommended for you|more news|(?:is|was) this (?:page|article|story) (?:useful|helpful)\??|(?:rate|report)"
    r" this (?:page|article)[^.]{0,40}|(?:send|give)(?: us)? (?:your )?feedback)\s?[:.…]?$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:written|words|story|report|reported|posted|published|reporting) )?by:? "
    r"(?:(?:(?-i:[A-Z])[\w.'’-]*|(?-i:van|von|der|den|de|la|le|al|bin))(?:,?"
    r" (?:and |& )?|$)){1,8}(?P<rest>[^a-z].*|on .*|for .*|$)",
    re.IGNORECASE,
)
_PUBLISHED = r"(?:(?:[Pp]ublished|[Pp]osted|[Ff]iled|[Ii]ssued|[Uu]pdated)(?: on)?:? )?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = re.compile(
    rf"{_PUBLISHED}(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? |\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? )\d{{4}}"
    r"(?:,?(?: at| -| \||) ?\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)?\.?"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d ?[AaPp]\.?[Mm]\.?(?: [A-Z]{2,4})?|\d\d:\d\d(?: [A-Z]{2,4})?")
_WALL = re.compile(
    r"(?:subscribe|sign (?:in|up)|log ?in|register|become a (?:member|subscriber)|start your|get (?:full"
    r"|unlimited) access)\b[^.!?]{0,80}\b(?:to (?:continue|keep|read|finish|unlock|access|view)|(?:read|access"
    r"|unlock) (?:the|this))"
    r"|(?:to )?(?:continue|keep) reading\b[^.!?]{0,60}\b(?:subscribe|sign|log|register|account|subscription|free)"
    r"|(?:this|the rest of this|the full) (?:article|story|content|post) is (?:for|only|available|exclusive\w*"
    r"|reserved|locked)\b[^.!?]{0,40}\b(?:subscribers?|members?)"
    r"|already (?:a|an) (?:subscriber|member)\b|(?:you have|you've) (?:reached|read|used) (?:your|all"
    r"|\d)\b[^.!?]{0,40}(?:limit|articles?|stories)"
    r"|read (?:the )?(?:full|rest of the|complete|whole) (?:article|story|post|piece|report)\b|continue reading\b",
    re.IGNORECASE,
)
LONGEST = 400


def is_furniture(text: str, linked: float) -> bool:
    """Whether a line is one that pages put into stories: an invitation, a credit, a pointer to something else."""
    if len(text) > LONGEST:
        return False
    bare = text.lstrip("*•►▶>»|-–—[( \"'“‘").strip()
    if _CREDIT.match(bare) or _SOURCE.match(bare):
        return len(text) < 300
    if len(text) < 200 and (_WALL.search(text) or _SIGNED.search(text) or _HELPED.search(text)):
        return True
    if len(text) < 250 and _is_about_who_wrote(bare):
        return True
    if _POINTER.match(bare):
        return linked > 0.3 or len(text) < 40 or bare[:9].isupper()
    return bool(_INVITATION.match(bare) and (linked > 0.15 or _MEDIUM.search(text)) and len(text) < 300)


def _is_about_who_wrote(text: str) -> bool:
    """Whether a line tells how to reach whoever wrote the story, or how long it takes to read."""
    if (reached := _REACHED.search(text)) and (_WRITER.match(text) or len(text) - len(reached[0]) < 20):
        return True
    return len(text) < 120 and bool(_MINUTES.search(text))


def is_wall(text: str) -> bool:
    """Whether a line asks to pay or to sign in for the rest of a story."""
    return len(text) <= LONGEST and bool(_WALL.search(text))


def is_byline(text: str) -> bool:
    """Whether a line says by whom the story is, and nothing of it."""
    return len(text) < 160 and bool(_BYLINE.match(text)) and not re.search(r"[.!?][\"”’]?$", text)


def is_day(text: str) -> bool:
    """Whether a line is the day or the time at which a story or a part of it appeared, and nothing of it."""
    return len(text) < 60 and bool(_DAY.fullmatch(text) or _CLOCK.fullmatch(text))


def opens_the_end(text: str) -> bool:
    """Whether a line is the heading of what pages put behind their stories."""
    return len(text) < 90 and bool(_END.fullmatch(text.strip("*•►▶>»|-–—[] ")))
