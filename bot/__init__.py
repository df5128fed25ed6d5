"""Questions in, messages out: answering, rendering, the terminal and Discord, on top of `index`.

What is named here is for other programs: open a library, ask it, check a quotation, and have the result as JSON. Each
is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answers import Abstention, Answer, Result, Turn
    from bot.asking import ask, check, check_all, said, who_said
    from bot.libraries import open_library
    from bot.rendering.contract import as_json
    from bot.settings import Settings

__all__ = [
    "Abstention",
    "Answer",
    "Result",
    "Settings",
    "Turn",
    "as_json",
    "ask",
    "check",
    "check_all",
    "open_library",
    "said",
    "who_said",
]
_ROOMS = {
    "answers": ("Abstention", "Answer", "Result", "Turn"),
    "asking": ("ask", "check", "check_all", "said", "who_said"),
    "libraries": ("open_library",),
    "rendering.contract": ("as_json",),
    "settings": ("Settings",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """One of the names above, from its room."""
        for room, names in _ROOMS.items():
            if name in names:
                return getattr(import_module(f"bot.{room}"), name)
        raise AttributeError(f"module 'bot' has no attribute {name!r}")
