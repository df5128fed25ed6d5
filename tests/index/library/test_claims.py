"""What is being worked on is done by one at a time, is left to another by whoever dies, and is done once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import LibraryUnwritable
from index.library.folder import FolderLibraries, claims_in
from index.library.libraries import KEPT_S, MOST_TRIES, Claims
from index.ranking.evidence import EvidenceRanker
from tests.index.databases import TestServer, running_postgres
from tests.index.fakes import FakeAttributor, FakeEmbedder

SILENT_S = 60.0


@pytest.fixture(scope="module")
def server() -> Iterator[TestServer]:
    with running_postgres() as running:
        yield running


@pytest.fixture(params=["folder", "database"])
def claims(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Claims]:
    if request.param == "folder":
        yield claims_in(tmp_path / "owners" / ".claims")
        return
    url = request.getfixturevalue("server").url
    from index.postgres.library import PostgresLibraries

    libraries = PostgresLibraries(url, embedder=FakeEmbedder(), ranker=EvidenceRanker.load(reader=False))
    libraries.claims.run("DELETE FROM claims", {})
    yield libraries.claims
    libraries.close()


def test_one_holder_gets_what_several_want(claims: Claims) -> None:
    assert [claims.take("a", holder, 1.0) for holder in ("one", "two", "three")] == [True, False, False]
    assert claims.take("b", "two", 1.0)


def test_what_is_done_is_nobodys_any_more(claims: Claims) -> None:
    claims.take("a", "one", 1.0)
    claims.finish("a", "one")
    assert not claims.take("a", "one", 2.0)
    assert not claims.take("a", "two", 2.0)
    assert claims.look("two", 1_000.0, SILENT_S) == ()


def test_only_its_holder_can_say_that_something_is_done(claims: Claims) -> None:
    claims.take("a", "one", 1.0)
    claims.finish("a", "two")
    assert claims.look("two", 100.0, SILENT_S) == ("a",)


def test_what_a_silent_holder_left_goes_to_the_first_who_looks(claims: Claims) -> None:
    for name in ("a", "b", "c"):
        claims.take(name, "dead", 1.0)
    claims.finish("b", "dead")
    assert claims.look("two", 30.0, SILENT_S) == ()
    assert sorted(claims.look("two", 70.0, SILENT_S)) == ["a", "c"]
    assert claims.look("three", 71.0, SILENT_S) == ()
    assert claims.take("a", "two", 72.0)


def test_a_holder_who_looks_from_time_to_time_keeps_what_it_has(claims: Claims) -> None:
    claims.take("a", "one", 0.0)
    for now in (40.0, 80.0, 120.0):
        assert claims.look("one", now, SILENT_S) == ()
        assert claims.look("two", now + 20, SILENT_S) == ()


def test_what_every_holder_dies_over_is_not_handed_on_for_ever(claims: Claims) -> None:
    claims.take("a", "0", 0.0)
    found = [claims.look(str(number), number * 100.0, SILENT_S) for number in range(1, MOST_TRIES + 3)]
    assert found == [("a",)] * (MOST_TRIES - 1) + [()] * 3


def test_nothing_is_kept_for_longer_than_its_time(claims: Claims) -> None:
    claims.take("a", "one", 1.0)
    claims.take("b", "one", 1.0)
    claims.finish("b", "one")
    assert claims.look("two", 2 + KEPT_S, SILENT_S) == ()
    assert claims.run("SELECT count(*) FROM claims", {}) == [(0,)]


def test_a_disk_that_refuses_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "owners").write_text("a file where the folder would be")
    with pytest.raises(LibraryUnwritable, match="under way"):
        claims_in(tmp_path / "owners" / ".claims").take("a", "one", 1.0)


def test_a_job_is_done_by_one_at_a_time_in_a_folder_too(tmp_path: Path) -> None:
    def libraries() -> FolderLibraries:
        return FolderLibraries(tmp_path, embedder=FakeEmbedder(), attributor=FakeAttributor())

    one, other = libraries(), libraries()
    with one.alone("tend") as first, other.alone("tend") as second, other.alone("another") as third:
        assert (first, second, third) == (True, False, True)
    with other.alone("tend") as afterwards:
        assert afterwards
    assert one.owners() == ()
