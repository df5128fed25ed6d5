"""Fits how sure an answer is: `python -m bot.kinds.training --asks ../shared/eval/asks --work FOLDER`.

FOLDER has the libraries that the ranking's training made. Only questions about the stories that were held out of the
judge's learning and the reader's are used; it takes a few minutes of one core.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bot.answers import Turn
from bot.kinds.desk import Desk
from bot.kinds.judged import judge
from bot.kinds.sureness import SIGNS, save_weights, signs_of
from bot.questions.question import Question
from bot.questions.reader import QuestionReader
from index.library import Library
from index.ranking.training import HELD_OUT_FOLD, chat_files, fit_chance, fold_of, read_lines
from index.remembering import once

LOG = logging.getLogger(__name__)
PENALTY = 0.1


def main() -> None:
    """Reads the command line, fits the weights and stores them."""
    parser = argparse.ArgumentParser(prog="python -m bot.kinds.training", description=__doc__)
    parser.add_argument("--asks", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    rows, happened = [], []
    for name, path in chat_files(options.asks).items():
        with Library.open(options.work / name) as library:
            for line in read_lines(path):
                if fold_of(line["story"]) == HELD_OUT_FOLD:
                    rows.append(_signs(library, line))
                    happened.append(bool(line["answerable"]))
    values = np.array(rows, dtype=np.float32)
    weights = fit_chance(values, np.array(happened), np.ones(len(rows), dtype=np.float32), PENALTY)
    save_weights(weights.tolist())
    told = 1 / (1 + np.exp(-(values @ weights[:-1] + weights[-1])))
    LOG.info(
        "%d questions, %d signs, log loss %.3f",
        len(rows),
        len(SIGNS),
        float(-np.log(np.where(happened, told, 1 - told)).mean()),
    )


def _signs(library: Library, line: Mapping[str, Any]) -> list[float]:
    """What is known of a question about one story."""
    history = [Turn(turn["q"]) for turn in line.get("history") or []]
    question: str = line["question"]
    reading = once(QuestionReader.load).read(question, library.pieces(question), follows=bool(history))
    asked = Question.of(question, reading, history)
    return signs_of(asked, judge(Desk(library, question, line["story"]), asked.text, asked.context))


if __name__ == "__main__":
    main()
