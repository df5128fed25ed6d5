"""Quality floors. Each is a little under what was measured on exactly these labels; lower one only on purpose."""

from pathlib import Path

import pytest

from index.statements.extraction import Attributor
from tests.attributors import as_shipped, by_rules
from tests.quality.corpus import find_corpus, load_dev, measure
from tests.quality.scoring import (
    FORMS,
    MORE_FORMS,
    UNSEEN_FORMS,
    Figures,
    digest_of_labels,
    load_forms,
    load_labelled,
    score,
)

LABELS = "4f7a1856559b8818a256b4e922de2c7e104cc0e4ef60114f0277a4597c47712c"
FLOORS = {
    "rules": Figures(precision=0.98, recall=0.97, joint=0.96, speaker=0.97, kind=0.98, stance=0.98, relay=0.98),
    "whole": Figures(precision=0.97, recall=0.98, joint=0.96, speaker=0.97, kind=0.98, stance=0.98, relay=0.98),
}
FORMS_FLOORS = {
    FORMS: {
        "rules": Figures(precision=0.99, recall=0.93, joint=0.89, speaker=0.92, kind=0.99, stance=0.99, relay=0.99),
        "whole": Figures(precision=0.94, recall=0.95, joint=0.87, speaker=0.91, kind=0.99, stance=0.99, relay=0.99),
    },
    MORE_FORMS: {
        "rules": Figures(precision=0.94, recall=0.88, joint=0.78, speaker=0.85, kind=0.96, stance=0.89, relay=0.89),
        "whole": Figures(precision=0.93, recall=0.92, joint=0.80, speaker=0.86, kind=0.97, stance=0.91, relay=0.90),
    },
    UNSEEN_FORMS: {
        "rules": Figures(precision=0.95, recall=0.81, joint=0.60, speaker=0.68, kind=0.97, stance=0.94, relay=0.90),
        "whole": Figures(precision=0.93, recall=0.88, joint=0.58, speaker=0.64, kind=0.97, stance=0.93, relay=0.90),
    },
}
CORPUS_FLOORS = {
    "rules": {"joint": 76.0, "spans": 91.0, "direct": 94.5},
    "whole": {"joint": 86.9, "spans": 89.5, "direct": 97.0},
}


@pytest.fixture(params=["rules", "whole"], scope="module")
def attributor(request: pytest.FixtureRequest) -> tuple[str, Attributor]:
    return request.param, as_shipped() if request.param == "whole" else by_rules()


def test_the_floors_stand_for_exactly_these_labels() -> None:
    assert digest_of_labels() == LABELS, "the labels changed: measure again with `python -m tests.quality`, then pin"


def test_labelled_stories_stay_above_their_floors(attributor: tuple[str, Attributor]) -> None:
    name, reader = attributor
    labelled = load_labelled()
    figures = score(labelled, reader.attribute_all([one.story for one in labelled]))
    floors = FLOORS[name]
    below = {field for field in Figures.__slots__ if getattr(figures, field) < getattr(floors, field)}
    assert not below, figures


@pytest.mark.parametrize("path", FORMS_FLOORS, ids=lambda path: path.stem)
def test_stories_of_many_forms_stay_above_their_floors(attributor: tuple[str, Attributor], path: Path) -> None:
    name, reader = attributor
    labelled, floors = load_forms(path), FORMS_FLOORS[path][name]
    figures = score(labelled, reader.attribute_all([one.story for one in labelled]))
    below = {field for field in Figures.__slots__ if getattr(figures, field) < getattr(floors, field)}
    assert not below, figures


def test_every_label_reads_back_from_its_story() -> None:
    for one in (*load_labelled(), *(one for path in FORMS_FLOORS for one in load_forms(path))):
        for row in one.rows:
            assert one.story.text[row["start"] : row["end"]] == row["text"]


def test_the_public_corpus_stays_above_its_floors(attributor: tuple[str, Attributor], tmp_path: Path) -> None:
    folder = find_corpus()
    if folder is None:
        pytest.skip("the quotes corpus is not here: it is read from ../shared/eval, or where ONRECORD_EVAL points")
    name, reader = attributor
    measured = measure(folder, load_dev(folder), reader, tmp_path)
    floors = CORPUS_FLOORS[name]
    assert measured.speech["joint"]["F1"] >= floors["joint"]
    assert measured.speech["iou50"]["P"] >= floors["spans"]
    assert measured.direct["joint"]["F1"] >= floors["direct"]
    if name == "whole":
        recall = measured.speech["recall_by_kind"]["indirect"]
        assert (recall >= 75, measured.speech["speaker"]["either"] >= 97, measured.speech["tokens"]["F1"] >= 93) == (
            True, True, True,
        )  # fmt: skip
        assert measured.names["name_right"] >= 0.95
        assert measured.names["name_wrong"] <= 0.045
