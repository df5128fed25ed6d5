"""Feeds of every kind that sites have, read over real connections to a server on this machine."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index.errors import StoriesError, StoryUnreadable
from index.library.folder import Library
from index.library.following import follow, follow_due, followed
from index.reading import read_source
from index.reading.feeds import MAX_ENTRIES, is_feed, read_feed
from index.reading.fetching import WebFetcher, Wire, connect
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder
from tests.index.reading.test_fetching import PUBLIC

SITE = "http://news.example.org"
FEED = f"{SITE}/feeds/all"
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
STORY = """<html><head><title>{0}</title>{1}</head><body><article><h1>{0}</h1><p>The council met on {0} and talked about the bridge
for three hours, with more than a hundred people in the room who had come to hear it.</p><p>“We are glad that it is done,” said Ana
Ruiz, who is the mayor. “It took longer than anybody wanted it to take.”</p></article></body></html>"""


@dataclass
class Site:
    """A server on this machine: bodies with their types by path; it is reached as if it were a public one."""

    pages: dict[str, tuple[bytes, str | None]] = field(default_factory=dict)
    port: int = 0

    def resolve(self, host: str, port: int, timeout_s: float) -> tuple[str, ...]:
        return (PUBLIC,)

    def connect(self, address: str, port: int, server_name: str | None, timeout_s: float) -> Wire:
        return connect("127.0.0.1", self.port, server_name, timeout_s)

    @property
    def fetcher(self) -> WebFetcher:
        return WebFetcher(resolve=self.resolve, connect=self.connect)

    def publish(self, path: str, name: str, head: str = "") -> None:
        self.pages[path] = (STORY.format(name, head).encode(), "text/html; charset=utf-8")

    def read(self, feed: bytes, kind: str | None) -> tuple[list[str], list[str]]:
        """The titles of the stories of a feed, and what went wrong."""
        self.pages["/feeds/all"] = (feed, kind)
        wrong: list[StoriesError] = []
        titles = [story.title or "" for story in read_source(FEED, fetcher=self.fetcher, unreadable=wrong.append)]
        return titles, [str(error) for error in wrong]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = site.pages.get(self.path.partition("?")[0], (b"", None))
            self.send_response(200 if body else 404)
            if kind is not None:
                self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library has it
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    site.publish("/monday", "Monday")
    site.publish("/b/tuesday", "Tuesday")
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


def rss(*items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()


TWO = rss("<item><link>/monday</link></item>", "<item><link>/b/tuesday</link></item>")
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://news.example.org/b/"><entry><link href="tuesday"/></entry></feed>'
RDF = b'<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><item><link>/monday</link></item></rdf:RDF>'
GUIDS = rss(f"<item><guid>{SITE}/monday</guid></item>", '<item><guid isPermaLink="false">tag:7</guid></item>')
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "url": "/monday"}, {"id": f"{SITE}/b/tuesday"}],
    }
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n"><url><loc>http://news.example.org/monday</loc>'
    "<news:news><news:publication_date>2026-05-04</news:publication_date><news:title>M</news:title></news:news></url></urlset>"
)
WARNED = b"<br />\n<b>Warning</b>: Undefined variable in /srv/feed.php on line 7<br />\n" + TWO


@pytest.mark.parametrize(
    ("feed", "kind", "titles"),
    [
        (TWO, "application/rss+xml", ["Monday", "Tuesday"]),
        (TWO, "application/octet-stream", ["Monday", "Tuesday"]),
        (TWO, "application/x-rss+xml", ["Monday", "Tuesday"]),
        (TWO, None, ["Monday", "Tuesday"]),
        (TWO, "text/html", ["Monday", "Tuesday"]),
        (ATOM, "application/atom+xml", ["Tuesday"]),
        (RDF, "application/rdf+xml", ["Monday"]),
        (GUIDS, "application/rss+xml", ["Monday"]),
        (JSON.encode(), "application/feed+json", ["Monday", "Tuesday"]),
        (JSON.encode(), "application/json", ["Monday", "Tuesday"]),
        (SITEMAP.encode(), "application/xml", ["Monday"]),
        (WARNED, "text/xml", ["Monday", "Tuesday"]),
    ],
    ids=["rss", "octets", "x-rss", "no type", "as html", "xml:base", "rdf", "guid", "json feed", "json", "sitemap", "warning"],
)  # fmt: skip
def test_a_feed_is_read_in_whatever_form_a_site_gives_it(
    site: Site, feed: bytes, kind: str | None, titles: list[str]
) -> None:
    assert site.read(feed, kind) == (titles, [])


def test_a_feed_whose_stories_have_no_addresses_says_so(site: Site) -> None:
    titles, wrong = site.read(rss('<item><guid isPermaLink="false">7</guid><title>Monday</title></item>'), "text/xml")
    assert titles == []
    assert "names no stories with addresses" in wrong[0]


def test_a_large_feed_is_read_to_the_bound_and_says_that_there_is_more() -> None:
    feed = rss(*(f"<item><link>/{number}</link></item>" for number in range(MAX_ENTRIES + 50)))
    assert len(read_feed(feed, FEED)) == MAX_ENTRIES
    assert len(read_feed(feed.replace(b"/rss", b"/rss", 1), FEED)) > 100


def test_what_only_tells_where_a_reader_came_from_makes_no_other_story() -> None:
    first, second = (
        read_feed(rss(f"<item><link>/a?id=7&amp;utm_source={where}#top</link></item>"), FEED) for where in "xy"
    )
    assert [entry.url for entry in first] == [entry.url for entry in second] == [f"{SITE}/a?id=7"]


def test_a_page_is_no_feed_and_a_feed_is_no_page() -> None:
    assert not is_feed(STORY.format("Monday", "").encode())
    assert not is_feed(b"<!doctype html><html><body>&lt;rss <rss> is what a feed begins with</body></html>")
    assert not is_feed(b'{"text": "no feed"}')
    assert is_feed(WARNED)


@pytest.fixture
def library() -> Library:
    return Library.open("nowhere", embedder=FakeEmbedder(), attributor=FakeAttributor(), disk=FakeDisk())


def test_an_address_that_is_another_at_each_reading_brings_one_story(site: Site, library: Library) -> None:
    for reading, address in enumerate(("/monday?t=1", "/monday?t=2")):
        site.pages["/feeds/all"] = (rss(f"<item><link>{address}</link></item>"), "text/xml")
        follow(library, FEED, timedelta(hours=1), NOW + timedelta(hours=reading))
        follow_due(library, NOW + timedelta(hours=reading), fetcher=site.fetcher)
    assert len(library.stories) == 1


def test_a_story_is_known_by_the_address_that_its_page_wants(site: Site, library: Library) -> None:
    canonical = f'<link rel="canonical" href="{SITE}/2026/05/monday">'
    for path in ("/m/monday", "/amp/monday"):
        site.publish(path, "Monday", canonical)
    feed = rss("<item><link>/m/monday</link></item>", "<item><link>/amp/monday</link></item>")
    site.pages["/feeds/all"] = (feed, "text/xml")
    found = list(read_source(FEED, fetcher=site.fetcher))
    assert {story.url for story in found} == {f"{SITE}/2026/05/monday"}
    assert len({story.id for story in found}) == 1


def test_no_page_can_take_another_sites_address(site: Site) -> None:
    site.publish("/stolen", "Monday", '<link rel="canonical" href="https://other.example.com/story">')
    (story,) = read_source(f"{SITE}/stolen", fetcher=site.fetcher)
    assert story.url == f"{SITE}/stolen"


@pytest.mark.parametrize(
    ("feed", "why"),
    [(rss(), "names no stories with addresses"), (rss("<item><link>/gone</link></item>"), "None of its stories")],
)
def test_a_feed_that_brings_nothing_says_why_where_it_is_listed(
    site: Site, library: Library, feed: bytes, why: str
) -> None:
    site.pages["/feeds/all"] = (feed, "text/xml")
    follow(library, FEED, timedelta(hours=1), NOW)
    follow_due(library, NOW, fetcher=site.fetcher)
    assert why in str(followed(library)[0].trouble)


def test_the_encoding_that_a_server_names_is_believed(site: Site) -> None:
    text = "Łukasz Żak said on Monday that the bridge will be opened in the spring, after three years of work on it."
    site.pages["/page"] = (
        f"<html><body><p>{text}</p></body></html>".encode("iso-8859-2"),
        "text/html; charset=ISO-8859-2",
    )
    site.pages["/text"] = (text.encode("iso-8859-2"), 'text/plain; charset="iso-8859-2"')
    for path in ("/page", "/text"):
        (story,) = read_source(SITE + path, fetcher=site.fetcher)
        assert "Łukasz Żak" in story.text


def test_bytes_of_no_known_kind_are_no_story(site: Site) -> None:
    site.pages["/blob"] = (bytes(range(256)) * 40, "application/octet-stream")
    with pytest.raises(StoryUnreadable, match="not a page or a text"):
        list(read_source(f"{SITE}/blob", fetcher=site.fetcher))
