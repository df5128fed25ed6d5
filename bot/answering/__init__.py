"""Question and conversation in, Answer or Abstention out, from what the stories say; no input or output of its own."""

from bot.answering.asking import ask, check, check_all, said, who_said
from bot.answering.limits import DEFAULTS, FOR_PEOPLE, Limits

__all__ = ["DEFAULTS", "FOR_PEOPLE", "Limits", "ask", "check", "check_all", "said", "who_said"]
