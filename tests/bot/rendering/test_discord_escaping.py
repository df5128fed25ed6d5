"""Somebody else's text in a Discord message: it reads the same, and nothing in it acts."""

import re
import unicodedata
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.discord_escaping import escaped, fitted, graphemes, on_one_line, pieces, visible

ACTS = re.compile(
    r"(?<!\\)(?:\\\\)*(?:"
    r"<[@#:/ta]|<id:|@|\*|__|~~|\|\||`|\]\(|https?://|://|discord(?:app)?\.\w+/|(?<=\w):\w+:"
    r")"
)
LINE_ACTS = re.compile(r"^[ \t]*(?:#|>|-|\+|\d+[.)])", re.MULTILINE)
HOSTILE = [
    "<@123> <@!123> <@&123> <#123> </ask:123> </a b c:1>",
    "<t:1700000000:R> <:emoji:123> <a:emoji:123> <id:customize> <sound:0:1>",
    "@everyone @here @silent",
    "**bold** *italic* __under__ _italic_ ~~gone~~ ||spoiler|| `code` ```block```",
    "# head\n## head\n-# small\n> bar\n>>> bars\n- item\n* item\n+ item\n1. first\n2) second",
    "[shown](https://evil.example) [a](<https://evil.example>) <https://evil.example>",
    "https://evil.example http://evil.example discord.gg/abc discord.com/invite/abc steam://run/1",
    "\\**not bold\\** \\<@123> \\\\<@123>",
    "a\u202eb\u2066c\u200bd\u200ee\ufefff\u00adg\u2800h\U000e0041",
    "a\r\nb\rc\u2028d\u2029e\x00f\x1bg",
    "**\n# x\n** _a_b_",
]
MARKUP = st.text(alphabet=st.sampled_from("\\*_~`|<>@#:/[]()-+.1 \nahtps!&\u202e\u200b\u200de😀\u0301"), max_size=120)


def unescaped(markdown: str) -> str:
    """What Discord shows: a backslash before punctuation gives that punctuation."""
    return re.sub(r"\\([^\w\s])|\\(_)", lambda found: found.group(1) or found.group(2), markdown)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_hostile_text_acts(text: str) -> None:
    assert not ACTS.search(escaped(text))
    assert not LINE_ACTS.search(escaped(text))


@settings(max_examples=600, deadline=None)
@given(MARKUP)
def test_nothing_in_any_mixture_of_markup_acts_and_it_reads_the_same(text: str) -> None:
    shown = escaped(text)

    assert not ACTS.search(shown)
    assert not LINE_ACTS.search(shown)
    assert unescaped(shown) == visible(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_what_is_shown_can_be_seen_and_runs_one_way(text: str) -> None:
    assert not any(
        unicodedata.bidirectional(char) in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
        for char in visible(text)
    )
    assert not set(visible(text)) & set("\u200b\u2060\ufeff\u00ad\r\x00")


@pytest.mark.parametrize(
    "text",
    ['He said: "It\'s 5:30, and/or later."', "U.S. Congressman (CA-52)", "“No one is above the law.”", "naïve 👍🏽 é"],
)
def test_ordinary_words_read_the_same(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_joiners_stay_where_they_join() -> None:
    assert visible("👩\u200d🚀 می\u200cخواهم") == "👩\u200d🚀 می\u200cخواهم"
    assert visible("ad\u200dmin") == "admin"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.integers(min_value=2, max_value=80))
def test_a_fitted_text_fits_and_keeps_its_graphemes_whole(text: str, limit: int) -> None:
    line = on_one_line(text)
    fit = fitted(text, limit)

    assert len(fit) <= limit
    if fit != line:
        kept = fit.removesuffix("…")
        assert line.startswith(kept)
        if max(map(len, graphemes(line)), default=0) < limit:
            assert kept.rstrip() == "".join(graphemes(line)[: len(graphemes(kept))]).rstrip()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.integers(min_value=4, max_value=90))
def test_pieces_fit_and_put_together_are_the_text(text: str, limit: int) -> None:
    parts = pieces(text, limit, lambda part: len(escaped(part)))

    assert "".join(parts) == text
    assert all(len(escaped(part)) <= limit or len(part) == 1 for part in parts)


def test_a_piece_ends_with_a_sentence_where_one_ends_in_time() -> None:
    assert pieces("One is here. Two is here. Three.", 28, len) == ("One is here. Two is here. ", "Three.")


@pytest.mark.parametrize("text", ["One is here. Two is here. " * 2_000, "\u200b" * 60_000 + "One is here. " * 100])
def test_cutting_takes_as_many_steps_for_each_part_of_a_text_however_long_it_is(text: str) -> None:
    looked_at = 0

    def measured(part: str) -> int:
        nonlocal looked_at
        looked_at += len(part)
        return len(escaped(part))

    assert "".join(pieces(text, 100, measured)) == text
    assert looked_at < 20 * len(text)


WORDS = st.lists(
    st.sampled_from(
        ["One is here. ", "two, ", "https://news.example/a-long/way ", "“And three,” ", "“Is it? No. Four.” "]
    )
    | st.sampled_from(['"five six" ', "e\u0301 ", "👩‍👩‍👧 ", "🇫🇷", "\n", "a" * 30]),
    max_size=40,
).map("".join)


@settings(deadline=None)
@given(WORDS, st.integers(34, 90))
def test_a_cut_goes_through_no_grapheme_address_or_pair_of_quotation_marks(text: str, limit: int) -> None:
    places, at = set(), 0
    for part in pieces(text, limit, len)[:-1]:
        places.add(at := at + len(part))

    assert places <= set(accumulate(map(len, graphemes(text))))
    for found in re.finditer(r"https?://\S+|“[^“”]*”|\"[^\"\n]*\"", text):
        assert len(found.group()) > limit or not places & set(range(found.start() + 1, found.end()))
