"""A speaker's statements as a file, with the place of each piece."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot.rendering.exports import exported
from bot.rendering.utterances import Correction
from index.story import Cue, Span, Speaker, Stance
from tests.bot.discord_side.shelf import FakeShelf, one_statement, seed_shelf
from tests.bot.terminal.conftest import library, onrecord

__all__ = ["library", "onrecord"]
TERMS = {
    "NewsArticle": {"headline", "datePublished", "publisher", "author", "contentLocation", "url", "version"},
    "Quotation": {"spokenByCharacter"},
    "Claim": {"appearance"},
    "Person": {"name", "alternateName", "jobTitle", "disambiguatingDescription"},
    "Organization": {"name", "alternateName", "disambiguatingDescription"},
}
"""What schema.org has for each type; a Quotation and a Claim also have what every creative work does."""
OF_A_WORK = {"text", "author", "isPartOf", "datePublished", "description", "identifier", "creditText"}
ORDER = '</script></style><img src=x onerror=alert(1)>" onmouseover="alert(2)'


def rows(shelf: FakeShelf) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(exported(shelf.statements(), shelf, "csv"), newline="")))


def test_the_first_words_of_a_story_begin_at_0_in_its_first_paragraph() -> None:
    (row,) = rows(one_statement("“Nobody expected the rain.”"))
    assert (row["start"], row["end"], row["paragraph"], row["version"]) == ("0", "27", "0", "1")


def test_what_is_not_known_is_an_empty_cell() -> None:
    shelf = one_statement("“Nobody expected the rain.”")
    (row,) = rows(replace(shelf, stories=(replace(shelf.stories[0], source=None, date=None),)))
    assert (row["outlet"], row["date"], row["url"], row["addressee"]) == ("", "", "", "")


def graph(shelf: FakeShelf) -> list[dict[str, Any]]:
    document = json.loads(exported(shelf.statements(), shelf, "jsonld"))
    assert document["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = document["@graph"]
    return found


def of_type(nodes: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [node for node in nodes if kind in node["@type"]]


def test_linked_data_uses_only_what_schema_org_has_and_points_at_what_is_there() -> None:
    nodes = graph(seed_shelf())
    addresses = {node["@id"] for node in nodes}
    assert len(addresses) == len(nodes)
    for node in nodes:
        kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        known = set().union(*(TERMS[kind] for kind in kinds)) | (OF_A_WORK if "text" in node else set())
        assert set(node) - {"@id", "@type"} <= known
        pointed = [value["@id"] for value in node.values() if isinstance(value, dict) and "@id" in value]
        assert set(pointed) <= addresses


def test_somebodys_own_words_are_a_quotation_and_the_reporters_are_not() -> None:
    shelf = seed_shelf()
    nodes = graph(shelf)
    kinds = {said.span.of(shelf.stories[0].text): said.kind for said in shelf.statements()}
    assert {kinds[node["text"]] for node in of_type(nodes, "Quotation")} == {"direct"}
    assert {"direct", "indirect"} <= {kinds[node["text"]] for node in of_type(nodes, "Claim")}


def test_each_claim_has_what_a_claim_review_needs_of_it() -> None:
    for claim in of_type(graph(seed_shelf()), "Claim"):
        assert claim["text"]
        assert set(claim["author"]) == {"@id"}
        assert claim["appearance"]["@id"].startswith("onrecord://stories/")
        assert claim["datePublished"] == "2017-03-02"


def test_linked_words_stand_where_their_address_says() -> None:
    shelf = seed_shelf()
    for node in of_type(graph(shelf), "Claim"):
        start, end = map(int, re.findall(r"#char=(\d+),(\d+)$", node["@id"])[0])
        assert shelf.stories[0].text[start:end] == node["text"]
        assert [place["value"] for place in node["identifier"]] == [start, end]


@pytest.mark.parametrize(
    ("stance", "types"),
    [
        ("says", ["Quotation", "Claim"]),
        ("asks", ["Quotation"]),
        ("hedges", []),
        ("denies", []),
        ("declines", []),
        ("unsaid", []),
    ],
)
def test_what_somebody_did_not_say_is_not_put_down_to_them(stance: Stance, types: list[str]) -> None:
    shelf = one_statement("“Nobody expected the rain.” (said)")
    said = replace(shelf.held[0], cue=Cue(Span(28, 32), stance))
    nodes = graph(replace(shelf, held=(said,)))
    assert [kind for node in nodes if "text" in node for kind in node["@type"]] == types


def test_a_link_that_is_none_of_a_page_is_nowhere_to_be_followed() -> None:
    shelf = one_statement("“Nobody expected the rain.”")
    shelf = replace(shelf, stories=(replace(shelf.stories[0], url="javascript:alert(1)"),))
    assert "url" not in of_type(graph(shelf), "NewsArticle")[0]
    assert "javascript" not in exported(shelf.statements(), shelf, "html")


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text outside of styles and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] not in ("style", "script"):
            self.words += data


def test_a_page_has_every_statement_and_no_tag_or_attribute_of_a_story() -> None:
    shelf = one_statement(f"“Nobody {ORDER} expected the rain.”")
    story = replace(shelf.stories[0], title=ORDER, source=ORDER, author=ORDER, url=f"https://x.example/{ORDER}")
    people = tuple(replace(who, name=ORDER, roles=(ORDER,)) for who in shelf.people)
    hostile = replace(shelf, stories=(story,), people=people)
    settled = (Correction(story.id, 1, 0, len(story.text), "x", ORDER, "settled"),)
    plain, made = (Page(exported(s.statements(), s, "html", settled)) for s in (shelf, hostile))
    assert story.text in made.words
    assert "img" not in {tag for tag, _ in made.tags}
    assert not any(name.startswith("on") or name == "style" for _, attributes in made.tags for name in attributes)
    assert sum(tag == "script" for tag, _ in made.tags) == 1
    assert [tag for tag, _ in made.tags if tag != "a"] == [tag for tag, _ in plain.tags if tag != "a"]


def test_a_page_of_the_seed_story_has_each_speaker_with_a_count_and_each_statement() -> None:
    shelf = seed_shelf()
    made = Page(exported(shelf.statements(), shelf, "html"))
    articles = [attributes for tag, attributes in made.tags if tag == "article"]
    assert len(articles) == len(shelf.statements())
    named = {attributes["data-value"] for _, attributes in made.tags if attributes.get("data-kind") == "speaker"}
    assert named == {said.speaker for said in shelf.statements() if said.speaker}
    assert all(said.span.of(shelf.stories[0].text) in made.words for said in shelf.statements())


def test_a_title_is_not_said_twice_where_the_outlet_is_not_known() -> None:
    shelf = one_statement("“Nobody expected the rain.”")
    story = replace(shelf.stories[0], title="The wet week", source=None, date=None)
    made = Page(exported(shelf.statements(), replace(shelf, stories=(story,)), "html"))
    assert sum(attributes.get("class") == "origin" for _, attributes in made.tags) == 1  # of the whole page


def test_control_characters_are_shown_as_signs() -> None:
    shelf = one_statement("“Nobody \x1b[31m expected \u202e the rain.”")
    made = exported(shelf.statements(), shelf, "html")
    assert not {"\x1b", "\u202e"} & set(made)


def test_an_unnamed_source_is_said_to_be_one() -> None:
    shelf = one_statement("“Nobody expected the rain.”")
    aide = Speaker(shelf.held[0].speaker or "", "a senior aide", "unnamed")
    (who,) = of_type(graph(replace(shelf, people=(aide,))), "Person")
    assert (who["name"], who["disambiguatingDescription"]) == ("a senior aide", "a source whom the story does not name")


def test_the_command_writes_each_form_of_all_or_of_one_speaker(
    library: str, onrecord: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    code, out, _ = onrecord("export", "--library", library)
    everything = list(csv.DictReader(StringIO(out, newline="")))
    assert (code, len(everything) > 20) == (0, True)
    code, out, _ = onrecord("export", "--speaker", "Ryan", "--format", "json", "--library", library)
    assert {row["speaker"]["name"] for row in json.loads(out)} == {"Paul Ryan"}
    page = tmp_path / "page.html"
    assert onrecord("export", "--format", "html", "--output", str(page), "--library", library)[0] == 0
    assert page.read_text(encoding="utf-8").count("<article") == len(everything)
    code, out, _ = onrecord("export", "--speaker", "Merkel", "--library", library)
    assert (code, "Merkel" in out) == (1, True)
    code, _, err = onrecord("export", "--output", str(tmp_path / "no" / "file"), "--library", library)
    assert (code, err.endswith("cannot be written: no such file or directory.\n")) == (1, True)
    assert onrecord("export", "--library", str(tmp_path / "empty"))[2].startswith("onrecord: This library holds no")
