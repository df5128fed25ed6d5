"""Stories in, attributed passages out.

This package has never heard of Discord; `bot` builds on it, never the reverse.
"""
