"""The Discord side: what people write comes in, questions go to the worker, and one sender sends what is rendered.

Begin at `serving`, which runs the bot, and `client`, which takes Discord's events; each folder says what it has.
"""
