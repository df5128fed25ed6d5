"""What exhausts a parser is gone from a page, or the page refused; all else of it stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StoryUnreadable
from index.reading.bounds import BOUNDS
from index.reading.pages.tree import tamed

USUAL = """<!doctype html><html lang="en"><body class='a b' data-x="{&quot;a>b&quot;: 1}"><p
 id=one hidden>Words, 1 < 2, "quoted" and 'not'.<br/><img src="x.png" alt="a > b" /></p></body></html>"""
MANY = 3 * BOUNDS.tag_attributes


def test_a_usual_page_stays_as_it_is() -> None:
    assert tamed(USUAL, "it") == USUAL


@given(st.text(alphabet="<>=\"'/ ab\n", max_size=300))
def test_a_page_of_few_attributes_stays_as_it_is_whatever_stands_in_it(page: str) -> None:
    assert tamed(page, "it") == page


@pytest.mark.parametrize("one", ["a{}", "a{}=1", 'a{}="1"', "a{}='>'", "a{} = 1", "a{}=", "a{}/", "={}"])
@pytest.mark.parametrize("before", ["<p ", '<p a=">" ', "<p/", "<p\n"])
def test_a_tag_keeps_as_many_attributes_as_it_may_have(before: str, one: str) -> None:
    attributes = [one.format(number) for number in range(MANY)]

    whole = f"{before}{' '.join(attributes)}>Words.</p>"

    page = tamed(whole, "it")

    assert page.startswith(f"{before}{attributes[0]}")
    assert page.endswith(">Words.</p>")
    assert len(page) < 0.7 * len(whole)  # an attribute may have taken the next one for its value
    assert tamed(page, "it") == page


def test_a_page_of_more_tags_than_any_is_refused_in_a_sentence() -> None:
    with pytest.raises(StoryUnreadable, match="it has more than 200,000 tags"):
        tamed("<b>a" * (BOUNDS.page_tags + 1), "it")


@pytest.mark.parametrize("one", ["<br>", "<br/>\n", "<BR clear=all> "])
def test_very_many_line_breaks_are_few(one: str) -> None:
    assert tamed(f"Words.{one * 5}More.", "it") == f"Words.{one * 5}More."
    assert tamed(f"Words.{one * 1_000_000}More.", "it").count("<") == 20


def test_links_beyond_those_of_any_page_are_their_words_alone() -> None:
    few, many = ('<p><a href="x">a</a> ' * number for number in (10, BOUNDS.page_links + 5))
    assert tamed(few, "it") == few
    assert tamed(many, "it").count("<a") == BOUNDS.page_links
    assert tamed(many, "it").endswith("<p>a " * 5)
