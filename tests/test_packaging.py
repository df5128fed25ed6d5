"""What is installed: everything that runs, nothing that only tests, and only what is asked for."""

import ast
import re
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bot.libraries import seed_stories

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKED = PROJECT["tool"]["setuptools"]
DISTRIBUTIONS = {
    "discord": "discord.py",
    "PIL": "pillow",
    "faiss": "faiss-cpu",
    "markdown_it": "markdown-it-py",
    "google": "protobuf",
    "docx": "python-docx",
    "yarl": "discord.py",
    "aiohttp": "discord.py",
    "psycopg_pool": "psycopg",
    "haystack": "haystack-ai",
    "haystack_integrations": "sentence-transformers-haystack",
    "llama_index": "llama-index-core",
}


def distribution(module: str) -> str:
    return DISTRIBUTIONS.get(module, module).replace("_", "-").lower()


def imported() -> set[str]:
    """The top-level modules that bot and index import, at the top of a module or inside a function."""
    found: set[str] = set()
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "index").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"bot", "index", "seeds"}


def declared() -> set[str]:
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *(one for name in extras if name != "test" for one in extras[name])]
    return {re.split(r"[\[<>=!~]", each)[0].replace("_", "-").lower() for each in wanted}


def test_everything_imported_is_declared() -> None:
    assert {distribution(module) for module in imported()} - declared() == set()


@pytest.mark.parametrize("wanted", PROJECT["project"]["dependencies"])
def test_each_dependency_says_from_which_version_to_which(wanted: str) -> None:
    assert re.search(r">=[\w.]+,<|==", wanted)


def test_torch_keeps_the_bound_that_spares_a_processor_the_graphics_builds() -> None:
    assert "torch>=2.6,<2.14" in PROJECT["project"]["dependencies"]


def test_each_folder_of_the_program_is_packed_and_neither_tests_nor_teaching_nor_peers_are() -> None:
    found = PACKED["packages"]["find"]
    folders = {
        path.parent for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] in ("bot", "index", "tests")
    }
    names = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    packed = {
        name
        for name in names
        if any(fnmatch(name, pattern) for pattern in found["include"])
        and not any(fnmatch(name, pattern) for pattern in found["exclude"])
    }
    left = {name for name in names if name.split(".")[0] == "tests" or name.split(".")[-1] in ("training", "peers")}
    assert packed == names - left
    beside = [str(path.relative_to(ROOT)) for path in ROOT.glob("[bi]*/**/t[er]a*ing/*") if path.suffix != ".py"]
    unpacked = PACKED["exclude-package-data"]["*"]
    assert beside
    assert [path for path in beside if not any(fnmatch(path, pattern) for pattern in unpacked)] == []


def test_each_file_beside_the_code_is_packed_with_it() -> None:
    patterns = [pattern.removeprefix("**/") for pattern in PACKED["package-data"]["index"]]
    beside = [path for path in (ROOT / "index").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    left = [path for path in beside if path.suffix != ".py" and not any(fnmatch(path.name, p) for p in patterns)]
    assert left == []
    assert all(fnmatch(path.name, "*.txt") for path in (ROOT / "seeds").iterdir() if path.suffix not in ("", ".py"))


@pytest.mark.parametrize("package", ["bot", "index"])
def test_each_package_says_that_it_has_types(package: str) -> None:
    assert (ROOT / package / "py.typed").exists()
    assert "py.typed" in PACKED["package-data"][package]


@pytest.mark.parametrize(
    "room", sorted({path.parent for path in ROOT.glob("*/**/weights/*")}), ids=lambda room: room.parent.name
)
def test_whatever_weights_are_shipped_have_a_card_that_names_each_and_their_licence(room: Path) -> None:
    card = (room / "README.md").read_text(encoding="utf-8")
    assert "Licence" in card
    assert [path.name for path in room.iterdir() if path.name != "README.md" and f"`{path.name}`" not in card] == []


def test_the_story_that_comes_along_is_found_as_a_resource() -> None:
    (story,) = seed_stories()
    assert story.text == next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8")


def test_the_top_level_holds_only_what_the_design_allows() -> None:
    allowed = {"pyproject.toml", "README.md", "bot", "index", "tests", "seeds"}
    made = {"build", "dist", "node_modules", "shared"}
    names = {
        path.name for path in ROOT.iterdir() if not path.name.startswith(".") and not path.name.endswith(".egg-info")
    }
    assert names - allowed - made == set()
