"""One module a kind of question: what it needs, how it is answered, and its line in the help."""
