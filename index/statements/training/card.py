"""The model card that stands beside the shipped weights of the statement tagger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Results:
    """What a training run has to say about itself."""

    plan: str
    decision: str
    minutes: float
    figures: Mapping[str, Mapping[str, float]]  # part -> figure -> percent
    confidence_gap: float  # percent, on the development part


_CARD = """# Statement tagger: model card

Finds who said what in English news: the words, the speaker's mention, the cue, and which pieces belong together.

## What it is
The six layers of all-MiniLM-L6-v2 (sha256 of the base is checked; its word and position embeddings are used as
published and are not shipped), fine-tuned, with added inputs (casing, quotation state, paragraph edges, spaCy's tag,
dependency and entity) and five small heads: tags for content, cue and speaker, and a pointer each from the content to
its speaker and its cue. `tagger.safetensors` holds every trained matrix as int8 with one scale a row, the labels and
the decision settings; nothing is pickled. Two layouts are read by rule instead: "NAME: words" and "words" - Name.

## Data
The Political News Attribution Relations corpus (PolNeAR; Newell, Margolin and Ruths, 2018): US political news of seven
outlets, every attribution marked by hand. Trained on its train part (840 articles); the development part (84) chose
the decision settings and fitted the confidence, so the figures on it are slightly kind. **The corpus states no
licence and holds publishers' full texts; none of its text is in this repository.**

Stories of many forms (wire, tabloid, court, sport, science, local news, press release, interview, obituary, live blog
and more), 240 of them, invented and marked for this project by eight writers who had not seen the program:
`index/statements/teaching`. It learned from 150; every sixth by six of the writers, and all by the other two, are held
out (90), and nothing was chosen on these.

## Training
`python -m index.statements.training --quotes ../shared/eval/quotes --out index/statements/weights`

First the corpus alone, then the stories of many forms beside some of the corpus, drawn anew for each epoch, at a lower
rate; the weights are the mean of what both parts end with. Plan: `{plan}`.
Took {minutes:.0f} minutes for this file on CPU cores that were shared with other work. The seed is
fixed; where the time limit of the plan cuts training short, the number of steps depends on the machine.
Decision: `{decision}`.

## Figures
Percent; reported speech only, by the corpus's scorer (a statement counts as joint only if its span matches and its
speaker is right). Part by part: spans, speakers, tokens; end to end: joint.

{table}

Confidence: on the development part its mean distance from the share that is right is {gap:.1f} points.

## Limits
English news; of what is not US politics it has learned from invented stories alone. Long plays of dialogue,
fiction, and speakers named only in another paragraph are weak spots. Wishes and beliefs are found too and marked as
not speech; that line is fuzzy, for people as well. A mention is not an identity: who "he" is, is decided elsewhere.

## Licence
A changed copy of all-MiniLM-L6-v2, whose publishers license it under Apache-2.0; that licence goes with it, and this
card says what was changed. The corpus that it learned from states no licence; the stories of many forms are this
project's own.
"""


def write_card(path: Path, results: Results) -> None:
    """Writes the card."""
    parts = list(results.figures)
    rows = [f"| figure | {' | '.join(parts)} |", "|---|" + "---|" * len(parts)]
    rows += [
        f"| {name} | " + " | ".join(f"{results.figures[part][name]:.1f}" for part in parts) + " |"
        for name in results.figures[parts[0]]
    ]
    path.write_text(
        _CARD.format(
            plan=results.plan,
            decision=results.decision,
            minutes=results.minutes,
            table="\n".join(rows),
            gap=results.confidence_gap,
        ),
        encoding="utf-8",
    )
