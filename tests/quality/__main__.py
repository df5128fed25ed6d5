"""`python -m tests.quality`: who-said-what figures beside the published ones, as Markdown tables.

With `--markdown` only the tables of the README. Needs the quotes corpus (../shared/eval, or the folder that
ONRECORD_EVAL names); without it, only our own labels are measured.
"""

# ruff: noqa: T201 (what this prints is what it is for)

import argparse
import tempfile
from pathlib import Path

from index.statements.extraction import Attributor
from tests.quality.corpus import Measured, find_corpus, load_dev, measure, reliability, spacy_articles_per_second
from tests.quality.scoring import load_labelled, score

PUBLISHED = (
    "| quotation marks + “X said” | 38.5 | 87 / 39 / 54 | 70.7 | | 71 | 70 | |",
    "| textacy 0.13, a paragraph at a time | 45.7 | 83 / 33 / 48 | 84.5 | | 96 | 57 | |",
    "| Gender Gap Tracker | 59.2 | 83 / 59 / 69 | 66.5 | | 86 | 79 | |",
    "| BBC Citron, retrained on 420 of these articles | 61.8 | 78 / 59 / 67 | 75.6 | | 93 | 75 | |",
    "| BERT tagger trained on PolNeAR (published output) | 61.7 | 67 / 85 / 75 | 54.6 | | 83 | 89 | |",
    "| one trained person against another | 81.0 | – / – / 83 | 97.3 | | 98 | 93 | |",
)
"""Of other systems on PolNeAR's official test part (84 articles), as the README of the quotes corpus has them."""
HEADINGS = (
    "| reported speech, per cent | joint F1 | spans P / R / F1 | direct only, joint F1 | indirect recall | speaker |"
    " token F1 | names right / wrong |\n"
    "|---|---|---|---|---|---|---|---|"
)


def row_of(name: str, measured: Measured) -> str:
    """One line of the table."""
    spans, joint = measured.speech["iou50"], measured.speech["joint"]["F1"]
    names = f"{100 * measured.names['name_right']:.1f} / {100 * measured.names['name_wrong']:.1f}"
    return (
        f"| **{name}** | **{joint}** | {spans['P']} / {spans['R']} / {spans['F1']} | {measured.direct['joint']['F1']} "
        f"| {measured.speech['recall_by_kind']['indirect']} | {measured.speech['speaker']['either']} "
        f"| {measured.speech['tokens']['F1']} | {names} |"
    )


def print_corpus(folder: Path, *, only_tables: bool) -> None:
    """The table over the corpus's development part, how sure is how right, and our time beside the parser's alone."""
    stories = load_dev(folder)
    with tempfile.TemporaryDirectory() as work:
        rules = measure(folder, stories, Attributor.load(tagger=False), Path(work))
        whole = measure(folder, stories, Attributor.load(), Path(work))
    print(HEADINGS)
    print(row_of("On Record", whole), row_of("On Record, rules alone (no training)", rules), *PUBLISHED, sep="\n")
    print("\n| confidence at least | statements | right, per cent |\n|---|---|---|")
    for row in reliability(folder, whole):
        print(f"| {row.least:.1f} (mean {row.mean:.2f}) | {row.count} | {100 * row.right:.0f} |")
    if only_tables:
        return
    alone = spacy_articles_per_second(stories)
    print(
        f"\nOurs: the development part ({len(stories)} articles), on which settings and confidence were tuned; "
        f"published figures: the test part. We read {whole.articles_per_second:.1f} articles a second "
        f"({rules.articles_per_second:.1f} by rules alone), spaCy's pipeline alone {alone:.1f}, so ours takes "
        f"{alone / whole.articles_per_second:.1f} times as long."
    )


def print_own() -> None:
    """The figures on the labelled stories that the project ships."""
    labelled = load_labelled()
    stories = [one.story for one in labelled]
    for name, attributor in (("rules alone", Attributor.load(tagger=False)), ("whole", Attributor.load())):
        print(f"\nOur own {len(stories)} stories, {name}: {score(labelled, attributor.attribute_all(stories))}")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--markdown", action="store_true", help="only the tables that stand in the README")
    options = parser.parse_args()
    folder = find_corpus()
    if folder is not None:
        print_corpus(folder, only_tables=options.markdown)
    else:
        print("The quotes corpus is not here; set ONRECORD_EVAL to the folder that holds `quotes`.")
    if not options.markdown:
        print_own()


if __name__ == "__main__":
    main()
