"""`python -m tests.quality`: who-said-what figures beside the published ones, as a Markdown table.

Needs the quotes corpus (../shared/eval, or the folder that ONRECORD_EVAL names); without it, only our own labels.
"""

# ruff: noqa: T201 (what this prints is what it is for)

import tempfile
from pathlib import Path

from index.statements.extraction import Attributor
from tests.quality.corpus import Measured, find_corpus, load_dev, measure, spacy_articles_per_second
from tests.quality.scoring import load_labelled, score

PUBLISHED = (
    "| quotation marks + “X said” | 87/39/54 | 70 | 71 | 38.5 | 95.6 / 70.7 | | 2,660 |",
    "| textacy 0.13 | 83/33/48 | 57 | 96 | 45.7 | 87.5 / 84.5 | | 4.2 |",
    "| Gender Gap Tracker | 83/59/69 | 79 | 86 | 59.2 | 84.1 / 66.5 | | 4.2 |",
    "| BBC Citron | 78/59/67 | 75 | 93 | 61.8 | 80.4 / 75.6 | | 2.2 |",
    "| BERT tagger trained on PolNeAR | 67/85/75 | 89 | 83 | 61.7 | 79.1 / 54.6 | | – |",
    "| one trained person against another | 83 (F1) | 93 | 98 | 81.0 | 97.7 / 97.3 | | – |",
)
HEADINGS = (
    "| system | speech P/R/F1 | token F1 | speaker | joint F1 | direct F1 / joint | names right / wrong |"
    " articles/s |\n"
    "|---|---|---|---|---|---|---|---|"
)


def row_of(name: str, measured: Measured) -> str:
    """One line of the table."""
    spans, joint = measured.speech["iou50"], measured.speech["joint"]["F1"]
    direct = f"{measured.direct['iou50']['F1']} / {measured.direct['joint']['F1']}"
    names = f"{measured.names['name_right']:.1%} / {measured.names['name_wrong']:.1%}"
    return (
        f"| **{name}** | {spans['P']:.0f}/{spans['R']:.0f}/{spans['F1']:.0f} | {measured.speech['tokens']['F1']:.0f} "
        f"| {measured.speech['speaker']['either']:.0f} | **{joint}** | {direct} | {names} "
        f"| {measured.articles_per_second:.1f} |"
    )


def print_corpus(folder: Path) -> None:
    """The table over the corpus's development part, and how our time compares with the parser's alone."""
    stories = load_dev(folder)
    with tempfile.TemporaryDirectory() as work:
        rules = measure(folder, stories, Attributor.load(tagger=False), Path(work))
        whole = measure(folder, stories, Attributor.load(), Path(work))
    alone = spacy_articles_per_second(stories)
    print(HEADINGS)
    print(*PUBLISHED, sep="\n")
    print(row_of("On Record, rules alone (no training)", rules))
    print(row_of("On Record", whole))
    recall = whole.speech["recall_by_kind"]
    print(
        f"\nPublished figures: PolNeAR's test part; ours: its development part ({len(stories)} articles). Recall by "
        f"kind: direct {recall['direct']}, mixed {recall['mixed']}, indirect {recall['indirect']}. spaCy's pipeline "
        f"alone reads {alone:.1f} articles a second here, so ours "
        f"takes {alone / whole.articles_per_second:.1f} times as long."
    )


def print_own() -> None:
    """The figures on the labelled stories that the project ships."""
    labelled = load_labelled()
    stories = [one.story for one in labelled]
    for name, attributor in (("rules alone", Attributor.load(tagger=False)), ("whole", Attributor.load())):
        print(f"\nOur own {len(stories)} stories, {name}: {score(labelled, attributor.attribute_all(stories))}")


if __name__ == "__main__":
    found = find_corpus()
    if found is not None:
        print_corpus(found)
    else:
        print("The quotes corpus is not here; set ONRECORD_EVAL to the folder that holds `quotes`.")
    print_own()
