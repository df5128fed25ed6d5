"""Fits whom descriptions mean: `python -m index.ranking.training.describing --asks ../shared/eval/asks --work FOLDER`.

FOLDER has the libraries that the ranking's training made. Nothing in it is left to chance; it takes about a minute of
one core, and says how it does on the stories held out.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.language.given_names import HE, IT, SHE, THEY
from index.library.folder import Library
from index.library.verbs import StoryLibrary
from index.ranking.describing import save_weights, signs_of, tale_of
from index.ranking.linking import SLIP, letters_of, links_of
from index.ranking.training.examples import HELD_OUT_FOLD, chat_files, fold_of, read_lines
from index.ranking.training.fitting import Choice, fit_choice
from index.story import Speaker

LOG = logging.getLogger(__name__)
PENALTY = 1e-3
_NOBODYS = frozenset({"no-such-speaker", "mentioned-not-quoted"})
_STAND_FOR = frozenset(word for one in (HE, SHE, THEY, IT) for word in one)


@dataclass(frozen=True, slots=True)
class Case:
    """A description in a question about a story: the signs of each speaker and of nobody, and who is meant."""

    rows: Choice
    held_out: bool

    def first(self, weights: Sequence[float]) -> int:
        """Who of all, nobody being the last, is taken to be meant."""
        return int(np.argmax(self.rows.rows @ np.asarray(weights, dtype=np.float32)))


def main() -> None:
    """Reads the command line, fits the weights, stores them and says how they do."""
    parser = argparse.ArgumentParser(prog="python -m index.ranking.training.describing", description=__doc__)
    parser.add_argument("--asks", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    cases: list[Case] = []
    for name, path in chat_files(options.asks).items():
        with Library.open(options.work / name) as library:
            cases += cases_of(library, read_lines(path))
    weights = fit_choice([case.rows for case in cases if not case.held_out], PENALTY).tolist()
    save_weights(weights)
    for held_out in (False, True):
        told = [case for case in cases if case.held_out == held_out]
        right = sum(bool(case.rows.right[case.first(weights)]) for case in told)
        LOG.info("held out: %s, %d of %d right", held_out, right, len(told))


def cases_of(library: StoryLibrary, lines: Sequence[Mapping[str, Any]]) -> Iterator[Case]:
    """The questions that describe somebody without a name, where it is known whom."""
    held = {story.id for story in library.stories}
    for line in lines:
        who: str | None = (line.get("slots") or {}).get("who")
        if who and who.casefold() not in _STAND_FOR and line["story"] in held:
            found = _case(library, line, who)
            if found is not None:
                yield found


def _case(library: StoryLibrary, line: Mapping[str, Any], who: str) -> Case | None:
    speakers = library.speakers(line["story"])
    if any(link.name >= SLIP for link in links_of(who, speakers).values()):
        return None
    meant = [any(_is_called(one, name) for name in line.get("speakers") or ()) for one in speakers]
    nobody = not line["answerable"] and line.get("reason") in _NOBODYS
    if not nobody and not (line["answerable"] and any(meant)):
        return None
    tale = tale_of(library.story(line["story"]).text, speakers, library.statements(line["story"]))
    rows = np.array(signs_of(who, tale), dtype=np.float32)
    right = np.array([*([False] * len(meant) if nobody else meant), nobody])
    return Case(Choice(rows, right), fold_of(line["story"]) == HELD_OUT_FOLD)


def _is_called(speaker: Speaker, name: str) -> bool:
    """Whether a speaker is the one of a name: one of the two has every word of the other."""
    own, wanted = set(letters_of(speaker.name)), set(letters_of(name))
    return bool(own and wanted) and (own <= wanted or wanted <= own)


if __name__ == "__main__":
    main()
