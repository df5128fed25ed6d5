"""Processes that do what strangers' texts may make slow or deadly: with limits, killed at their deadline."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
