"""What is no question about any story: help, thanks, errands, and messages in another language."""

from __future__ import annotations

from bot.answers import Abstention, Chat
from bot.kinds import abstaining
from bot.kinds.desk import Desk
from bot.questions.reader import Kind

_CHATS: dict[Kind, Chat] = {"help": "help", "small-talk": "small-talk", "foreign": "foreign", "other": "errand"}
KINDS = frozenset(_CHATS)


def answer_chat(desk: Desk, kind: Kind) -> Abstention:
    """That nothing was asked of the stories, and what could be; which kind of talk it was is said along."""
    return abstaining.not_about_the_story(desk, _CHATS[kind])
