"""The day that questions count "yesterday" from: read here, at the rim, and passed on as a value."""

from datetime import date, datetime


def today() -> date:
    """The date where the user is."""
    return datetime.now().astimezone().date()
