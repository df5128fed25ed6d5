"""What other Python programs may import: typed, small, and there when it is first used."""

import ast
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from bot import Abstention, Answer, Result, Settings, Turn, as_json, ask, check, check_all, open_library, said, who_said
from bot.rendering.contract import result_json
from bot.rendering.seen import seen_by
from index import Library, Story

ROOT = Path(__file__).parents[1]
LANE = Story("rain", "“It rained for a week,” Ada Lane, the mayor, said.", source="The Bay Post", date=date(2024, 5, 1))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("surface")
    library = Library.open(folder / "stories")
    assert library.add([LANE]).new == ("rain",)
    return library


@pytest.mark.parametrize("stub", sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("[bi]*/**/__init__.pyi")))
def test_every_name_that_a_room_offers_is_there_and_no_other(stub: str) -> None:
    package = import_module(stub.removesuffix("/__init__.pyi").replace("/", "."))
    offered = [
        alias.name
        for node in ast.parse((ROOT / stub).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert package.__all__ == sorted(offered)
    assert all(getattr(package, name) is not None for name in offered)
    with pytest.raises(AttributeError):
        package.nothing_of_the_kind  # noqa: B018  # to look it up is what raises


def test_no_room_offers_its_names_by_a_way_of_its_own() -> None:
    ways = [path for path in ROOT.glob("[bi]*/**/*.py") if "def __getattr__" in path.read_text(encoding="utf-8")]
    assert [path for path in ways if path.is_relative_to(ROOT / "bot") or path.is_relative_to(ROOT / "index")] == []


def test_importing_the_packages_imports_nothing_else_and_sets_nothing() -> None:
    unwanted = {"numpy", "bot.asking", "index.library.folder", "discord"}
    program = f"""
import os, sys
had = dict(os.environ)
import bot, index
print(len({unwanted} & set(sys.modules)), os.environ == had)"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "0 True\n"


def test_each_verb_takes_a_library_and_gives_a_result(library: Library) -> None:
    told: dict[str, Result] = {
        "ask": ask(library, "what did Lane say?", story="rain", today=date(2024, 5, 2)),
        "follow-up": ask(library, "and Merkel?", history=[Turn("what did Lane say?")]),
        "said": said(library, "Lane"),
        "who said": who_said(library, "it rained for a week"),
        "check": check(library, "it rained for a week", speaker="Lane"),
        "check all": check_all(library, "Lane said “it rained for a month”.")[0].result,
    }
    answered = [name for name, result in told.items() if isinstance(result, Answer)]
    assert answered == ["ask", "said", "who said", "check", "check all"]
    assert isinstance(told["follow-up"], Abstention)
    for result in told.values():
        assert as_json(result, library) == result_json(result, seen_by(result, library))
    assert [as_json(told[name], library)["verdict"] for name in ("check", "check all")] == ["exact", "changed"]


def test_a_library_can_be_opened_as_the_settings_name_it(library: Library, tmp_path: Path) -> None:
    with open_library(Settings.read({}, library=str(tmp_path / "empty"))) as empty:
        assert empty.stories == ()
