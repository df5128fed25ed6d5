"""The thresholds of answering in one table, each with where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure is sure enough. Shares and cosines are those of `matching`; counts are of pieces or people."""

    topic_share: float = 0.5
    """The share of a topic's words that makes a statement one about it (30 stories, 29 topics asked, 13 refused)."""
    topic_cosine: float = 0.45
    """The cosine of topic and sentence that does so without shared words (same questions)."""
    topic_both: float = 0.78
    """Share and cosine added up that do so together (same questions)."""
    who_score: float = 0.38
    """The score from which somebody said it, in other words (29 questions who said something)."""
    who_margin: float = 0.85
    """The part of the best score that another speaker must reach to be named too."""
    check_score: float = 0.72
    """The score from which a statement bears out what somebody is asked to have said."""
    answerable: float = 0.45
    """The calibrated probability from which a fact counts as answered: from 0.42 to 0.5 squad2's mean of answered
    and refused stays at 71, and news refuses less that it answers."""
    thing_share: float = 0.5
    """The share of the words of a thing that was only named that a passage about it has."""
    passages: int = 10
    """Passages returned at most, as the command line promises."""
    statements: int = 200
    """Pieces returned at most; nobody reads more in a chat."""
    choices: int = 5
    """Questions offered at most beside a refusal."""
    turns: int = 8
    """Earlier turns of a conversation that are looked at."""
    beside: bool = True
    """Whether passages are looked up to go along with statements and refusals; programs read them, people do not."""


DEFAULTS = Limits()
FOR_PEOPLE = Limits(beside=False)
