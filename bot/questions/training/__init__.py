"""Teaches the reader of questions; nothing that answers imports this."""
