"""The one direction between the two packages: index has never heard of bot or of Discord."""

import ast
from pathlib import Path

import pytest

INDEX = Path(__file__).resolve().parents[2] / "index"
FORBIDDEN = {"bot", "discord"}


def imported_by(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", sorted(INDEX.rglob("*.py")), ids=lambda path: str(path.relative_to(INDEX)))
def test_no_module_of_index_imports_bot_or_discord(path: Path) -> None:
    assert not imported_by(path) & FORBIDDEN
