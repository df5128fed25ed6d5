"""What is no question about any story: help, thanks, errands, and messages in another language."""

from __future__ import annotations

from bot.answers import Abstention, Talk
from bot.kinds import abstaining
from bot.kinds.desk import Desk
from bot.questions.reader import Kind

KINDS: frozenset[Kind] = frozenset({"help", "small-talk", "foreign", "other"})


def answer_chat(desk: Desk, kind: Kind, talk: Talk) -> Abstention:
    """That nothing was asked of the stories, with what there is to say to it; `talk` is what it was read as."""
    if not any(map(str.isalnum, desk.question)):
        return abstaining.not_about_the_story(desk, "help")
    if kind == "foreign":
        return abstaining.not_about_the_story(desk, "foreign")
    return abstaining.not_about_the_story(desk, None if kind == "other" and talk == "chat" else talk)
