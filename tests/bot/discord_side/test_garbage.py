"""What has stayed after a look for garbage is passed over by those that follow, for an hour."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.discord_side.libraries.engine import ALL_EVERY_S, LibraryEngine, Looks
from tests.bot.discord_side.owned import OwnedEngine


class Ring:
    """Garbage that only a look finds, once it is let go of."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def looks(now: list[float]) -> Iterator[Looks]:
    looks = Looks(lambda: now[0])
    looks.begin()
    yield looks
    looks.end()


def is_looked_at(one: object) -> bool:
    return any(found is one for found in gc.get_objects())


def test_what_has_stayed_is_passed_over(looks: Looks) -> None:
    kept = Ring()
    assert is_looked_at(kept)

    gc.collect()

    assert not is_looked_at(kept)


def test_new_garbage_is_found_at_once_and_old_garbage_within_the_hour(looks: Looks, now: list[float]) -> None:
    old = Ring()
    gc.collect()
    gone = weakref.ref(old)
    del old
    new = weakref.ref(Ring())

    gc.collect()
    assert new() is None
    assert gone() is not None

    now[0] += ALL_EVERY_S
    gc.collect()
    assert gone() is None


def test_younger_looks_leave_everything_to_be_looked_at(looks: Looks) -> None:
    kept = Ring()

    gc.collect(1)

    assert is_looked_at(kept)


def test_an_engine_has_it_so_from_its_opening_to_its_end(tmp_path_factory: pytest.TempPathFactory) -> None:
    engine: LibraryEngine = OwnedEngine(tmp_path_factory.mktemp("library"), Looks())
    before = list(gc.callbacks)

    engine.open()
    during = len(gc.callbacks)
    engine.close()

    assert during == len(before) + 1
    assert list(gc.callbacks) == before
