"""What counts as shown."""

from index.ranking.training.measuring import is_shown
from index.story import Span


def test_shown_text_is_cut_at_the_budget() -> None:
    spans = [Span(0, 100), Span(200, 300)]
    assert is_shown(spans, [Span(240, 260)], 150)
    assert not is_shown(spans, [Span(240, 280)], 150)
