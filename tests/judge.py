"""The judge for tests that ask one library much: it says the same to the same, so it reads that once a process."""

from collections.abc import Hashable, Sequence

from tokenizers import Tokenizer

from index.ranking.evidence import EvidenceRanker
from index.ranking.inference import ReaderInference
from index.ranking.reader import READ_PIECES, Read, Reader
from index.ranking.weighing import Weights
from index.ranking.windows import Sentence
from index.story import Span


def reading_once() -> EvidenceRanker:
    """What the program ranks with, whose judge keeps all that it read."""
    return EvidenceRanker(Weights.load(), ReadsOnce.load())


class ReadsOnce(Reader):
    """The judge as it is shipped, which keeps what it made of each question beside its sentences."""

    def __init__(self, network: ReaderInference, tokenizer: Tokenizer) -> None:
        super().__init__(network, tokenizer)
        self._known: dict[Hashable, Read] = {}

    def read(
        self,
        question: str,
        sentences: Sequence[Sentence],
        *,
        context: str = "",
        named: Sequence[Span] = (),
        longest: int = READ_PIECES,
    ) -> Read:
        key = question, tuple(sentences), context, tuple(named), longest
        if key not in self._known:
            self._known[key] = super().read(question, sentences, context=context, named=named, longest=longest)
        return self._known[key]
