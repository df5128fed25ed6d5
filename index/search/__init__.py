"""Passages, and how those that are near a question are found: by meaning, and by their words.

What is named here is for `bot`; each is imported when it is first used.
"""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
