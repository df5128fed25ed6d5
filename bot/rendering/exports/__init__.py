"""Statements as files: Markdown and HTML to read, JSON, CSV and JSON-LD to work with, with the place of each piece.

Offsets are code points into the story's text as it was given, end excluded; the words are read out of it.
"""
