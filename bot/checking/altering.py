"""Where words nearly like those of a quotation stand in somebody's mouth: which were changed, left out or put in.

The words in question are found with a window that slides once over what is said, and only the best few places are then
compared word by word, so that the work grows with the story and not with the square of it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from bot.checking.folded import COMMON_WORD, weight_of
from bot.checking.spoken import BREAK, Stream

LOOKED_AT = 600
"""Words of a quotation that are compared with other words; of a longer one the start is."""
Block = tuple[int, int, int]
"""Words that are the same: where they begin in what was given and in the stream, and how many they are."""
_PLACES = 4
_SMALL = 2
_HALF = 0.45


@dataclass(frozen=True, slots=True)
class Altered:
    """A place with nearly the words given. `share` is what of their weight stands there, `density` how much else does
    between, and `near` what of their number."""

    stream: Stream
    blocks: tuple[Block, ...]
    share: float
    density: float
    near: float

    @property
    def first(self) -> int:
        """The first word, counted in the stream."""
        return self.blocks[0][1]

    @property
    def after(self) -> int:
        """The word after the last one, counted in the stream."""
        return self.blocks[-1][1] + self.blocks[-1][2]


def find_altered(stream: Stream, keys: Sequence[str], *, parted: bool = False) -> Iterator[Altered]:
    """The places in a stream where most of what counts in a quotation stands close together."""
    keys = keys[:LOOKED_AT]
    size = len(keys) * (3 if parted else 1) + len(keys) // 2 + 3
    for start, end in _windows(stream, keys, size):
        found = _aligned(stream, keys, start, end)
        if found is not None:
            yield found


def _windows(stream: Stream, keys: Sequence[str], size: int) -> list[tuple[int, int]]:
    """The stretches of at most so many words of one speaker that share most with the words given."""
    wanted, weights = Counter(keys), {key: weight_of(key) for key in keys}
    least = _HALF * sum(weights[key] for key in keys)
    held: Counter[str] = Counter()
    best: list[tuple[float, int, int]] = []
    start, score = 0, 0.0
    for at, key in enumerate(stream.keys):
        if key == BREAK:
            held.clear()
            start, score = at + 1, 0.0
            continue
        if key in wanted:
            held[key] += 1
            score += weights[key] if held[key] <= wanted[key] else 0.0
        if at - start >= size:
            left = stream.keys[start]
            start += 1
            if left in wanted:
                held[left] -= 1
                score -= weights[left] if held[left] < wanted[left] else 0.0
        if key in wanted and score >= least:
            _keep(best, (score, start, at + 1), size)
    return [(start, end) for _, start, end in sorted(best, reverse=True)[:_PLACES]]


def _keep(best: list[tuple[float, int, int]], found: tuple[float, int, int], size: int) -> None:
    """Keeps the better of two stretches that lie in one another, and no more than a few."""
    if best and found[1] - best[-1][1] < size:
        if found[0] > best[-1][0] + 1e-9:
            best[-1] = found
        return
    best.append(found)
    if len(best) > 4 * _PLACES:
        best.remove(min(best))


def _aligned(stream: Stream, keys: Sequence[str], start: int, end: int) -> Altered | None:
    """The words given set beside a stretch of a stream: the longest row of words in the same order in both."""
    own = stream.keys[start:end]
    found = [
        (one.src_start, start + one.dest_start, one.src_end - one.src_start)
        for one in LCSseq.opcodes(keys, own)
        if one.tag == "equal"
    ]
    blocks = _counting(keys, _drawn_together(stream, keys, found))
    if not blocks:
        return None
    same = sum(weight_of(key) for at, _, size in blocks for key in keys[at : at + size])
    here = stream.keys[blocks[0][1] : blocks[-1][1] + blocks[-1][2]]
    total = sum(map(weight_of, keys))
    share, density = same / total, same / max(sum(map(weight_of, here)), 1e-9)
    return Altered(stream, tuple(blocks), share, density, sum(size for _, _, size in blocks) / len(keys))


def _drawn_together(stream: Stream, keys: Sequence[str], blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those made one that stand side by side in what was given and may do so in the stream as well."""
    forward: list[Block] = []
    for block in blocks:
        at, _, size = block
        if forward and sum(forward[-1][::2]) == at:
            before, own, length = forward[-1]
            if tuple(stream.keys[own + length : own + length + size]) == tuple(keys[at : at + size]):
                forward[-1] = (before, own, length + size)
                continue
        forward.append(block)
    backward: list[Block] = []
    for block in reversed(forward):
        at, _, size = block
        if backward and at + size == backward[-1][0]:
            _, own, length = backward[-1]
            if tuple(stream.keys[own - size : own]) == tuple(keys[at : at + size]):
                backward[-1] = (at, own - size, length + size)
                continue
        backward.append(block)
    return backward[::-1]


def _counting(keys: Sequence[str], blocks: Sequence[Block]) -> list[Block]:
    """The blocks without small words that stand by themselves; beside one that counts they are its own."""
    heavy = [
        size > _SMALL or any(weight_of(key) > COMMON_WORD for key in keys[at : at + size]) for at, _, size in blocks
    ]
    kept = []
    for number, block in enumerate(blocks):
        beside = (other for other in (number - 1, number + 1) if 0 <= other < len(blocks) and heavy[other])
        if heavy[number] or any(_apart(block, blocks[other]) <= 1 for other in beside):
            kept.append(block)
    return kept


def _apart(one: Block, other: Block) -> int:
    """How many words part two blocks, at most, in what was given or in the stream."""
    first, then = sorted((one, other))
    return max(then[0] - first[0] - first[2], then[1] - first[1] - first[2])
