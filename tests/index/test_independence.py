"""What may not know of what: index has never heard of bot or of Discord, and what runs never of what trains it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INDEX = ROOT / "index"
RUNNING = [path for room in ("bot", "index") for path in sorted((ROOT / room).rglob("*.py"))]
FORBIDDEN = {"bot", "discord"}


def imported_by(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


@pytest.mark.parametrize("path", sorted(INDEX.rglob("*.py")), ids=lambda path: str(path.relative_to(INDEX)))
def test_no_module_of_index_imports_bot_or_discord(path: Path) -> None:
    assert not {name.split(".")[0] for name in imported_by(path)} & FORBIDDEN


@pytest.mark.parametrize(
    "path", [path for path in RUNNING if path.parent.name != "training"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_module_that_runs_imports_one_that_trains(path: Path) -> None:
    assert [name for name in imported_by(path) if "training" in name.split(".")] == []
