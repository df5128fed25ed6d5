"""Fits how sure an answer is; nothing that answers imports this."""
