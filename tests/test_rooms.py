"""The arrows between the rooms: which may know of which, and that nothing knows of itself by a detour."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
Graph = Mapping[str, frozenset[str]]

KNOWS: Mapping[str, str] = {
    "bot.questions": "",
    "bot.kinds": "questions",
    "bot.checking": "kinds",
    "bot.rendering": "questions",
    "bot.discord_side": "rendering",
    "bot.programs": "rendering",
    "bot.terminal": "discord_side programs rendering",
    "index.remembering": "",
    "index.language": "remembering",
    "index.encoding": "remembering",
    "index.reading": "language remembering",
    "index.statements": "encoding language reading remembering",
    "index.search": "encoding language reading remembering statements storing",
    "index.ranking": "encoding language library reading remembering search statements",
    "index.workers": "reading remembering statements",
    "index.library": "encoding language ranking reading remembering search storing workers",
    "index.storing": "encoding library remembering search statements",
    "index.postgres": "encoding library ranking remembering search statements storing",
}
"""Each room with the other rooms of its package that it knows of."""
REACHED = 12
"""Modules of index that bot knows of: one more is a reason to look for the verb that lacks."""


@cache
def modules() -> Mapping[str, Path]:
    """Each module of both packages by its name."""
    found = {}
    for path in sorted(path for package in ("bot", "index") for path in (ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imported() -> Graph:
    """What each module imports: at its top, inside a function, or for its types alone."""
    return {name: frozenset(_imported_by(path)) for name, path in modules().items()}


def _imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{path} imports by dots"
            assert not node.level, f"{path} imports by dots"
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                yield whole if whole in modules() else node.module


def arrows() -> Graph:
    """What each module of ours imports of ours."""
    return {name: targets & modules().keys() - {name} for name, targets in imported().items()}


def room_of(name: str) -> str:
    """The room in which a module stands; what stands at a package's root is its own."""
    return ".".join(name.split(".")[:2])


def test_index_knows_nothing_of_bot_or_of_discord() -> None:
    wrong = {
        name: {one for one in targets if one.split(".")[0] in ("bot", "discord")}
        for name, targets in imported().items()
        if name.split(".")[0] == "index"
    }
    assert {name: those for name, those in wrong.items() if those} == {}


def test_what_runs_knows_nothing_of_what_trains() -> None:
    wrong = {
        name: {one for one in targets if "training" in one.split(".")}
        for name, targets in imported().items()
        if "training" not in name.split(".")
    }
    assert {name: those for name, those in wrong.items() if those} == {}


def test_the_root_of_index_holds_the_values_and_the_errors_alone() -> None:
    assert {path.name for path in (ROOT / "index").glob("*.py")} == {"__init__.py", "errors.py", "story.py"}


@pytest.mark.parametrize("package", ["bot", "index"])
def test_each_package_tells_of_all_its_rooms_and_of_no_path_that_is_not_there(package: str) -> None:
    told = re.findall(r"`([^` ]+)`", (ROOT / package / "README.md").read_text(encoding="utf-8"))
    rooms = {f"{path.parent.name}/" for path in (ROOT / package).glob("*/__init__.py")}
    assert rooms <= set(told)
    places = (ROOT, ROOT / package, *(ROOT / package).glob("*/"))
    paths = [one for one in told if re.fullmatch(r"[\w/]+(?:/|\.(?:py|jsonl|md))", one)]
    assert [path for path in paths if not any(list(place.rglob(path)) for place in places)] == []


def test_no_module_imports_itself_by_a_detour_not_even_for_types() -> None:
    try:
        TopologicalSorter(arrows()).prepare()
    except CycleError as circle:
        raise AssertionError(" > ".join(circle.args[1])) from None


def test_each_room_knows_of_those_that_it_may_and_of_no_other() -> None:
    found: dict[str, set[str]] = {room: set() for room in KNOWS}
    for name, targets in arrows().items():
        package = name.partition(".")[0]
        if room_of(name) in KNOWS:
            others = {room_of(one) for one in targets} & KNOWS.keys() - {room_of(name)}
            found[room_of(name)] |= {one.partition(".")[2] for one in others if one.startswith(f"{package}.")}
    assert {room: " ".join(sorted(others)) for room, others in found.items()} == KNOWS


def test_bot_reaches_into_no_more_of_index_than_it_did() -> None:
    reached = {one for name, targets in arrows().items() if name.startswith("bot") for one in targets}
    assert len({one for one in reached if one.startswith("index")}) == REACHED


SENDING = frozenset(
    "send reply edit send_message edit_message edit_original_response send_modal defer create_thread typing".split()
)
"""What discord.py calls that by which something is written on Discord."""


def test_only_the_sender_writes_on_discord() -> None:
    """It alone holds the policy for length, mentions and escaping; types are called `reply` too."""
    found = {
        name
        for name, path in modules().items()
        if name.startswith("bot.discord_side.")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in SENDING
        and not ast.unparse(node.value).endswith(("sender", "Type"))
    }
    assert found == {"bot.discord_side.replies.sender"}
