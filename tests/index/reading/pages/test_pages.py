"""What a page says of itself, wherever it says it: in JSON-LD, OpenGraph or plain meta elements."""

import json
from datetime import date

import pytest

from index.reading.pages import read_page

DATA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Bridge to reopen in spring",
    "datePublished": "2021-03-04T10:00:00Z",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "Omar Diaz"}],
    "publisher": {"@type": "Organization", "name": "The Courier"},
}
GRAPH = {
    "@graph": [
        {"@type": "WebSite", "name": "The Courier online"},
        {"@type": "Person", "@id": "#jane", "name": "Jane Doe"},
        {"@type": "NewsMediaOrganization", "@id": "#org", "name": "The Courier"},
        DATA
        | {"publisher": {"@id": "#org"}, "author": [{"@id": "#jane"}, "Omar Diaz"]}
        | {"mainEntityOfPage": {"@type": "WebPage", "@id": "https://courier.example/bridge"}},
    ]
}
HEADS = {
    "json-ld": f'<script type="application/ld+json">{json.dumps(DATA)}</script>'
    '<link rel="canonical" href="https://courier.example/bridge">',
    "json-ld graph": f'<script type="application/ld+json">{json.dumps(GRAPH)}</script>',
    "opengraph": '<meta property="og:title" content="Bridge to reopen in spring">'
    '<meta property="og:site_name" content="The Courier"><meta property="og:url" content="https://courier.example/bridge">'
    '<meta property="article:author" content="Jane Doe, Omar Diaz">'
    '<meta property="article:published_time" content="2021-03-04T10:00:00Z">',
    "meta": '<title>Bridge to reopen in spring</title><meta name="author" content="Jane Doe, Omar Diaz">'
    '<meta name="date" content="2021-03-04"><meta name="application-name" content="The Courier">'
    '<link rel="canonical" href="https://courier.example/bridge">',
}
BODY = (
    "<p>The bridge over the river will reopen in the spring, the council said on Thursday after a long debate.</p>"
    "<p>“We are glad that it is done,” said Mayor Ana Ruiz. “It took longer than anybody wanted it to take.”</p>"
    "<p>Work on the bridge began two years ago, after an inspection found cracks in three of its nine pillars.</p>"
)


@pytest.mark.parametrize("where", HEADS)
def test_a_page_gives_its_facts_wherever_it_has_them(where: str) -> None:
    raw = f"<html><head>{HEADS[where]}</head><body><article>{BODY}</article></body></html>".encode()
    story = read_page(raw, "bridge")
    assert story.title == "Bridge to reopen in spring"
    assert story.source == "The Courier"
    assert story.author is not None
    assert set(story.author.split(", ")) == {"Jane Doe", "Omar Diaz"}
    assert story.date == date(2021, 3, 4)
    assert story.url == "https://courier.example/bridge"
    assert not story.shortened
