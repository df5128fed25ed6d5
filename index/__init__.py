"""Stories in, attributed passages out.

This package has never heard of Discord; `bot` builds on it, never the reverse. What is named here is for other
programs: a library in a folder, what reads stories for it, and the values that it gives. Each is imported when it is
first used.
"""

from os import environ

from lazy_loader import attach_stub

# Set before numpy is first imported: the second thread of its small products spins on a core that the model needs.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
