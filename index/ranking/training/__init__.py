"""How the ranking is taught: `python -m index.ranking.training`. Nothing that answers a question imports it."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
