"""The thresholds of answering in one table, each with where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure is sure enough, and how much is shown; counts are of pieces or people."""

    answerable: float = 0.4
    """The probability (`sureness`) from which a question that the judge has read counts as answered: of 5,070 chat
    questions, by stories left out in turn, 95.5 % of those with an answer get one then and 65.0 % of the others are
    refused (93.6 and 70.2 from 0.5 on), of 213 over paragraphs 90 and 53 % (81 and 67)."""
    unread: float = 0.4
    """The same where nothing is re-ranked and only cheap signs tell."""
    passages: int = 10
    """Passages returned at most, as the command line promises."""
    statements: int = 200
    """Pieces returned at most; nobody reads more in a chat."""
    choices: int = 5
    """Questions offered at most beside a refusal."""
    looked_through: int = 200
    """Stories whose text is looked through for a name of which nobody speaks."""
    turns: int = 8
    """Earlier turns of a conversation that are looked at."""
    beside: bool = True
    """Whether passages are looked up to go along with statements and refusals; programs read them, people do not."""


DEFAULTS = Limits()
FOR_PEOPLE = Limits(beside=False)
