"""Watches: which of a new story's statements they mean, and that what is due is told once."""

from datetime import date
from pathlib import Path

import pytest

from index.library.folder import Library
from index.library.watching import (
    Due,
    Watch,
    WatchIndex,
    begin_watching,
    due_in,
    forget_due,
    forget_watches,
    keep_due,
    keep_watch,
    news_in,
    note_due,
    note_known,
    stop_watching,
    watches_in,
)
from index.story import Span, Speaker, Statement, Story
from tests.index.fakes import FakeAttributor, FakeEmbedder

TEXT = """“Taxes will be cut in spring,” said Paul Ryan on Monday.

It was about the harbour. “We dredge it again,” said Ann Lee.
"""
STORY = Story("s", TEXT, "Taxes", "The Paper", date(2024, 5, 1))
PEOPLE = (Speaker("ryan", "Paul Ryan", aliases=("Ryan", "House Speaker Ryan")), Speaker("lee", "Ann Lee"))


def said(words: str, who: str, paragraph: int) -> Statement:
    at = TEXT.index(words)
    return Statement("s", 1, Span(at, at + len(words)), "direct", who, None, None, paragraph, paragraph)


STATEMENTS = (said("“Taxes will be cut in spring,”", "ryan", 0), said("“We dredge it again,”", "lee", 1))


@pytest.mark.parametrize(
    ("speaker", "about", "found"),
    [
        ("Paul Ryan", None, [0]),
        ("ryan", None, [0]),
        ("Paul Lee", None, []),
        ("Paul Ryan", "tax cuts", [0]),
        ("Paul Ryan", "tax rises", []),
        ("Paul Ryan", "taxes", [0]),
        ("Paul Ryan", "harbour", []),
        (None, "the harbour", [1]),
        (None, "a harbour", [1]),
        (None, "spring tax", [0]),
        (None, "rain", []),
    ],
)
def test_a_watch_means_the_words_of_whom_it_names_on_what_it_names(
    speaker: str | None, about: str | None, found: list[int]
) -> None:
    watch = Watch("server-1", "k", 1, speaker, about)

    matched = WatchIndex([watch]).matched(STORY, STATEMENTS, PEOPLE)

    assert list(matched.get(watch, ())) == [STATEMENTS[at] for at in found]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", embedder=FakeEmbedder(), attributor=FakeAttributor())


def test_only_what_comes_after_the_beginning_is_news_and_only_until_it_is_known(library: Library) -> None:
    library.add([Story("old", "“We stay,” said Ana Ruiz.")])
    begin_watching(library)
    library.add([Story("new", "“We go,” said Ana Ruiz."), Story("old", "“We stay on,” said Ana Ruiz.")])

    news = news_in(library)
    note_known(library, news)

    assert [(story.id, story.version) for story in news] == [("old", 2), ("new", 1)]
    assert news_in(library) == ()


def test_a_story_whose_statements_are_yet_to_be_found_is_no_news_before_they_are(library: Library) -> None:
    begin_watching(library)
    library.add([Story("new", "“We go,” said Ana Ruiz.")], statements=False)
    assert news_in(library) == ()

    library.complete()

    assert [story.id for story in news_in(library)] == ["new"]


def test_what_was_told_does_not_become_due_again(library: Library) -> None:
    watch = Watch("server-1", "k", 1, "Ana Ruiz")
    keep_watch(library, watch)
    story = Story("new", "text")

    for _ in range(2):
        note_due(library, [watch], story, everyone=False)
        due = due_in(library.settings())
        forget_due(library, due)

    assert due == ()
    assert [one.name for one in watches_in(library.settings())] == [watch.name]


def test_a_silenced_watch_takes_with_it_what_was_due(library: Library) -> None:
    kept = [Watch("server-1", key, 7, "Ana Ruiz") for key in ("a", "b")]
    for watch in kept:
        keep_watch(library, watch)
        keep_due(library, Due(watch.name, "s", 1))

    assert stop_watching(library, kept[0].name) == kept[0]

    assert [due.watch for due in due_in(library.settings())] == [kept[1].name]
    assert watches_in(library.settings(), "server-1") == (kept[1],)


def test_whoever_wants_to_be_forgotten_watches_no_more(library: Library) -> None:
    for user in (7, 8):
        keep_watch(library, Watch("server-1", f"k{user}", user, "Ana Ruiz"))

    assert forget_watches(library, 7) == 1

    assert [watch.user for watch in watches_in(library.settings())] == [8]


def test_the_watches_of_one_owner_are_not_those_of_one_whose_name_begins_alike(library: Library) -> None:
    for owner in ("server-1", "server-12"):
        keep_watch(library, Watch(owner, "k", 7, "Ana Ruiz"))

    assert [watch.owner for watch in watches_in(library.settings(), "server-1")] == ["server-1"]
