"""Whether a quotation stands in the stories, as given or altered, and whose it is."""

import bot.answering  # noqa: F401 - asking checks too: whichever of the two rooms is entered first, this order holds
