"""Messages of two questions, made of two that were asked of one story, for the reader to tell from those of one."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from bot.questions.parting import joints
from bot.questions.reader import QuestionReader, piece_from
from bot.questions.training.network import ReaderNetwork
from index.encoding import SentenceEncoder
from index.language import sentence_spans
from index.ranking.training import HELD_OUT_FOLD, chat_files, fold_of, read_lines
from index.story import Span

_JOINTS = (
    " and ", " and ", " and ", " n ", " & ", ", and ", " and also ", " also ", " plus ", "? ", "? ", "? and ", ", ",
    " + ", ". also ", "... ", " then ", "?? ", ", oh and ", " & also ", ". ",
)  # fmt: skip
_OPENS = re.compile(r"^(?:and|but|also|so|ok|okay|n|plus|&)[, ]+", re.IGNORECASE)
_ENDS = "?!. "
_ALONE = 1 / 12  # how many of the questions that follow none are joined
_LED_UP_TO, _LONGEST = 300, 160  # sentences of each set that lead up to a question, and code points of one
_MOST = 12_000  # joined messages that are learned from
EPOCHS, BATCH, RATE, DROPOUT = 20, 64, 2e-3, 0.3


@dataclass(frozen=True, slots=True)
class Message:
    """What was typed, and where in it a second question begins, if one does."""

    text: str
    second: int | None = None


def load_messages(asks: Path, talk: Sequence[str], seed: int) -> tuple[list[Message], list[Message]]:
    """Messages to learn from, and those about held-out stories, made of all chat questions that the judge has; and, to
    learn from, questions about paragraphs behind a sentence that leads up to them, which are one."""
    rows: tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]] = ([], [])
    for path in chat_files(asks).values():
        for row in read_lines(path):
            if "also" in row:
                continue  # it asks two questions, and nobody has said where the second begins
            rows[fold_of(row["story"]) == HELD_OUT_FOLD].append(row)
    learned = messages_of(rows[0], talk, seed) + led_up_to(asks.parent / "reading", seed)
    return learned, messages_of(rows[1], talk, seed)


def led_up_to(reading: Path, seed: int) -> list[Message]:
    """Questions about paragraphs, each behind a sentence of its paragraph, so many of each set by chance."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    found: list[Message] = []
    for path in sorted(reading.glob("*.jsonl.gz")):
        rows = read_lines(path)
        for row in chance.sample(rows, min(_LED_UP_TO, len(rows))):
            first = sentence_spans(row["text"], Span(0, len(row["text"])))[0].of(row["text"]).strip()
            asked = chance.choice(row["questions"])["question"]
            found += [Message(f"{first} {asked}")] * (len(first) <= _LONGEST)
    return [one for one in found if joints(one.text)]


def messages_of(rows: Sequence[Mapping[str, Any]], talk: Sequence[str], seed: int) -> list[Message]:
    """Messages of two questions, each after the one that it followed or beside one of the same story; and of one, as
    they are where something stands in them that could join two, some `talk` to the bot among them."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    alone: dict[str, list[str]] = defaultdict(list)
    pairs: list[Sequence[str]] = [(row["history"][-1]["q"], row["question"]) for row in rows if row.get("history")]
    for row in rows:
        if not row.get("history"):
            alone[row["story"]].append(row["question"])
    for asked in alone.values():
        pairs += [chance.sample(asked, 2) for _ in range(round(_ALONE * len(asked))) if len(asked) > 1]
    joined = [_joined(first, second, chance) for first, second in pairs]
    kept = [one for one in joined if one.second in [start for _, start in joints(one.text)]]
    chance.shuffle(kept)
    others = [*(Message(row["question"]) for row in rows), *map(Message, talk)]
    return [*kept[:_MOST], *(one for one in others if joints(one.text))]


def _joined(first: str, second: str, chance: random.Random) -> Message:
    joint = chance.choice(_JOINTS)
    second = second.strip() if joint.startswith("?") and chance.random() < 1 / 2 else _OPENS.sub("", second.strip())
    if chance.random() < 0.6 and second[:2] != "I " and not second[1:2].isupper():
        second = second[:1].lower() + second[1:]
    first = first.strip().rstrip(_ENDS) + joint
    return Message(first + second, len(first))


def teach_two_layers(inner: nn.Linear, outer: nn.Linear, rows: Tensor, wanted: Tensor) -> None:
    """Teaches two layers to tell whether something holds for each row; nothing else is changed."""
    optimiser = torch.optim.AdamW([*inner.parameters(), *outer.parameters()], RATE, weight_decay=0.01)
    for epoch in range(EPOCHS):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        order = torch.randperm(len(rows))
        for some in (order[at : at + BATCH] for at in range(0, len(order), BATCH)):
            hidden = torch.relu(inner(nn.functional.dropout(rows[some], DROPOUT)))
            scores = outer(nn.functional.dropout(hidden, DROPOUT))[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(scores, wanted[some])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()


@torch.no_grad()
def places_of(network: ReaderNetwork, encoder: SentenceEncoder, messages: Iterable[Message]) -> tuple[Tensor, Tensor]:
    """What a second question is told from, a row for each place at which one may begin, and whether one does."""
    rows, wanted = [], []
    for message in messages:
        (pieces,) = encoder.pieces([message.text])
        states = torch.from_numpy(pieces.states)[None]
        whole, hidden = network.read(states, torch.ones(states.shape[:2], dtype=torch.bool), torch.zeros(1))
        placed = torch.relu(hidden + network.around(whole)[:, None])[0]
        for _, start in joints(message.text):
            at = piece_from(pieces, start)
            if at:
                rows.append(torch.cat([placed[at], placed[at - 1], states[0, at], states[0, at - 1]]))
                wanted.append(float(start == message.second))
    return torch.stack(rows), torch.tensor(wanted)


def told(reader: QuestionReader, encoder: SentenceEncoder, messages: Sequence[Message], least: float) -> str:
    """How many of the messages of two are parted rightly and how many of the others at all."""
    rightly = wrongly = 0
    for message in messages:
        places = joints(message.text)
        (pieces,) = encoder.pieces([message.text])
        chances = reader.second(pieces, [start for _, start in places])
        best, (_, start) = max(zip(chances, places, strict=True))
        rightly += best >= least and start == message.second
        wrongly += best >= least and start != message.second
    two = sum(message.second is not None for message in messages)
    return (
        f"{rightly} of {two} messages of two questions parted, {wrongly} of these and of {len(messages) - two} wrongly"
    )
