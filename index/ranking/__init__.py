"""Evidence: which sentences answer a question, in which order, and how likely they answer it at all."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
