"""How much one program may ask of a door, in one table, each bound with its unit and where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, and all that wait, may take at most."""

    body_bytes: int = 4_000_000
    """Bytes of a request: the longest story of four-byte characters, four times over, or 20,000 questions."""
    body_s: float = 30.0
    """Seconds in which a request has to have come whole: on this machine it takes milliseconds."""
    question_chars: int = 4_000
    """Code points of a question or a quotation, as much as is read of a message."""
    name_chars: int = 500
    """Code points of a name, an id or a topic."""
    turns: int = 20
    """Earlier turns of a conversation: more than are looked at."""
    listed: int = 500
    """Stories or speakers given at once."""
    passage_chars: int = 20_000
    """Code points of a passage: some ten pages."""
    batch_lines: int = 10_000
    """Questions of one batch."""
    story_chars: int = 200_000
    """Code points of a story that is added, as `index.reading.bounds` has it."""
    waiting: int = 64
    """Requests that wait or are worked on: more are told to come back."""
    threads: int = 2
    """Requests that are worked on at once: one slow question holds up no other."""
    asking_s: float = 60.0
    """Seconds in which an answer has to be there, waiting included."""
    adding_s: float = 900.0
    """Seconds in which a story has to be added: reading it for statements may wait for its turn that long."""
    closing_s: float = 5.0
    """Seconds that work under way has to end in when the door closes."""
    connections: int = 128
    """Connections that are open at once."""


LIMITS = Limits()
