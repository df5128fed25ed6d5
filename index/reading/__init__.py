"""Bytes, pages, lines and folders to Stories, whose text is exactly what came in; and what to warn of in a story.

What is named here is for `bot`; each is imported when it is first used, so that no start waits for pages and feeds.
"""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
