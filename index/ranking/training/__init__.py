"""How the ranking is taught: `python -m index.ranking.training`. Nothing that answers a question imports it."""
