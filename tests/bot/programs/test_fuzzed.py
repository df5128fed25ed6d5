"""The HTTP interface under generated requests: what its document promises holds for what nobody would think of."""

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bot.programs.http import application
from bot.programs.verbs import VERBS, Door
from bot.rendering.contract import JsonObject
from index.library.folder import Library
from tests.bot.programs.processes import ROOT, TOKEN, listening
from tests.sizes import tried

ADDING = next(verb for verb in VERBS if verb.changes)
RERANKING = "on" if tried(1, 0) else "off"
"""With the judge, which any words are given to in tests of its own, it takes twice as long."""
FACTS = st.text(max_size=500)
STORIES = st.fixed_dictionaries(
    {"text": st.text(min_size=1, max_size=2_000)},
    optional={
        "title": FACTS,
        "source": FACTS,
        "author": FACTS,
        "url": FACTS,
        "date": st.dates().map(str) | st.text(max_size=40),
    },
)


def test_schemathesis_finds_nothing_wrong_over_a_real_process(
    seed_folder: Path, seed_library: Library, tmp_path: Path
) -> None:
    assert seed_library.stories
    environment = {"ONRECORD_API_TOKEN": TOKEN, "ONRECORD_RERANKING": RERANKING}
    with listening("api", "--library", str(seed_folder), environment=environment) as running:
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{running.address}/openapi.json"]
        bounds = [
            "--max-examples=10",
            "--seed=1",
            "--no-shrink",
            "--request-timeout=120",  # its own ten seconds are less than a loaded machine may take
            "--phases=examples,coverage,fuzzing",
            "--warnings=off",
        ]
        chosen = ["--exclude-operation-id", ADDING.name, "--header", f"Authorization: Bearer {TOKEN}", "--no-color"]
        told = os.environ | {"SCHEMATHESIS_HOOKS": "tests.bot.programs.fuzz_hooks", "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(
            [*command, *bounds, *chosen], capture_output=True, text=True, check=False, cwd=tmp_path, env=told
        )
    assert ran.returncode == 0, ran.stdout[-8_000:] + ran.stderr[-2_000:]
    assert (running.code, running.printed) == (0, "")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=STORIES)
def test_any_story_is_added_as_it_is_or_refused_in_a_sentence(tmp_path: Path, story: JsonObject) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with (
        Library.open(tmp_path / "library", attribution=False) as library,
        TestClient(application(Door(library), token=TOKEN), base_url="http://127.0.0.1", headers=headers) as client,
    ):
        answer = client.post(f"/v1/{ADDING.name}", json=story)
        assert answer.status_code in (200, 400)
        if answer.status_code == 200:
            assert library.story(answer.json()["id"]).text == story["text"]
        else:
            assert answer.json()["error"].endswith(".")
