"""The doors for other programs, MCP and HTTP: the same verbs and the same JSON as the command line's.

What the doors need beside the program, an extra each, is imported only where one of them is asked for.
"""
