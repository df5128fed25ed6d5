"""Sources to stories: what is read, what is said about what cannot be, and that no text is ever rewritten."""

import gzip
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from index.errors import FetchFailed, StoryUnreadable
from index.reading import read_source, read_text
from index.reading.bounds import BOUNDS
from index.reading.fetching import Page
from index.reading.header import read_header
from index.reading.pages import address_id
from index.reading.text import MAX_STORY_BYTES, decoded, slug
from index.story import Story

CURLY = "“Quoted” words – here, and it’s all right with the café’s naïve owner"
RUSSIAN = "Река поднялась ночью, и мэр города сказал, что никто не пострадал"
PAGE = """<!DOCTYPE html><html><head><title>Bridge to reopen | The Courier</title>
<meta property="og:title" content="Bridge to reopen in spring"><meta property="og:site_name" content="The Courier">
<meta name="author" content="Jane Doe"><meta property="article:published_time" content="2021-03-04T10:00:00Z"></head>
<body><nav>Home News Sport</nav><article><h1>Bridge to reopen in spring</h1>
<p>The bridge over the river will reopen in the spring, the council said on Thursday after a long debate.</p>
<p>“We are glad that it is done,” said Mayor Ana Ruiz. “It took longer than anybody wanted it to take.”</p>
<p>Work on the bridge began two years ago, after an inspection found cracks in three of its nine pillars.</p>
</article><footer>All rights reserved</footer></body></html>"""


def only(stories: Iterable[Story]) -> Story:
    (story,) = stories
    return story


def test_the_seed_is_read_as_received(seed_path: Path) -> None:
    story = only(read_source(str(seed_path)))
    assert story.text.encode("utf-8") == seed_path.read_bytes()
    assert (story.id, story.date, story.source, story.place) == (
        seed_path.stem, date(2017, 3, 2), "KUSI", "WASHINGTON D.C.",
    )  # fmt: skip
    assert story.title is not None
    assert story.title.startswith("Attorney General Jeff Sessions recused himself Thursday")
    assert len(story.title) <= 110


@pytest.mark.parametrize(
    ("text", "place", "source", "body"),
    [
        ("LONDON, England (CNN) -- The team is back.", "LONDON, England", "CNN", "The team"),
        ("NEW YORK (Reuters) - Stocks fell.", "NEW YORK", "Reuters", "Stocks"),
        ("(CNN) -- The club has signed him.", None, "CNN", "The club"),
        ("New York (CNNBusiness) For months stores waited.", "New York", "CNNBusiness", "For"),
        ("PARIS — The minister resigned.", "PARIS", None, "The minister"),
        ("MOSCOW, March 3 (Reuters) - Talks began.", "MOSCOW", "Reuters", "Talks"),
        ("SÃO PAULO (AP) — A fire broke out.", "SÃO PAULO", "AP", "A fire"),
        ("SINGAPORE, Jan. 8, 2024 /NewsWire/ -- Acme said so.", "SINGAPORE", "NewsWire", "Acme"),
        ("A man (Smith) — not named — was there.", None, None, "A man"),
        ("Sen. John Hall (R-Ohio) said no.", None, None, "Sen."),
        ("(That) the river rose is known.", None, None, "(That)"),
        ("The council met on Monday.", None, None, "The council"),
    ],
)
def test_a_dateline_gives_place_and_outlet(text: str, place: str | None, source: str | None, body: str) -> None:
    header = read_header(text)
    assert (header.place, header.source) == (place, source)
    assert text[header.body_start :].startswith(body)


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Fire in town\n\nBy Jane Doe\nBOSTON (AP) — A fire broke out.", "Jane Doe"),
        ("Fire in town\n\nBY JANE DOE AND OMAR DIAZ | Staff writers\n\nA fire broke out.", "JANE DOE AND OMAR DIAZ"),
        ("By Jane Doe, Ann Lee and Omar Diaz\nMarch 2, 2017\n\nA fire broke out.", "Jane Doe, Ann Lee and Omar Diaz"),
        ("Fire in town\n\nBy Monday nobody was left.", None),
        ("Fire in town\n\nBy Jane Doe's account, nobody was left.\n", None),
    ],
)
def test_a_byline_names_the_author(text: str, author: str | None) -> None:
    assert read_text(text, "x").author == author


