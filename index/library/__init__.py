"""A library of stories: its verbs, how stories come into it, who speaks in it, feeds, watches, several at once.

What is named here is for `bot`; each is imported when it is first used.
"""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
