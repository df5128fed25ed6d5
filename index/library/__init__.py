"""A library of stories: its verbs, how stories come into it, who speaks in it, feeds, watches, several at once."""