def test_a_dateline_stands_behind_a_byline_and_a_date() -> None:
    header = read_header("Fire in town\n\nBy Jane Doe\nMarch 2, 2017\n\nBOSTON (AP) — A fire broke out.")
    assert (header.place, header.source, header.date) == ("BOSTON", "AP", date(2017, 3, 2))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (" date 2017-03-02 Something happened.", date(2017, 3, 2)),
        ("Published: March 2, 2017\n\nSomething happened.", date(2017, 3, 2)),
        ("2017-03-02\n\nSomething happened.", date(2017, 3, 2)),
        ("A headline of some words\n\nUpdated 2 March 2017\nSomething happened.", date(2017, 3, 2)),
        ("SINGAPORE, Jan. 8, 2024 /NewsWire/ -- Something happened.", date(2024, 1, 8)),
        ("date unknown, but something happened.", None),
        ("2017-99-99\n\nSomething happened.", None),
        ("Something happened on 2017-03-02.", None),
    ],
)
def test_a_date_that_opens_a_text_is_its_date(text: str, day: date | None) -> None:
    assert read_text(text, "x").date == day


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Big fire in town\n\nBOSTON (AP) — A fire broke out.", "Big fire in town"),
        ("# A heading\n\nThe body.", "A heading"),
        ("FOR IMMEDIATE RELEASE\n\nAcme names a new head\n\nAcme said so on Monday.", "Acme names a new head"),
        ("The river rose at night. Nobody was hurt.", "The river rose at night"),
        ("Mr. Hall met Gov. Ann Lee of the U.S. here. They talked.", "Mr. Hall met Gov. Ann Lee of the U.S. here"),
        ("Title: Given here\nAuthor: Jane Doe\n\nThe body.", "Given here"),
        ('---\ntitle: "In front"\n---\nThe body.', "In front"),
    ],
)
def test_a_title_is_the_headline_or_the_first_sentence(text: str, title: str) -> None:
    assert read_text(text, "x").title == title


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    title = read_text("word " * 60, "x").title
    assert title is not None
    assert title.endswith("word…")
    assert len(title) <= 110


def test_fields_at_the_top_are_read(tmp_path: Path) -> None:
    text = "Title: Bridge\nAuthor: Jane Doe\nSource: The Courier\nDate: 2020-01-02\nURL: https://a.org/x\n\nThe body."
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    story = only(read_source(str(tmp_path / "a.md")))
    assert story == Story("a", text, "Bridge", "The Courier", date(2020, 1, 2), "Jane Doe", "https://a.org/x")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends_are_kept(tmp_path: Path, line_end: str) -> None:
    text = f"One line.{line_end}{line_end}Another line. "
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8"))
    assert only(read_source(str(tmp_path / "a.txt"))).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Grüße".encode("utf-8-sig"), "Grüße"),
        ("Grüße".encode("utf-16"), "Grüße"),
        ("Grüße aus Köln, schöne Bücher über Übermut".encode("cp1252"), "Grüße aus Köln, schöne Bücher über Übermut"),
        (CURLY.encode("cp1252"), CURLY),
        (RUSSIAN.encode("cp1251"), RUSSIAN),
        (b"plain", "plain"),
        (b"a\x00b", "a\x00b"),
    ],
)  # fmt: skip
def test_bytes_are_decoded_by_what_they_look_like(raw: bytes, text: str) -> None:
    assert decoded(raw) == text


def test_lines_of_json_are_read_and_the_unreadable_ones_reported(tmp_path: Path) -> None:
    good = {"id": "a", "text": " Text. ", "title": "T", "source": "S", "date": "2020-01-02T03:04:05Z", "url": "u"}
    lines = [
        json.dumps(good), "", "not json", "[]", '{"id": "b"}',
        '{"id": "c", "text": "\\ud800 x"}', '{"id": true, "text": "x"}',
        json.dumps({"id": 7, "text": "Seven.", "author": ["A", "B "], "date": "May 3, 2021"}),
        json.dumps({"text": "No id at all."}),
    ]  # fmt: skip
    path = tmp_path / "stories.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode("utf-8")))
    wrong: list[StoryUnreadable] = []
    first, second, third = read_source(str(path), unreadable=wrong.append)
    assert first == Story("a", " Text. ", "T", "S", date(2020, 1, 2), url="u")
    assert (second.id, second.author, second.date) == ("7", "A, B", date(2021, 5, 3))
    assert third.id.startswith("no-id-at-all-")
    assert [error.line for error in wrong] == [3, 4, 5, 6, 7]
    assert "line 3 of" in str(wrong[0])


