"""Damaged files: found before anything is searched, and rebuilt from the stored text; never a wrong quotation."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, product

import pytest

from index.errors import LibraryDamaged, LibraryTooNew
from index.library.folder import Library
from index.storing.disk import FORMAT, digest_of, sealed, unpacked, unsealed
from index.storing.manifest import CURRENT, FileRef, read_manifest
from index.storing.tables import database_from
from index.storing.vault import SPARE
from index.story import Story
from tests.index.fakes import FakeAttributor, FakeDisk, FakeEmbedder, ranker
from tests.sizes import tried

Damage = Callable[[FakeDisk, str, random.Random], None]
TRIALS = {"flip": tried(2000, 300), "truncate": tried(500, 100), "blank": tried(500, 100)}


def opened(disk: FakeDisk, embedder: FakeEmbedder | None = None) -> Library:
    return Library.open(
        "nowhere", embedder=embedder or FakeEmbedder(), attributor=FakeAttributor(), ranker=ranker(), disk=disk
    )


def story(number: int, edition: int = 1) -> Story:
    said = "“The river rose,” said Ana Ruiz of the town council."
    return Story(f"s{number}", f"Edition {edition} of story {number}.\n\n{said}")


@pytest.fixture(scope="module")
def base() -> FakeDisk:
    disk = FakeDisk()
    library = opened(disk)
    library.add([story(number) for number in range(6)])
    library.add([story(9)])
    return disk.copy()


def flip(disk: FakeDisk, name: str, chance: random.Random) -> None:
    file = disk.files[name]
    at = chance.randrange(len(file.content) * 8)
    content = bytearray(file.content)
    content[at // 8] ^= 1 << at % 8
    file.content = bytes(content)


def truncate(disk: FakeDisk, name: str, chance: random.Random) -> None:
    file = disk.files[name]
    file.content = file.content[: chance.randrange(len(file.content))]


def blank(disk: FakeDisk, name: str, chance: random.Random) -> None:
    file = disk.files[name]
    size = chance.choice((64, 512, 4096))
    at = chance.randrange(len(file.content))
    content = file.content[:at] + bytes(min(size, len(file.content) - at)) + file.content[at + size :]
    file.content = content if content != file.content else b"\1" + content[1:]


def trials(base: FakeDisk, damage: Damage) -> Iterator[tuple[str, random.Random]]:
    """Each file of a disk in turn, with a place in it left to chance."""
    names = cycle(sorted(set(base.files) - {SPARE}))
    return ((next(names), random.Random(seed)) for seed in range(TRIALS[damage.__name__]))


def seen(library: Library) -> tuple[object, ...]:
    hits = library.search("how high was the river?", limit=30)
    return hits, library.stories, library.statements(), library.speakers()


@pytest.mark.parametrize("damage", [flip, truncate, blank])
def test_damage_to_any_file_is_found_and_repaired(base: FakeDisk, damage: Damage) -> None:
    whole = seen(opened(base.copy()))
    for name, chance in trials(base, damage):
        disk = base.copy()
        damage(disk, name, chance)
        library = opened(disk)
        assert library.damaged
        assert seen(library) == whole
        assert not library.damaged
    assert seen(opened(disk)) == whole


def test_files_swapped_between_generations_are_found(base: FakeDisk) -> None:
    later = base.copy()
    opened(later).add([story(9, edition=2)])
    whole = seen(opened(later.copy()))
    swapped = set()
    for (name, new), (other, old) in product(later.files.items(), base.files.items()):
        kinds = {kind for kind in ("texts", "vectors", "words", "manifest") if name.startswith(kind)}
        if not other.startswith(tuple(kinds)) or new.content == old.content:
            continue
        swapped |= kinds
        disk = later.copy()
        disk.files[name].content = old.content
        library = opened(disk)
        assert library.damaged
        assert seen(library) == whole
    assert swapped == {"texts", "vectors", "words", "manifest"}


def test_vectors_of_another_model_are_never_searched(base: FakeDisk) -> None:
    for number in range(5):
        disk = base.copy()
        disk.files[CURRENT].content = replace(
            read_manifest(disk.files[CURRENT].content, CURRENT), embedder=f"another model {number}"
        ).to_bytes()
        embedder = FakeEmbedder()
        library = opened(disk, embedder)
        assert library.damaged
        assert library.search("how high was the river?") == opened(base.copy()).search("how high was the river?")
        assert len(embedder.embedded) > 1


def test_whoever_waits_is_told_that_the_library_is_rebuilt(base: FakeDisk, caplog: pytest.LogCaptureFixture) -> None:
    told: list[tuple[int, int]] = []

    @contextmanager
    def rebuilding() -> Iterator[Callable[[int, int], None]]:
        yield lambda done, total: told.append((done, total))

    other = FakeEmbedder("another model")
    library = Library.open(
        "nowhere", embedder=other, attributor=FakeAttributor(), disk=base.copy(), rebuilding=rebuilding
    )
    assert library.search("how high was the river?")
    assert told == [(7, 7)]
    assert library.search("how high was the river?")
    assert len(told) == 1
    opened(base.copy(), FakeEmbedder("another model")).search("how high was the river?")
    assert "rebuilding the library in nowhere" in caplog.text


def test_only_what_is_lost_is_embedded_again(base: FakeDisk) -> None:
    disk = base.copy()
    name = min(name for name in disk.files if name.startswith("texts"))
    disk.files[name].content = b""
    embedder = FakeEmbedder()
    assert opened(disk, embedder).repair()
    assert embedder.embedded == []


def test_texts_that_are_lost_twice_are_said_to_be_lost(base: FakeDisk) -> None:
    disk = base.copy()
    for name in disk.files:
        if name.startswith("texts"):
            flip(disk, name, random.Random(1))
    with pytest.raises(LibraryDamaged, match="add its stories again"):
        opened(disk)


def test_a_library_of_the_first_format_opens_with_all_that_it_holds(base: FakeDisk) -> None:
    whole = seen(opened(base.copy()))
    embedder = FakeEmbedder()
    library = opened(of_the_first_format(base), embedder)
    assert library.stories == whole[1]
    assert library.statements() == whole[2]
    library.add([replace(story(20), shortened=True)])
    assert "Edition 1 of story 1." not in embedder.embedded
    assert [each.id for each in library.stories if each.shortened] == ["s20"]
    assert {hit.passage.story for hit in library.search("river", limit=30)} == {each.id for each in library.stories}


def of_the_first_format(base: FakeDisk) -> FakeDisk:
    """The same library as the first version of this program wrote it: its stories could not be shortened."""
    disk = base.copy()
    manifest = read_manifest(disk.files[CURRENT].content, CURRENT)
    for ref in (manifest.texts, manifest.copy):
        database = database_from(unpacked(unsealed("texts", disk.files[ref.name].content, ref.name), ref.name))
        database.execute("ALTER TABLE stories DROP COLUMN shortened")
        database.execute("ALTER TABLE stories DROP COLUMN unfound")
        database.commit()
        payload = database.serialize()
        disk.files[ref.name].content = sealed("texts", payload, 1)
    digest = digest_of("texts", payload, 1)
    refs = FileRef(manifest.texts.name, digest), FileRef(manifest.copy.name, digest)
    content = unsealed("manifest", replace(manifest, texts=refs[0], copy=refs[1]).to_bytes(), CURRENT)
    for name in (CURRENT, manifest.name):
        disk.files[name].content = sealed("manifest", content, 1)
    return disk


def test_a_library_of_a_newer_program_is_left_alone(base: FakeDisk) -> None:
    disk = base.copy()
    payload = json.dumps({"what": "nobody knows yet"}).encode()
    disk.files[CURRENT].content = sealed("manifest", payload, FORMAT + 1)
    before = sorted(disk.files)
    with pytest.raises(LibraryTooNew, match="newer version"):
        opened(disk)
    assert sorted(disk.files) == before
