from .embedding import (
    Embedder as Embedder,
)
from .embedding import (
    PackagedEmbedder as PackagedEmbedder,
)
from .embedding import (
    SentenceEmbedder as SentenceEmbedder,
)
from .embedding import (
    Vectors as Vectors,
)
from .packaged import PACKAGED_DIM as PACKAGED_DIM
from .packaged import mapped_tensors as mapped_tensors
from .packaged import packaged_folder as packaged_folder
from .sentences import Pieces as Pieces
from .sentences import SentenceEncoder as SentenceEncoder
from .sharing import SharedEmbedder as SharedEmbedder
from .tags import best_chain as best_chain
from .tags import illegal_moves as illegal_moves
from .tags import runs_of as runs_of
