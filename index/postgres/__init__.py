"""Libraries on PostgreSQL with pgvector, for more than one machine: the same verbs as `index.library` has on a folder.

Needs the extra `postgres`; nothing of it is imported before a database is named.
"""
