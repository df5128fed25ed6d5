"""How a quotation as given is taken apart: what it says was left out, put in or replaced."""

import pytest

from bot.checking.folded import keys_of, read_given


@pytest.mark.parametrize(
    "ellipsis", ["…", "...", ". . .", "[...]", "[…]", "(...)", "....", ". ...", "… …", "[. . .]", "<...>", "…."]
)
def test_an_ellipsis_of_any_shape_parts_a_quotation(ellipsis: str) -> None:
    given = read_given(f"We will {ellipsis} close it")
    assert [run.keys for run in given.runs] == [("we", "will"), ("close", "it")]
    assert [gap.joint for gap in given.gaps] == ["ellipsis"]


@pytest.mark.parametrize(
    ("text", "runs", "inside"),
    [
        ("[W]e will", [("we", "will")], []),
        ("[They] will go", [("will", "go")], []),
        ("close [the building] in May", [("close",), ("in", "may")], [("the", "building")]),
        ("we are done [sic] today", [("we", "are", "done", "today")], []),
        ("it want[ed] us gone", [("it",), ("us", "gone")], [("wanted",)]),
    ],
)
def test_brackets_stand_for_words(text: str, runs: list[tuple[str, ...]], inside: list[tuple[str, ...]]) -> None:
    given = read_given(text)
    assert [run.keys for run in given.runs] == runs
    assert [gap.words for gap in given.gaps] == inside


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s", "Its"),
        ("Adé‑Brown", "Ade-Brown"),
        ("40,000", "40000"),
        ("U.S.", "US"),
        ("re\u00adsign", "resign"),
        ("5%", "5 percent"),
        ("No. 9", "No.\u00a09"),
        ("short‐sighted", "short sighted"),
        ("ﬁne", "fine"),
    ],
)
def test_what_only_looks_different_is_the_same(one: str, other: str) -> None:
    assert keys_of(one) == keys_of(other)
