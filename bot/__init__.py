"""Questions in, messages out: answering, rendering, the terminal and Discord, on top of `index`.

What is named here is for other programs: open a library, ask it, check a quotation, and have the result as JSON. Each
is imported when it is first used.
"""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
