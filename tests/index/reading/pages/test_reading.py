"""A page with far more of its story than could be read gives a story that says so; a page read whole does not."""

import json

import pytest

from index.reading.pages import read_page
from index.reading.pages.blocks import lay_out
from index.reading.pages.choosing import Choice, Voice, choose
from index.reading.pages.reading import has_far_more
from index.reading.pages.structured import PageFacts, read_facts
from index.reading.pages.tree import parse_page
from index.reading.wholeness import CutOff, cut_of
from index.story import Story

OPENING = "The bridge over the river will reopen in the spring, the council said on Thursday after a long debate."
REST = [
    f"Work on pillar {number} of the bridge took longer than anybody on the council wanted." for number in range(30)
]
BODY = "\n".join([OPENING, *REST])


def page(paragraphs: list[str], *, told: object = None, beside: str = "") -> str:
    data = f'<script type="application/ld+json">{json.dumps(told)}</script>' if told is not None else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>Bridge</title>{data}</head><body><article>{body}</article>{beside}</body></html>"


def is_shortened(page: str, text: str) -> bool:
    """Whether a page is held to have far more than a text of which the lines were found in it."""
    tree = parse_page(page)
    assert tree is not None
    layout = lay_out(tree)
    weighed = choose(layout, [Voice(text)], None, []).weighed
    kept = [one for one in weighed if one.block.text in text]
    return has_far_more(Choice(kept, weighed), text, read_facts(page))


@pytest.mark.parametrize(
    "told",
    [
        {"@type": "NewsArticle", "wordCount": 900},
        {"@type": ["ReportageNewsArticle"], "wordCount": "900"},
        {"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "articleBody": BODY}]},
        [{"@type": "Organization"}, {"mainEntity": {"@type": "BlogPosting", "wordCount": 900}}],
    ],
)
def test_a_story_far_shorter_than_its_page_says_is_shortened(told: object) -> None:
    assert is_shortened(page([OPENING], told=told), OPENING)
    assert not is_shortened(page([OPENING, *REST], told=told), BODY)


@pytest.mark.parametrize(
    "told",
    [
        {"@type": "NewsArticle", "wordCount": 20},
        {"@type": "NewsArticle", "wordCount": "many"},
        {"@type": "Product", "wordCount": 900},
        {"@type": "NewsArticle", "wordCount": 10**12},
        "words",
        None,
    ],
)
def test_a_page_that_says_no_such_thing_is_whole(told: object) -> None:
    assert not is_shortened(page([OPENING], told=told), OPENING)


def test_a_body_that_was_missed_is_noticed_by_the_pages_own_paragraphs() -> None:
    assert is_shortened(page([OPENING, *REST]), OPENING)
    assert not is_shortened(page([OPENING, *REST]), BODY)


@pytest.mark.parametrize("beside", ["<aside>{}</aside>", '<div class="comments">{}</div>', "<footer>{}</footer>"])
def test_words_beside_the_story_are_not_counted(beside: str) -> None:
    others = "".join(f"<p>{paragraph}</p>" for paragraph in REST)
    assert not is_shortened(page([OPENING], beside=beside.format(others)), OPENING)


@pytest.mark.parametrize("data", ["{", "[" * 100_000, '{"@type": "NewsArticle", "wordCount": {}}', "\x00"])
def test_data_that_cannot_be_read_says_nothing(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    assert read_facts(f"<html><head>{script}</head><body><p>{OPENING}</p></body></html>") == PageFacts()


def test_a_shortened_story_is_kept_and_warned_of() -> None:
    teaser = page([OPENING, "Subscribe to read on, or sign in."], told={"@type": "NewsArticle", "wordCount": 900})
    story = read_page(teaser.encode(), "bridge")
    assert story.text.startswith(OPENING)
    assert cut_of(story) is CutOff.SHORTENED
    assert cut_of(Story("bridge", BODY)) is None
