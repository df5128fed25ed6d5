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
    "watching": "",
    "removing": "",
    "foreign": "",
    "page": "I do not hold that page yet.",
}
_HELP: dict[Face, str] = {
    "discord": (
        "`/speaker` shows what somebody said, `/check` compares a quotation, `/stories` lists what I hold. "
        "`/watch` tells you of new words, `/privacy` says what I keep. `/story add`, `/story remove` and `/settings` "
        "(where and how I answer) are for those who look after the stories."
    ),
    "terminal": "“onrecord speaker NAME” shows what somebody said, “onrecord check QUOTE” compares a quotation.",
}
_ADDING: dict[Face, str] = {
    "discord": (
        "`/story add` takes an address, a feed, a file, or text that you paste. Of a message: right-click it, or "
        "hold it on a phone, then Apps, **Add as story**."
    ),
    "terminal": "Add stories with “onrecord add SOURCE”: a file, a folder, or an http(s) address.",
}
_WATCHING: dict[Face, str] = {
    "discord": (
        "`/watch` tells you when a new story quotes somebody, or has words on a topic: here or in private, at once, "
        "once a day or once a week. The button under what it posts silences it, and so does `/settings`."
    ),
    "terminal": "“onrecord follow ADDRESS” follows a feed, and “onrecord refresh” says what it brought.",
}
_REMOVING: dict[Face, str] = {
    "discord": "`/story remove` takes a story out again: choose it from those offered. Feeds are in `/settings`.",
    "terminal": "“onrecord remove ID” takes a story out again; “onrecord stories” has their ids.",
}
_OF_A_KIND: dict[Talk, dict[Face, str]] = {
    "help": _HELP, "adding": _ADDING, "page": _ADDING, "watching": _WATCHING, "removing": _REMOVING,
}  # fmt: skip
_EMPTY: dict[Face, str] = {
    "discord": f"There are no stories here yet. {_ADDING['discord']}",
    "terminal": "This library holds no stories yet: add one with “onrecord add SOURCE”.",
}


def talk_words(talk: Talk, face: Face) -> str:
    """The answer to what was said to the bot itself."""
    return " ".join(filter(None, (_ANYWHERE[talk], _OF_A_KIND.get(talk, {}).get(face))))


def empty_words(face: Face) -> str:
    """That there is nothing to ask yet, and how that changes."""
    return _EMPTY[face]
