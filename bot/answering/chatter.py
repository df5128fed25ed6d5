"""Telling what is no question about any story: greetings, thanks, sums, insults, errands, orders to the bot."""

import re

_GREETING = (
    r"(?:hi|hello|hey|heya|hiya|yo|sup|howdy|hola|greetings|good (?:morning|afternoon|evening|night|day)|gm|gn|bye|"
    r"goodbye|see (?:you|ya)|cya|"
    r"later|thanks?|thank you|thx|ty|tysm|cheers|ok(?:ay)?|k|cool|nice|great|awesome|lol|lmao|haha+|hah|rofl|wow|"
    r"omg|yes|no|yeah|yep|nope|yup|sure|"
    r"test(?:ing)?|ping|pong|please|sorry|help|hmm+|huh|wut|why not|nvm|never ?mind|good bot|bad bot|"
    r"well done|good job|nice one|amazing|love (?:it|you)|"
    r"i love (?:you|u|this(?: bot)?)|you rock|you(?:'re| are) (?:great|the best|awesome|cool|nice|funny))"
)
_WHOLE = re.compile(
    rf"(?:{_GREETING}(?:[\s,]+(?:there|bot|all|everyone|everybody|you|u|again|so much|very much|a lot|friend|buddy|"
    rf"man|guys|bro|dude|then|{_GREETING}))*"
    r"|how(?:'s it going| are (?:you|u|things|ya)(?: doing)?(?: today)?| do you do| is it going| old are (?:you|u)|"
    r" do (?:you|u) work| were you made)"
    r"|what(?:'s| is) (?:up|good|new|your (?:name|job|purpose|age|favou?rite .+|problem|prompt|system prompt|"
    r"opinion on life)|the meaning of life|the time|love)|what time is it(?: .+)?|what day is (?:it|today)"
    r"|who (?:are (?:you|u)|made you|created you|built you|is your (?:creator|owner|boss|daddy))|what (?:are|r) "
    r"(?:you|u)(?: doing| for)?|what (?:can|do) (?:you|u) do"
    r"|are (?:you|u) (?:a |an )?(?:bot|robot|human|ai|real|alive|sentient|there|ok|okay|stupid|dumb|awake|"
    r"listening|chatgpt|gpt|alright|sure|busy|gay|single|drunk)(?: or .+)?"
    r"|can (?:you|u) (?:help(?: me)?|hear me|see me|talk|speak .+)"
    r"|do (?:you|u) (?:love|like|hate|have feelings|dream|sleep|eat|speak|want|believe in)\b.*|will you marry me|"
    r"marry me|sing(?: .+)?|dance)",
    re.IGNORECASE,
)
_ERRAND = re.compile(
    r"^(?:please |can you |could you |would you |will you |pls |now |just |i want you to |i need you to )*"
    r"(?:write(?: me| us)? (?:(?:a|an|some|my|the|me|\w+)\s+){0,3}?(?:poem|song|story about|haiku|essay|code|"
    r"script|program|function|limerick|rap|letter|joke|email|python|javascript|sql|novel|cv|resume|homework)"
    r"|(?:tell|give)(?: me| us)? (?:a |an |another |some )?(?:\w+ )?(?:joke|jokes|story about (?:a|an)|riddle|fun "
    r"fact|recipe|poem|compliment|pickup line)"
    r"|compose|draw|paint|generate|roleplay|role-play|pretend|act (?:as|like)|imagine|simulate|sing|play (?!ed)|"
    r"translate|calculate|compute|solve|convert|count to|spell|repeat after|say (?:hi|hello|something|\")"
    r"|recommend (?:a|me|some)|order (?:me|a|some)|book (?:me|a)|set (?:a|an|the) (?:timer|alarm|reminder)|remind "
    r"me to|buy|sell me|google|search the web|open (?:the|my|a)|run|execute|sudo|rm -|drop table|delete|ban|kick|"
    r"mute)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|the|your|my|these|those|previous|prior|above|"
    r"earlier|every|of)\s+)*(?:instructions?|prompts?|rules?|guidelines?|programming|everything|training|"
    r"restrictions?|(?:that|what) (?:you|i)\b.*)"
    r"|\b(?:system|developer|hidden|secret|initial) (?:prompt|message|instructions?)\b|\bprompt injection\b|"
    r"\bjailbreak\b|\b(?:you are|you're|act) now (?:a|an|in|dan|my)\b"
    r"|\byou are (?:now |an? )?(?:dan|chatgpt|gpt|an ai|a language model|no longer)\b|\bdo anything now\b|\bnew "
    r"instructions?\s*:|^\s*(?:system|assistant|user)\s*:|<\|?(?:im_start|system|endoftext)|\[/?inst\]"
    r"|\b(?:reveal|print|show|output|leak|give me|tell me) (?:me )?(?:your|the) (?:token|password|api key|prompt|"
    r"instructions|source code|secrets?|discord token)\b",
    re.IGNORECASE,
)
_INSULT = re.compile(
    r"^(?:you(?:'re| are|r)?|ur|u|this bot(?: is)?|bot|stupid|dumb)?\s*(?:are |is |r |such |so |a |an |the |really "
    r"|fucking |very |just |complete |total |piece of )*"
    r"(?:stupid|dumb|idiot|idiotic|useless|garbage|trash|sucks?|moron|shit|crap|loser|ugly|lame|worthless|terrible|"
    r"horrible|annoying|boring|a joke|wrong|broken|fuck(?: (?:you|off|u))?|stfu|shut up|shut it|screw you|go away|"
    r"kys|die|bitch|asshole)"
    r"(?:\s+(?:bot|robot|machine|you|thing|ai|idiot|moron))*$",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"^(?:what(?:'s| is| are)?|how much is|calculate|compute|solve)?\s*(?:the )?(?:square root of |sum of "
    r")?[\d.,]+\s*(?:[-+*/x×÷^%=()]|plus|minus|times|divided by|over|to the power of|mod|and)"
    r"(?:\s*(?:[-+*/x×÷^%=().,\d]|plus|minus|times|divided by|over|to the power of|mod|and))*$"
    r"|^(?:what(?:'s| is) )?(?:the )?(?:square root|cube root|factorial|derivative|integral) of .+|^what is \d+% "
    r"of .+|^[\d\s.,:+*/=()^%-]+$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"^(?:what(?:'s| is| will be)|how(?:'s| is)) the weather(?: (?:like|in|today|tomorrow|for|forecast|outside|"
    r"going)\b.*)?$"
    r"|^(?:will it|is it going to) (?:rain|snow)\b.*|^(?:what|which) (?:movie|song|game|book|anime|show) should "
    r"i\b.*|^how (?:do|can|should|would) i (?!know)\b.*|^(?:should|can|could|may|am|do|will) i\b.*"
    r"|^what should i\b.*|^i (?:am|'m|feel|hate|think|need|like|have|love|was|want|just)\b.*|^i'm\b.*|^my \w+(?: "
    r"\w+)? (?:is|are|was|has|hurts|died)\b.*|^(?:let's|lets) (?:play|talk|chat|go)\b.*|^knock knock.*|^do a .*|"
    r"^lorem ipsum.*",
    re.IGNORECASE,
)


def is_chatter(question: str, tidied: str) -> bool:
    """Whether this is no question about a story at all; `tidied` is the question as `typed.tidy` leaves it."""
    stripped = question.strip()
    if _ORDER.search(stripped[:2000]):
        return True
    for text in dict.fromkeys((tidied, stripped.strip(" ?!.,"))):
        if (
            _WHOLE.fullmatch(text)
            or _ERRAND.match(text)
            or _INSULT.match(text)
            or _SUM.match(text)
            or _ELSEWHERE.match(text)
        ):
            return True
    return not any(character.isalpha() for character in tidied)
