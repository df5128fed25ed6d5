"""What a command leaves alone: whole processes, asked afterwards what they imported."""

import json
import subprocess
import sys
from collections.abc import Sequence

from bot.asking import DEFAULTS, FOR_PEOPLE, ask
from index.library.folder import Library

HEAVY = ("torch", "sentence_transformers", "transformers", "spacy", "trafilatura", "discord", "sklearn", "matplotlib")
DOORS = ("mcp", "starlette", "uvicorn", "jsonschema", "pydantic")
ENCODER = ("onnxruntime", "tokenizers", "faiss")
PROGRAM = """
import json, sys
from bot.__main__ import main
for command in json.loads(sys.argv[1]):
    code = main(command)
    print(json.dumps({"code": code, "modules": sorted({name.split(".")[0] for name in sys.modules})}), file=sys.stderr)
"""
WITHOUT_MODELS = (
    ("speaker", "Ryan"),
    ("speaker", "Kislyak"),
    ("speakers",),
    ("stories",),
    ("ask", "what did Ryan say?"),
    ("ask", "who spoke?"),
)
WITH_MODELS = (
    ("speaker", "Ryan", "--json"),
    ("speaker", "Sessions", "--about", "the investigation"),
    ("whosaid", "no one is above the law"),
    ("check", "no one is above the law", "--speaker", "Sessions"),
    ("ask", "what did Ryan say?", "--json"),
    ("ask", "when did Sessions recuse himself?"),
)


def imported_by(commands: Sequence[Sequence[str]], *also: str) -> list[set[str]]:
    """The top-level modules in a new process after each of these commands, all of which have to succeed."""
    given = json.dumps([[*command, *also] for command in commands])
    ran = subprocess.run([sys.executable, "-c", PROGRAM, given], capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in ran.stderr.splitlines() if line.startswith("{")]
    assert [one["code"] for one in told] == [0] * len(commands)
    return [set(one["modules"]) for one in told]


def test_what_the_statements_answer_needs_no_model_at_all(library: str) -> None:
    found = imported_by(WITHOUT_MODELS, "--library", library)
    assert [modules & {*HEAVY, *DOORS, *ENCODER} for modules in found] == [set()] * len(WITHOUT_MODELS)


def test_no_question_waits_for_torch(library: str) -> None:
    found = imported_by(WITH_MODELS, "--library", library)
    assert [modules & {*HEAVY, *DOORS} for modules in found] == [set()] * len(WITH_MODELS)


def test_help_imports_nothing_heavy() -> None:
    [found] = imported_by([("--help",)])
    assert found & {*HEAVY, *DOORS, *ENCODER, "numpy", "rich"} == set()


def test_no_start_waits_for_what_reads_pages_and_feeds() -> None:
    program = "import json, sys, bot.terminal.commands; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    unwanted = {f"index.reading.{module}" for module in ("pages", "sources", "feeds", "jsonl", "markdown")}
    assert unwanted & set(json.loads(ran.stdout)) == set()


def test_programs_are_given_passages_beside_statements_and_refusals(seed_library: Library) -> None:
    for question in ("what did Ryan say?", "what did Kislyak say?", "what did Merkel say?"):
        passages = ask(seed_library, question).passages
        assert 8 <= len(passages) <= DEFAULTS.passages
        assert len(ask(seed_library, question, limits=FOR_PEOPLE).passages) < len(passages)