@pytest.mark.parametrize("given", ["shared:kusi", " shared:kusi", "\ud800shared:kusi", "sh\udfffared:kusi"])
def test_no_line_gives_an_id_of_a_shared_library_however_it_is_written(tmp_path: Path, given: str) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps({"id": given, "text": "Some words."}))
    wrong: list[StoryUnreadable] = []
    assert list(read_source(str(path), unreadable=wrong.append)) == []
    assert "shared:" in wrong[0].why


def test_the_rest_of_a_line_that_is_too_long_is_no_line(tmp_path: Path) -> None:
    path = tmp_path / "stories.jsonl"
    smuggled, last = json.dumps({"id": "smuggled", "text": "S."}), json.dumps({"id": "last", "text": "L."})
    path.write_text("a" * (2 * MAX_STORY_BYTES + 1) + f"{smuggled}\n{last}\nnot json\n")
    wrong: list[StoryUnreadable] = []
    assert [story.id for story in read_source(str(path), unreadable=wrong.append)] == ["last"]
    assert [error.line for error in wrong] == [1, 3]


def test_no_more_is_unpacked_than_may_be(tmp_path: Path) -> None:
    path = tmp_path / "stories.jsonl.gz"
    lines = [json.dumps({"id": str(number), "text": "a" * 1_000}) for number in range(10)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    wrong: list[StoryUnreadable] = []
    assert len(list(read_source(str(path), unreadable=wrong.append, max_bytes=3_500))) == 3
    assert [error.why for error in wrong] == ["it holds more than 3,500 bytes"]


def test_a_damaged_archive_gives_what_can_be_read_and_a_report(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(number), "text": f"Story {number}."}) for number in range(5000)]
    packed = gzip.compress("\n".join(lines).encode())
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    wrong: list[StoryUnreadable] = []
    assert len(list(read_source(str(path), unreadable=wrong.append))) > 100
    assert len(wrong) >= 1


def test_a_page_gives_its_body_and_its_own_facts(tmp_path: Path) -> None:
    (tmp_path / "saved page.html").write_text(PAGE, encoding="utf-8")
    story = only(read_source(str(tmp_path / "saved page.html")))
    assert story.id == "saved-page-1e215169"
    assert story.title == "Bridge to reopen in spring"
    assert (story.source, story.author, story.date) == ("The Courier", "Jane Doe", date(2021, 3, 4))
    assert "“We are glad that it is done,” said Mayor Ana Ruiz." in story.text
    assert "Home News Sport" not in story.text


def test_a_folder_gives_every_story_in_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.txt").write_text("One.")
    (tmp_path / "two.md").write_text("Two.")
    (tmp_path / "three.html").write_text(PAGE)
    (tmp_path / ".hidden.txt").write_text("Hidden.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "empty.txt").write_text("")
    wrong: list[StoryUnreadable] = []
    assert [story.id for story in read_source(str(tmp_path), unreadable=wrong.append)] == [
        "b-one-9b3a54fe",
        "three",
        "two",
    ]
    assert [error.why for error in wrong] == ["it has no words"]


def test_files_of_one_name_are_stories_of_their_own_and_the_same_ones_again(tmp_path: Path) -> None:
    for name in (
        "mon/lead.txt",
        "tue/lead.txt",
        "mon-lead.txt",
        "новости-1.txt",
        "спорт-1.txt",
        "1.txt",
        "mon lead.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"This is {name}.")
    read = {story.text: story.id for story in read_source(str(tmp_path))}
    assert len(set(read.values())) == 7
    assert (read["This is mon-lead.txt."], read["This is 1.txt."]) == ("mon-lead", "1")
    assert read == {story.text: story.id for story in read_source(str(tmp_path))}


@pytest.mark.parametrize("addresses", [
    ("https://x.org/news/us-vote", "https://x.org/news-us/vote", "https://x.org/news/us/vote"),
    ("https://x.org/a?id=1", "https://x.org/a/id/1", "https://x.org/a-id-1"),
    ("https://x.org/новости", "https://x.org/спорт"),
])  # fmt: skip
def test_each_address_has_an_id_of_its_own(addresses: tuple[str, ...]) -> None:
    assert len({address_id(address) for address in addresses}) == len(addresses)
    assert address_id("https://www.x.org/a#top") == address_id("http://x.org/a/") == "x.org-a"


@pytest.mark.parametrize("content", [b"", b" \n ", b"...", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20])
def test_what_is_no_text_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(StoryUnreadable, match=r"a\.txt"):
        list(read_source(str(tmp_path / "a.txt")))


def test_what_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoryUnreadable, match="no such file"):
        list(read_source(str(tmp_path / "nowhere.txt")))
    with pytest.raises(StoryUnreadable, match="no file that can be read"):
        list(read_source(str(tmp_path)))


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        (b'{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n', ["a", "b"]),
        (b"The river rose.", ["the-river-rose"]),
        (PAGE.encode(), ["bridge-to-reopen-in-spring"]),
    ],
)
def test_standard_input_is_what_it_looks_like(given: bytes, ids: list[str]) -> None:
    found = [story.id for story in read_source("-", stdin=io.BytesIO(given))]
    assert [identity[: len(known)] for identity, known in zip(found, ids, strict=True)] == ids


