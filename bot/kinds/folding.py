"""Near-copies of a statement in several stories, folded into the first of them."""

from collections.abc import Sequence

from bot.kinds.desk import Desk
from index.language import stems_of
from index.story import Statement

_ALIKE = 0.8  # of the different words of both; agency copies of one quotation lie above, two quotations below


def fold(desk: Desk, statements: Sequence[Statement]) -> tuple[list[Statement], tuple[tuple[int, Statement], ...]]:
    """The statements without near-copies from other stories, and those copies with the place of what they copy."""
    texts = desk.texts(statements)
    if len(texts) < 2:
        return list(statements), ()
    kept: list[tuple[Statement, frozenset[str]]] = []
    copies: list[tuple[int, Statement]] = []
    for statement in statements:
        own = frozenset(stems_of(statement.span.of(texts[statement.story])))
        place = next((i for i, (other, theirs) in enumerate(kept) if _is_copy(statement, own, other, theirs)), None)
        if place is None:
            kept.append((statement, own))
        else:
            copies.append((place, statement))
    return [statement for statement, _ in kept], tuple(copies)


def _is_copy(one: Statement, own: frozenset[str], other: Statement, theirs: frozenset[str]) -> bool:
    if one.story == other.story or one.speaker != other.speaker or not own or not theirs:
        return False
    return len(own & theirs) >= _ALIKE * len(own | theirs)
