"""What is no question about any story: help, thanks, errands, and messages in another language."""

from __future__ import annotations

from bot.answers import Abstention, Talk
from bot.kinds import abstaining
from bot.kinds.desk import Desk
from bot.questions.reader import Kind

KINDS: frozenset[Kind] = frozenset({"help", "small-talk", "foreign", "other"})
_TOLD_BY: tuple[tuple[Talk, tuple[str, ...]], ...] = (
    ("thanks", ("thank", "thx", "cheers", "ta ", "great", "nice", "perfect", "lovely")),
    ("who", ("who are", "what are you", "who r", "bot", "human", "real person", "your name")),
)
"""Words by which small talk is told apart; anything else is a greeting."""


def answer_chat(desk: Desk, kind: Kind) -> Abstention:
    """That nothing was asked of the stories, with what there is to say to it."""
    words = desk.question.casefold()
    talk: Talk | None = "foreign" if kind == "foreign" else None
    if kind == "help":
        talk = "adding" if any(hint in words for hint in ("add", "upload", "paste", "submit")) else "help"
    if kind == "small-talk":
        talk = next((talk for talk, hints in _TOLD_BY if any(hint in words for hint in hints)), "greeting")
    return abstaining.not_about_the_story(desk, talk)
