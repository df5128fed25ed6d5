"""Evidence: which sentences answer a question, in which order, and how likely they answer it at all."""
