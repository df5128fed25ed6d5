"""Stories in, attributed passages out.

This package has never heard of Discord; `bot` builds on it, never the reverse.
"""

from os import environ

# Set before numpy is first imported: the second thread of its small products spins on a core that the model needs.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")
