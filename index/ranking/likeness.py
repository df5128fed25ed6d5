"""How alike words are that tell of somebody ("skipper", "captain"), before anything around them: no network runs.

A word is the mean of the encoder's own rows for its wordpieces, and how much what is told of a speaker speaks for a
description is a learned product of the two (bilinear, of low rank).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoding.packaged import Floats, mapped_tensors, packaged_tensors, packaged_tokenizer
from index.remembering import once

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights" / "describing.safetensors"
_TINY = 1e-12  # instead of the length of nothing
_NONE = 100  # the wordpiece of what the tokenizer has none for
Words = Mapping[str, float]
"""Words, each with how much it counts."""


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Words as vectors; `rows` (wordpiece, width) are the encoder's."""

    rows: Floats
    tokenizer: Tokenizer

    @classmethod
    def load(cls) -> WordVectors:
        """Those of the packaged model. Raises EmbedderUnusable where that is not the published one."""
        return cls(packaged_tensors()["words.weight"].view(np.float32), once(packaged_tokenizer))

    def means(self, texts: Sequence[Words]) -> Floats:
        """The direction of the words of each text together, (text, width), of length 1; nothing but 0 where there are
        none."""
        words = list(dict.fromkeys(word for text in texts for word in text))
        each = dict(zip(words, self._each(words), strict=True))
        found = np.zeros((len(texts), self.rows.shape[1]), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            if text:
                row[:] = np.array(list(text.values()), dtype=np.float32) @ np.stack([each[word] for word in text])
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), _TINY), dtype=np.float32)

    def _each(self, words: Sequence[str]) -> Floats:
        """The mean of each word's wordpieces as directions, (word, width)."""
        if not words:
            return self.rows[:0]
        codes = [encoding.ids for encoding in self.tokenizer.encode_batch(list(words), add_special_tokens=False)]
        pieces = self.rows[[piece for ids in codes for piece in ids or (_NONE,)]]
        pieces /= np.linalg.norm(pieces, axis=1, keepdims=True)
        counts = np.array([len(ids) or 1 for ids in codes])
        sums = np.add.reduceat(pieces, np.cumsum(counts) - counts, axis=0)
        return np.asarray(sums / counts[:, None], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was learned: `signs` has a weight for each of `describing.SIGNS`; `who` and `told`, both (part, width,
    rank), make the product of a description and each part of what is told; `nobody` (width) what speaks for nobody."""

    signs: Floats
    who: Floats
    told: Floats
    nobody: Floats

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Likeness:
        """What is stored. Raises OSError where it is missing, KeyError or ValueError where it is another file."""
        stored = mapped_tensors(path)
        return cls(*(stored[name].astype(np.float32) for name in ("signs", "who", "told", "nobody")))

    def score(self, signs: Floats, who: Floats, told: Floats) -> Floats:
        """How well each speaker, and at last nobody, fits: (speaker + 1).

        `signs` is (speaker + 1, sign), `who` (width), `told` (speaker, part, width).
        """
        wanted = np.einsum("w,pwr->pr", who, self.who)
        alike = np.einsum("spw,pwr,pr->s", told, self.told, wanted, optimize=True)
        found: Floats = signs @ self.signs + np.append(alike, who @ self.nobody)
        return found