@dataclass
class FakeWeb:
    pages: dict[str, Page]

    def fetch(self, url: str) -> Page:
        if url not in self.pages:
            raise FetchFailed(url, "its server answered 404")
        return self.pages[url]


def test_an_address_gives_the_story_of_its_page() -> None:
    web = FakeWeb({"https://a.org/x": Page("https://www.a.org/2021/bridge", PAGE.encode(), "text/html")})
    story = only(read_source("https://a.org/x", fetcher=web))
    assert (story.id, story.url) == ("a.org-2021-bridge", "https://www.a.org/2021/bridge")


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel><item><title>T</title><link>https://a.org/1</link></item>"
        "<item><link>https://a.org/gone</link></item></channel></rss>",
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>'
        '<link rel="self" href="/no"/><link href="/1"/></entry><entry><link href="/gone"/></entry></feed>',
    ],
)
def test_a_feed_gives_the_stories_that_it_names(feed: str) -> None:
    web = FakeWeb(
        {
            "https://a.org/feed": Page("https://a.org/feed", feed.encode(), "application/xml"),
            "https://a.org/1": Page("https://a.org/1", PAGE.encode(), "text/html"),
        }
    )
    wrong: list[StoryUnreadable] = []
    found = read_source("https://a.org/feed", fetcher=web, unreadable=wrong.append)
    assert [story.id for story in found] == ["a.org-1"]
    assert [error.source for error in wrong] == ["https://a.org/gone"]


def test_an_entry_whose_address_cannot_be_read_is_left_out() -> None:
    from index.reading.feeds import read_feed

    feed = b"<rss><item><link>http://[x</link></item><item><link>/1</link></item></rss>"
    assert [entry.url for entry in read_feed(feed, "https://a.org/feed")] == ["https://a.org/1"]


def test_a_feed_cannot_reach_a_file_or_grow_without_end() -> None:
    from index.reading.feeds import read_feed

    entity = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    reaching = f"{entity}<rss><item><link>https://a.org/&f;</link></item></rss>"
    assert all("root:" not in entry.url for entry in read_feed(reaching.encode(), "https://a.org"))
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE r [<!ENTITY a0 "aa">{levels}]><rss><item><link>&a9;</link></item></rss>'
    assert all(len(entry.url) < 1000 for entry in read_feed(bomb.encode(), "https://a.org"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [("A story", "A-story"), ("../../etc/passwd", "etc-passwd"), ("Köln über", "Koln-uber"), ("日本", "")],
)
def test_an_id_made_of_a_name_is_safe_anywhere(name: str, safe: str) -> None:
    assert slug(name) == safe


def test_a_long_name_stays_distinct() -> None:
    assert slug("a" * 200 + "b") != slug("a" * 200 + "c")
    assert len(slug("a" * 200)) <= 80


LONG = "The harbour is shut. " * 10_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", LONG),
        ("a.html", f"<html><body><article><p>{LONG}</p></article></body></html>"),
        ("a.jsonl", json.dumps({"id": "a", "text": LONG})),
    ],
)
def test_a_story_longer_than_any_is_refused_in_a_sentence(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    wrong: list[StoryUnreadable] = []

    assert list(read_source(str(tmp_path / name), unreadable=wrong.append)) == []

    assert [error.why for error in wrong] == ["its text is longer than 200,000 characters"]


def test_a_title_longer_than_any_is_cut_short() -> None:
    story = read_text(f"# {'Harbour ' * 500}\n\nIt is shut.")

    assert story.title is not None
    assert len(story.title) == BOUNDS.title_chars
    assert story.title.endswith("…")
