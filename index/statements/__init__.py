"""Story -> Statements: quotation marks, cues, speakers, and who "he" is.

What is named here is for `bot`; each is imported when it is first used.
"""

from lazy_loader import attach_stub

EXTRACTOR = 13
"""Which version of this package finds statements: raised with every release that finds others, so that libraries are
read anew. 1 is every version before it was kept which one had read a story."""

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
