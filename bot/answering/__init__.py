"""Question and conversation in, Answer or Abstention out, from what the stories say; no input or output of its own."""

from bot.answering.asking import ask, check, said, who_said
from bot.answering.limits import Limits

__all__ = ["Limits", "ask", "check", "said", "who_said"]
