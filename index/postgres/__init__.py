"""Libraries on PostgreSQL with pgvector, for more than one machine: the verbs of `index.library.folder`.

Needs the extra `postgres`; nothing of it is imported before a database is named.
"""
