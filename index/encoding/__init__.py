"""The layers of all-MiniLM-L6-v2 without torch: what embeds texts, reads sentences and marks statements.

ONNX Runtime runs them, on the graphs in `graphs/` and the weights that come with the installation.

What is named here is for `bot`; each is imported when it is first used.
"""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
