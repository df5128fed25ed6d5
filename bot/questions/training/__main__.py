"""Teaches the reader of questions: `python -m bot.questions.training --asks ../shared/eval/asks`.

From the kinds and slots of the chat questions that the judge learns from, less those about the stories that are held
out of it, from the lines of `teaching/`, which have the kinds that these lack, and from questions about paragraphs,
which ask for facts. The encoder stays as it is. Runs on one core of a CPU in a few minutes, with a fixed seed.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from bot.answers import Part, Talk
from bot.questions.parting import TWO
from bot.questions.reader import KINDS, LEANS_FROM, PARTS, SLOTS, TALKS, WEIGHTS, Kind, QuestionReader, slots_of
from bot.questions.training.joining import load_messages, places_of, teach_two_layers, told
from bot.questions.training.network import DROPOUT, ReaderNetwork
from index.encoding import Pieces, SentenceEncoder, illegal_moves
from index.language import plain_words
from index.ranking.training import (
    CONVERSATIONS,
    EITHER_WORDS,
    HELD_OUT_FOLD,
    JUDGE_ALONE,
    chat_files,
    fold_of,
    read_lines,
)

LOG = logging.getLogger(__name__)
TEACHING = Path(__file__).parents[1] / "teaching"
EPOCHS, BATCH, RATE, SEED = 10, 32, 1.2e-3, 29
TALK_EPOCHS, PART_EPOCHS, LAYER_RATE = 6, 40, 2e-3
OF_PATHS = 1 / 8  # how much the path of a question's tags counts beside its kind
ALIKE = 32  # batches that share out their lines by length, so that little is padded
FOLLOWING, TURN_TIMES = 3_000, 3
OWN_TIMES, TALK_TIMES = 3, 3  # the lines of `teaching/` count so often: they are fewer, and of more kinds
FACTS_OF_EACH = 500  # questions of a set about paragraphs
_ASKS_FOR_A_FACT = frozenset("who what when where why how which".split())
_NO_FACT = frozenset("said say says saying told tell claim claimed think thinks thought believe believes".split())
"""Words by which a question about a paragraph may ask for somebody's words, and is left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question with what it asks for; `follows` says that something was asked before it, `talk` what it says to the
    bot itself, where it asks nothing of the stories, `part` which of a story's own facts it asks for; of one that is
    not `placed` nobody has said which of its words are whose."""

    question: str
    kind: Kind
    slots: dict[str, str]
    follows: bool
    talk: Talk | None = None
    part: Part | None = None
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """A line with the states of its pieces and the tag of each."""

    line: Line
    pieces: Pieces
    tags: tuple[int, ...]


def load_lines(path: Path) -> list[Line]:
    """The questions of a `.jsonl` or `.jsonl.gz` file."""
    return [_line(row) for row in read_lines(path)]


def load_chat(asks: Path) -> tuple[list[Line], list[Line]]:
    """The chat questions to learn from, and those about held-out stories.

    Those for the judge alone are left out, but for the yes/no questions of the newest set, which are of every wording:
    with the near misses kinds were right for 88.5 of 100 questions of asks/dev (87.4 without), but the lines of other
    kinds became too few beside so many: "write me a poem about Trump" was a question about him.
    """
    files = chat_files(asks)
    rows = [row for name, path in files.items() if name not in JUDGE_ALONE for row in read_lines(path)]
    rows += [row for row in read_lines(files[EITHER_WORDS]) if row["kind"] == "whether"]
    parts: tuple[list[Line], list[Line]] = ([], [])
    for row in rows:
        parts[fold_of(row["story"]) == HELD_OUT_FOLD].append(_line(row))
    return parts


def load_turns(asks: Path) -> tuple[list[tuple[Line, bool]], list[tuple[Line, bool]]]:
    """Questions that follow others, with whether they lean on them, to learn from and held out.

    Those of conversations count several times. Beside them, to learn from: the questions that begin a conversation or
    are known to stand by themselves (`standing.txt`), and as many as `FOLLOWING` of other sets that follow one.
    """
    files, chance = chat_files(asks), random.Random(SEED)  # noqa: S311  nothing secret
    rows = [row for path in files.values() for row in read_lines(path) if fold_of(row["story"]) != HELD_OUT_FOLD]
    standing = set((TEACHING / "standing.txt").read_text(encoding="utf-8").split())
    following = chance.sample([row for row in rows if row.get("history") and "server" not in row], FOLLOWING)
    learned = [(row, False) for row in rows if row["id"] in standing] + [(row, True) for row in following]
    held_out = []
    for row in read_lines(files[CONVERSATIONS]):
        told = row, bool(row.get("history"))
        if fold_of(row["story"]) != HELD_OUT_FOLD:
            learned += [told] * (TURN_TIMES if row.get("history") or row.get("before") else 1)
        elif row.get("history") or row.get("before"):
            held_out.append(told)
    lines = [[(replace(_line(row), follows=True), leans) for row, leans in part] for part in (learned, held_out)]
    return lines[0], lines[1]


def load_facts(reading: Path) -> list[Line]:
    """Questions about paragraphs that ask what, who, when, where, why, how or which, so many of each set by chance."""
    chance = random.Random(SEED)  # noqa: S311  nothing secret
    found: list[Line] = []
    for path in sorted(reading.glob("*.jsonl.gz")):
        asked = [one["question"].strip() for row in read_lines(path) for one in row["questions"]]
        kept = [one for one in asked if _asks_for_a_fact(plain_words(one.casefold()))]
        found += [Line(one, "fact", {}, follows=False, placed=False) for one in chance.sample(kept, FACTS_OF_EACH)]
    return found


def _asks_for_a_fact(words: Sequence[str]) -> bool:
    return words[:1] != [] and words[0] in _ASKS_FOR_A_FACT and not _NO_FACT.intersection(words)


def _line(row: dict[str, Any]) -> Line:
    slots, follows = row.get("slots") or {}, bool(row.get("history"))
    return Line(row["question"], row["kind"], slots, follows, row.get("talk"), row.get("part"))


def read_line(encoder: SentenceEncoder, line: Line) -> Read:
    """A line as the network is shown it."""
    (pieces,) = encoder.pieces([line.question])
    tags = [0] * len(pieces.offsets)
    for slot, words in line.slots.items():
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line.question)
        if found is None or slot not in SLOTS:
            continue
        at = found.start()
        number, inside = SLOTS.index(slot), False
        for place, (start, end) in enumerate(pieces.offsets):
            if start < at + len(words) and at < end and end > start:
                tags[place] = 1 + 2 * number + inside
                inside = True
    return Read(line, pieces, tuple(tags))


def teach(read: Sequence[Read]) -> ReaderNetwork:
    """The network after all epochs."""
    chance = random.Random(SEED)  # noqa: S311  nothing secret
    network = ReaderNetwork().train()
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.05)
    for epoch in range(EPOCHS):
        batches = _batches(read, chance)
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        losses = [_step(network, optimiser, batch) for batch in batches]
        LOG.info("epoch %d of %d, loss %.3f", epoch + 1, EPOCHS, float(np.mean(losses)))
    return network.eval()


def _step(network: ReaderNetwork, optimiser: torch.optim.Optimizer, group: Sequence[Read]) -> float:
    longest = max(len(one.tags) for one in group)
    states, real = torch.zeros(len(group), longest, 384), torch.zeros(len(group), longest, dtype=torch.bool)
    tags = torch.zeros(len(group), longest, dtype=torch.long)
    for row, one in enumerate(group):
        count = len(one.tags)
        states[row, :count], real[row, :count] = torch.from_numpy(one.pieces.states), True
        tags[row, :count] = torch.tensor(one.tags)
    told, tagged = network(states, real, _follows(group))
    wanted = torch.tensor([KINDS.index(one.line.kind) for one in group])
    loss = nn.functional.cross_entropy(told, wanted, label_smoothing=0.05)
    placed = torch.tensor([float(one.line.placed) for one in group])
    loss = loss + OF_PATHS * (unlikeliness(tagged, tags, real, network.moves) * placed).mean()
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return float(loss.item())


def _batches(read: Sequence[Read], chance: random.Random) -> list[list[Read]]:
    """All lines in an order by chance, those of a batch of about one length."""
    order = list(read)
    chance.shuffle(order)
    found: list[list[Read]] = []
    for start in range(0, len(order), BATCH * ALIKE):
        some = sorted(order[start : start + BATCH * ALIKE], key=lambda one: len(one.tags))
        batches = [some[at : at + BATCH] for at in range(0, len(some), BATCH)]
        chance.shuffle(batches)
        found += batches
    return found


def unlikeliness(scores: Tensor, tags: Tensor, real: Tensor, moves: Tensor) -> Tensor:
    """How unlikely the tags of each line are among all legal ones, (batch): the negative logarithm of the probability
    that a linear-chain conditional random field gives them (Lafferty et al., 2001).

    `scores` (batch, piece, tag), `tags` and `real` (batch, piece), `moves` (tag, next tag); the first piece of a line
    is real, and outside comes before it.
    """
    steps = moves + torch.from_numpy(illegal_moves(len(moves)))
    chosen = scores.gather(2, tags[..., None]).squeeze(-1) + steps[torch.cat([0 * tags[:, :1], tags[:, :-1]], 1), tags]
    every = scores[:, 0] + steps[0]
    for at in range(1, scores.shape[1]):
        gone_on = torch.logsumexp(every[:, :, None] + steps, 1) + scores[:, at]
        every = torch.where(real[:, at, None], gone_on, every)
    return torch.logsumexp(every, 1) - (chosen * real).sum(1)


def _follows(group: Sequence[Read]) -> Tensor:
    return torch.tensor([float(one.line.follows) for one in group])


def teach_layer(layer: nn.Linear, network: ReaderNetwork, read: Sequence[tuple[Read, int]], epochs: int) -> None:
    """Teaches one more layer, from what kinds are told from, a number for each line; all else stays as it is."""
    whole, wanted = wholes(network, [one for one, _ in read]), torch.tensor([number for _, number in read])
    layer.reset_parameters()
    optimiser = torch.optim.AdamW(layer.parameters(), LAYER_RATE, weight_decay=0.01)
    for epoch in range(epochs):
        for group in optimiser.param_groups:
            group["lr"] = LAYER_RATE * (1 - epoch / epochs)
        order = torch.randperm(len(whole))
        for at in range(0, len(order), 2 * BATCH):
            rows = order[at : at + 2 * BATCH]
            loss = nn.functional.cross_entropy(layer(nn.functional.dropout(whole[rows], DROPOUT)), wanted[rows])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()


@torch.no_grad()
def wholes(network: ReaderNetwork, read: Sequence[Read]) -> Tensor:
    """What kinds of lines are told from, a row each."""
    rows = []
    for one in read:
        states = torch.from_numpy(one.pieces.states)[None]
        rows.append(network.read(states, torch.ones(states.shape[:2], dtype=torch.bool), _follows([one]))[0])
    return torch.cat(rows)


def talk_number(line: Line) -> int:
    """Which of the talks a line is; the number of them where it is a question."""
    return TALKS.index(line.talk) if line.talk else len(TALKS)


def report(reader: QuestionReader, read: Sequence[Read]) -> str:
    """How often the kind is right, and of each slot that is filled in either how often its words are."""
    kinds: dict[str, list[bool]] = {}
    slots: dict[str, list[bool]] = {}
    heads: dict[str, list[bool]] = {}
    for one in read:
        found = reader.read(one.line.question, one.pieces, follows=one.line.follows)
        kinds.setdefault(one.line.kind, []).append(found.kind == one.line.kind)
        if one.line.talk:
            heads.setdefault(f"talk {one.line.talk}", []).append(found.talk == one.line.talk)
        if one.line.part:
            heads.setdefault(f"part {one.line.part}", []).append(found.part == one.line.part)
        gold = slots_of(one.line.question, one.pieces.offsets, one.tags)
        for slot in {*gold, *found.slots}:
            slots.setdefault(slot, []).append(gold.get(slot) == found.slots.get(slot))
    every = [right for some in kinds.values() for right in some]
    parts = {**kinds, **{f"slot {slot}": some for slot, some in slots.items()}}
    parts |= heads
    rows = [f"  {name:18} {100 * np.mean(some):5.1f} of {len(some)}" for name, some in sorted(parts.items())]
    return "\n".join([f"kind right {100 * np.mean(every):.1f} of {len(every)}", *rows])


def main() -> None:
    """Reads the command line, teaches, stores the weights, and reports on what was held out."""
    parser = argparse.ArgumentParser(prog="python -m bot.questions.training", description=__doc__)
    parser.add_argument("--asks", type=Path, required=True, help="folder of the chat questions")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(SEED)
    encoder = SentenceEncoder.load(threads=1)
    own = [read_line(encoder, line) for line in load_lines(TEACHING / "lines.jsonl")]
    asked, left_out = load_chat(options.asks)
    chat = [read_line(encoder, line) for line in asked]
    facts = [read_line(encoder, line) for line in load_facts(options.asks.parent / "reading")]
    LOG.info("%d lines of our own, %d chat questions, %d facts", len(own), len(chat), len(facts))
    network = teach([*own * OWN_TIMES, *chat, *facts])
    torch.manual_seed(SEED)
    teach_layer(
        network.talk, network, [(one, talk_number(one.line)) for one in (*own * TALK_TIMES, *chat)], TALK_EPOCHS
    )
    parts = [(one, PARTS.index(one.line.part)) for one in own if one.line.part]
    teach_layer(network.part, network, parts, PART_EPOCHS)
    messages = load_messages(options.asks, [one.line.question for one in own if one.line.talk], SEED)
    torch.manual_seed(SEED)
    teach_two_layers(network.second_in, network.second, *places_of(network, encoder, messages[0]))
    turns = load_turns(options.asks)
    torch.manual_seed(SEED)
    leaning = wholes(network, [read_line(encoder, line) for line, _ in turns[0]])
    teach_two_layers(network.leans_in, network.leans, leaning, torch.tensor([float(one) for _, one in turns[0]]))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: tensor.half().contiguous() for name, tensor in network.state_dict().items()}, options.out)
    reader = QuestionReader.load(options.out)
    held_out = {
        "chat questions, held out": left_out,
        "our own lines, held out": load_lines(TEACHING / "held_out.jsonl"),
        "newer lines, held out": load_lines(TEACHING / "held_out-2.jsonl"),
        "asks/dev": load_lines(options.asks / "dev.jsonl.gz"),
    }
    LOG.info("learned from: %s", report(reader, [*own, *chat]).splitlines()[0])
    LOG.info("messages over held-out stories: %s", told(reader, encoder, messages[1], TWO))
    told_so = [(reader.leans(encoder.pieces([line.question])[0]) >= LEANS_FROM) == leans for line, leans in turns[1]]
    LOG.info("whether a question leans, of %d in held-out conversations: %.1f", len(told_so), 100 * np.mean(told_so))
    for name, lines in held_out.items():
        LOG.info("%s: %s", name, report(reader, [read_line(encoder, line) for line in lines]))


if __name__ == "__main__":
    main()
