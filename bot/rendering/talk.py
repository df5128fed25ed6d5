"""What the bot says of itself where somebody greets it, thanks it, or asks how it works: a sentence or two a face."""

from typing import Literal

from bot.answers import Talk

Face = Literal["discord", "terminal"]

_ANYWHERE: dict[Talk, str] = {
    "greeting": "Hello! Ask me who said what in the stories.",
    "thanks": "You are welcome.",
    "chat": "I know only what the stories say. Ask me who said what in them.",
    "who": (
        "I am On Record: I look up who said what in the stories that I hold, and show their words exactly as they "
        "stand there. No language model writes my answers, and where the stories do not say, I say so."
    ),
    "help": "Ask who said what, by name or by role; a further question may lean on the one before it.",
    "adding": "",
    "foreign": "",
    "page": "I do not hold that page yet.",
}
_HELP: dict[Face, str] = {
    "discord": (
        "`/speaker` shows what somebody said, `/check` compares a quotation, `/stories` lists what I hold. "
        "`/story add`, `/story remove`, `/watch` and `/settings` are for those who look after the stories."
    ),
    "terminal": "“onrecord speaker NAME” shows what somebody said, “onrecord check QUOTE” compares a quotation.",
}
_ADDING: dict[Face, str] = {
    "discord": (
        "`/story add` takes an address, a feed, a file, or text that you paste. Of a message: right-click it, then "
        "Apps, **Add as story**."
    ),
    "terminal": "Add stories with “onrecord add SOURCE”: a file, a folder, or an http(s) address.",
}
_EMPTY: dict[Face, str] = {
    "discord": f"There are no stories here yet. {_ADDING['discord']}",
    "terminal": "This library holds no stories yet: add one with “onrecord add SOURCE”.",
}


def talk_words(talk: Talk, face: Face) -> str:
    """The answer to what was said to the bot itself."""
    more = {"help": _HELP[face], "adding": _ADDING[face], "page": _ADDING[face]}.get(talk, "")
    return " ".join(filter(None, (_ANYWHERE[talk], more)))


def empty_words(face: Face) -> str:
    """That there is nothing to ask yet, and how that changes."""
    return _EMPTY[face]
