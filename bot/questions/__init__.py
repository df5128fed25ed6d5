"""What people ask: a question read for what is asked for, about whom and what."""
