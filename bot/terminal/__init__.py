"""The command line: one small module for each group of commands, over the same asking and rendering as Discord."""
