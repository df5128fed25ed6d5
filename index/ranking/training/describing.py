"""Fits whom descriptions mean: `python -m index.ranking.training.describing --asks ../shared/eval/asks --work FOLDER`.

FOLDER has the libraries that the ranking's training made. The seed is fixed; it takes some minutes of one core, and
says how it does on the stories held out.
"""

from __future__ import annotations

import argparse
import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from index.language.given_names import HE, IT, SHE, THEY
from index.library.folder import Library
from index.library.verbs import StoryLibrary
from index.ranking.describing import signs_of, tale_of, vector_of
from index.ranking.likeness import WEIGHTS, Likeness
from index.ranking.linking import is_name, letters_of, links_of
from index.ranking.matching import Floats
from index.ranking.training.examples import HELD_OUT_FOLD, chat_files, fold_of, read_lines
from index.ranking.training.fitting import Choice, fit_choice
from index.story import Speaker

LOG = logging.getLogger(__name__)
PENALTY = 1e-3  # of the weights of the signs, from which teaching begins
RANK, ROUNDS, BATCH, RATE, DECAY = 32, 20, 64, 3e-3, 6.0
"""Of the products: by stories left out in turn (3,330 descriptions), 64 or a decay of 12 make no difference, a decay of
1 overfits."""
_SCALE = 10.0  # of the products, which begin at 0
_NOBODYS = frozenset({"no-such-speaker", "mentioned-not-quoted"})
_STAND_FOR = frozenset(word for one in (HE, SHE, THEY, IT) for word in one)


@dataclass(frozen=True, slots=True)
class Case:
    """A description in a question about a story: the signs of each speaker and of nobody, and who is meant; the
    description as a vector, (width), and what is told of each speaker, (speaker, part, width)."""

    rows: Choice
    who: Floats
    told: Floats
    held_out: bool

    def is_right(self, likeness: Likeness) -> bool:
        """Whether who comes first of all, nobody being the last, is meant."""
        return bool(self.rows.right[np.argmax(likeness.score(self.rows.rows, self.who, self.told))])


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
    likeness = teach([case for case in cases if not case.held_out])
    save(likeness)
    for held_out in (False, True):
        told = [case for case in cases if case.held_out == held_out]
        right = sum(case.is_right(likeness) for case in told)
        LOG.info("held out: %s, %d of %d right", held_out, right, len(told))


def teach(cases: Sequence[Case]) -> Likeness:
    """The weights under which those who are meant have the largest share of a softmax over each case: of the signs
    alone at first (`fit_choice`), then with the products (AdamW; Loshchilov and Hutter 2019)."""
    torch.manual_seed(0)
    parts, width = cases[0].told.shape[1:]
    signs = torch.from_numpy(fit_choice([case.rows for case in cases], PENALTY)).requires_grad_()
    told, nobody = (torch.zeros(*shape, requires_grad=True) for shape in ((parts, width, RANK), (width,)))
    who = (torch.randn(parts, width, RANK) * 0.05).requires_grad_()
    taught = AdamW(
        [{"params": [signs], "weight_decay": 0.0}, {"params": [told, who, nobody], "weight_decay": DECAY}], lr=RATE
    )
    steps = ROUNDS * math.ceil(len(cases) / BATCH)
    falling = LambdaLR(taught, lambda step: 1 - step / steps)
    chance = np.random.default_rng(0)
    for _ in range(ROUNDS):
        order = chance.permutation(len(cases))
        for begin in range(0, len(order), BATCH):
            batch = [cases[at] for at in order[begin : begin + BATCH]]
            loss = torch.stack([_loss(one, signs, told, who, nobody) for one in batch]).mean()
            taught.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
            taught.step()
            falling.step()
    return Likeness(*(one.detach().numpy() for one in (signs, who, _SCALE * told, _SCALE * nobody)))


def _loss(case: Case, signs: Tensor, told: Tensor, who: Tensor, nobody: Tensor) -> Tensor:
    """What is missing of the share of those who are meant, as a logarithm."""
    wanted = torch.einsum("w,pwr->pr", torch.from_numpy(case.who), who)
    alike = torch.einsum("spw,pwr,pr->s", torch.from_numpy(case.told), told, wanted)
    products = _SCALE * torch.cat([alike, (torch.from_numpy(case.who) @ nobody)[None]])
    scores = torch.from_numpy(case.rows.rows) @ signs + products
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[torch.from_numpy(case.rows.right)], 0)


def save(likeness: Likeness, path: Path = WEIGHTS) -> None:
    """Writes what was learned, the products in half precision."""
    half = {name: getattr(likeness, name).astype(np.float16) for name in ("who", "told", "nobody")}
    save_file({"signs": likeness.signs, **half}, path)


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
    if any(is_name(who, link) for link in links_of(who, speakers).values()):
        return None
    meant = [any(_is_called(one, name) for name in line.get("speakers") or ()) for one in speakers]
    nobody = not line["answerable"] and line.get("reason") in _NOBODYS
    if not nobody and not (line["answerable"] and any(meant)):
        return None
    tale = tale_of(library.story(line["story"]).text, speakers, library.statements(line["story"]))
    rows = np.array(signs_of(who, tale), dtype=np.float32)
    right = np.array([*([False] * len(meant) if nobody else meant), nobody])
    return Case(Choice(rows, right), vector_of(who), tale.vectors, fold_of(line["story"]) == HELD_OUT_FOLD)


def _is_called(speaker: Speaker, name: str) -> bool:
    """Whether a speaker is the one of a name: one of the two has every word of the other."""
    own, wanted = set(letters_of(speaker.name)), set(letters_of(name))
    return bool(own and wanted) and (own <= wanted or wanted <= own)


if __name__ == "__main__":
    main()
