"""The tagger's weights as they are shipped: where they lie, and what they say about themselves. No torch is needed."""

from __future__ import annotations

import json
from pathlib import Path

from index.encoding.packaged import stored_facts
from index.errors import StoriesError
from index.statements.decoding import Decision
from index.statements.features import Vocabulary

WEIGHTS = Path(__file__).parent / "weights" / "tagger.safetensors"
FORMAT = "onrecord-tagger-1"


class WeightsUnusable(StoriesError):
    """The tagger's weights, or the model they build on, are missing or not the ones they should be."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"The statement tagger cannot use “{path.name}”: {reason}.")


def load_facts(path: Path) -> tuple[Vocabulary, Decision]:
    """The labels and decision settings of stored weights. Raises WeightsUnusable."""
    if not path.is_file():
        raise WeightsUnusable(path, "the file is missing")
    try:
        facts = json.loads(stored_facts(path)["onrecord"])
    except (ValueError, KeyError, TypeError, OSError) as failure:
        raise WeightsUnusable(path, "it is damaged") from failure
    if facts["format"] != FORMAT:
        raise WeightsUnusable(path, f"its format is {facts['format']}")
    settings = facts["decision"]
    vocabulary = Vocabulary(*(tuple(facts["labels"][name]) for name in ("tags", "deps", "ents")))
    return vocabulary, Decision(**settings | {"calibration": tuple(settings["calibration"])})
