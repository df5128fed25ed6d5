"""What a command leaves alone: whole processes, asked afterwards what they imported."""

import json
import subprocess
import sys

import pytest

from bot.asking import DEFAULTS, FOR_PEOPLE, ask
from bot.rendering.plain import plain
from bot.rendering.seen import seen_by
from index.library.folder import Library
from tests.bot.kinds.seed_table import ROWS

HEAVY = ("torch", "sentence_transformers", "transformers", "spacy", "trafilatura", "discord", "sklearn", "matplotlib")
DOORS = ("mcp", "starlette", "uvicorn", "jsonschema", "pydantic")
ENCODER = ("onnxruntime", "tokenizers", "faiss")
PROGRAM = """
import json, sys
from bot.__main__ import main
code = main(sys.argv[1:])
print(json.dumps({"code": code, "modules": sorted({name.split(".")[0] for name in sys.modules})}), file=sys.stderr)
"""


def imported_by(*arguments: str) -> set[str]:
    """The top-level modules in a new process after one command, which has to succeed."""
    ran = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    told = json.loads(ran.stderr.splitlines()[-1])
    assert told["code"] == 0
    return set(told["modules"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("speaker", "Ryan"),
        ("speaker", "Kislyak"),
        ("speakers",),
        ("stories",),
        ("ask", "what did Ryan say?"),
        ("ask", "who spoke?"),
    ],
    ids=" ".join,
)
def test_what_the_statements_answer_needs_no_model_at_all(library: str, arguments: tuple[str, ...]) -> None:
    assert imported_by(*arguments, "--library", library) & {*HEAVY, *DOORS, *ENCODER} == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("speaker", "Ryan", "--json"),
        ("speaker", "Sessions", "--about", "the investigation"),
        ("whosaid", "no one is above the law"),
        ("check", "no one is above the law", "--speaker", "Sessions"),
        ("ask", "what did Ryan say?", "--json"),
        ("ask", "when did Sessions recuse himself?"),
    ],
    ids=" ".join,
)
def test_no_question_waits_for_torch(library: str, arguments: tuple[str, ...]) -> None:
    assert imported_by(*arguments, "--library", library) & {*HEAVY, *DOORS} == set()


def test_help_imports_nothing_heavy() -> None:
    assert imported_by("--help") & {*HEAVY, *DOORS, *ENCODER, "numpy", "rich"} == set()


def test_people_are_shown_the_same_with_and_without_what_only_programs_read(seed_library: Library) -> None:
    for row in ROWS:
        if not row.before:
            told, shown = (ask(seed_library, row.question, limits=limits) for limits in (DEFAULTS, FOR_PEOPLE))
            assert plain(told, seen_by(told, seed_library)) == plain(shown, seen_by(shown, seed_library))


def test_programs_are_given_passages_beside_statements_and_refusals(seed_library: Library) -> None:
    for question in ("what did Ryan say?", "what did Kislyak say?", "what did Merkel say?"):
        passages = ask(seed_library, question).passages
        assert 8 <= len(passages) <= DEFAULTS.passages
        assert len(ask(seed_library, question, limits=FOR_PEOPLE).passages) < len(passages)
