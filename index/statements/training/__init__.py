"""How the statement tagger is trained: `python -m index.statements.training`. Nothing that reads a story imports it."""
