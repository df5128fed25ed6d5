"""What overlaps a span is found without looking at everything."""

from hypothesis import given
from hypothesis import strategies as st

from index.statements.findings import Overlaps
from index.story import Span

_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)).map(lambda pair: Span(pair[0], sum(pair))))


@given(_SPANS, st.tuples(st.integers(0, 80), st.integers(0, 20)).map(lambda pair: Span(pair[0], sum(pair))))
def test_it_finds_exactly_the_overlapping_ones_in_the_order_given(spans: list[Span], asked: Span) -> None:
    expected = [number for number, span in enumerate(spans) if span.overlaps(asked)]
    assert Overlaps(range(len(spans)), spans.__getitem__).of(asked) == expected
