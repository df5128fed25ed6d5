"""What is no question about any story: help, thanks, errands, and messages in another language."""

from __future__ import annotations

from bot.answers import Abstention, Talk
from bot.kinds import abstaining
from bot.kinds.desk import Desk
from bot.questions.reader import Kind

KINDS: frozenset[Kind] = frozenset({"help", "small-talk", "foreign", "other"})
_TOLD_BY: tuple[tuple[Talk, str], ...] = (
    (
        "thanks",
        "thank|thanks|thankyou|thx|ty|tysm|cheers|ta|great|nice|perfect|lovely|brilliant|much obliged|appreciate"
        "|appreciated|lifesaver",
    ),
    (
        "who",
        "who are|what are you|who r|who made you|your name|you a bot|a robot|human|a real person|are you real|an ai"
        "|chatgpt|a machine",
    ),
    (
        "greeting",
        "hello|hi|hey|hiya|howdy|yo|gm|gday|morning|afternoon|evening|sup|wassup|whats up|namaste|greetings"
        "|how are you|how r u|hows it going|welcome back|happy new year",
    ),
)
"""Words by which small talk is told apart, the first that comes; anything else is chat, which suits all of it.

They were chosen by 103 lines that the reader of questions learns from; of 16 others 12 were told rightly, 4 are chat.
"""
_APOSTROPHES = {ord(sign): None for sign in "'’"}


def answer_chat(desk: Desk, kind: Kind) -> Abstention:
    """That nothing was asked of the stories, with what there is to say to it."""
    words = desk.question.casefold()
    if not any(map(str.isalnum, words)):
        return abstaining.not_about_the_story(desk, "help")
    talk: Talk | None = "foreign" if kind == "foreign" else None
    if kind == "help":
        talk = "adding" if any(hint in words for hint in ("add", "upload", "paste", "submit")) else "help"
    if kind == "small-talk":
        talk = _small_talk(words)
    return abstaining.not_about_the_story(desk, talk)


def _small_talk(words: str) -> Talk:
    """What somebody says who asks nothing."""
    kept = "".join(sign if sign.isalnum() else " " for sign in words.translate(_APOSTROPHES))
    said = f" {' '.join(kept.split())} "
    return next((talk for talk, hints in _TOLD_BY if any(f" {hint} " in said for hint in hints.split("|"))), "chat")
