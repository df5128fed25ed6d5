"""Whom a server holds to have said some words: shown as that beside what was found, never in its place."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from index.story import Json, Statement

BEGINNING = "correction:"
State = Literal["open", "settled"]


@dataclass(frozen=True, slots=True)
class Correction:
    """Words by their address, whose they were found to be (`was`), and whose they are said to be (`name`).

    It counts once those who run the server have settled it. Who proposed it is not kept.
    """

    story: str
    version: int
    start: int
    end: int
    was: str
    name: str
    state: State = "open"

    @property
    def key(self) -> str:
        """The name under which it is kept: one for some words."""
        return f"{BEGINNING}{self.version}:{self.start}:{self.end}:{self.story}"

    def covers(self, said: Statement) -> bool:
        """Whether it is about this statement."""
        same = (self.story, self.version) == (said.story, said.version)
        return same and self.start <= said.span.start and said.span.end <= self.end


def corrections_in(settings: Mapping[str, Json]) -> tuple[Correction, ...]:
    """The corrections that are kept; what cannot be read is as if it was never proposed."""
    found = []
    for name, value in settings.items():
        if name.startswith(BEGINNING) and isinstance(value, Mapping) and set(value) == set(_FIELDS):
            found.append(Correction(**dict(value)))  # type: ignore[arg-type]
    return tuple(found)


_FIELDS = tuple(Correction.__dataclass_fields__)


def kept(correction: Correction) -> Json:
    """The correction as it is kept."""
    return asdict(correction)


def corrected(said: Statement, corrections: tuple[Correction, ...]) -> str | None:
    """Whose words they are as a server has settled it, where it has."""
    return next((one.name for one in corrections if one.state == "settled" and one.covers(said)), None)
