"""Passages, and how those that are near a question are found: by meaning, and by their words."""
