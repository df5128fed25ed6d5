"""The layers of all-MiniLM-L6-v2 without torch: what embeds texts, reads sentences and marks statements.

ONNX Runtime runs them, on a graph that is written here and the weights that come with the installation.
"""
