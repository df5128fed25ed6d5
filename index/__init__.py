"""Stories in, attributed passages out.

This package has never heard of Discord; `bot` builds on it, never the reverse. What is named here is for other
programs: a library in a folder, what reads stories for it, and the values that it gives. Each is imported when it is
first used.
"""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
