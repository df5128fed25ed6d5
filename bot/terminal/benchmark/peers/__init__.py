"""The same passages and questions through this program and its peers, in a clone: no wheel has this room.

Each runs in a process of its own, with the same model from the same folder and FAISS, and prints its figures as JSON.
The peers are optional: pip install 'onrecord[bench]'. Haystack's FAISS store asks for an older numpy than this program:
add `faiss-haystack` with --no-deps.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bot.terminal.benchmark.figures import Figure, peak_mb, timed, told_by
from bot.terminal.benchmark.material import numbered_stories, questions
from index.encoding import PACKAGED_DIM, packaged_folder
from index.search import passages_of

STORIES, QUESTIONS, NEAREST = 16, 60, 10
_US = "onrecord"
Ways = tuple[Callable[[Sequence[str]], object], Callable[[str], Sequence[object]]]
"""How a program adds passages, and how it finds the nearest to a question."""


def beside_peers(stories: int) -> Iterator[Figure]:
    """This program's figures beside each peer that is installed."""
    own = _measured(_US, stories, OPENBLAS_NUM_THREADS="1")  # as `onrecord` sets it for itself
    for peer in others_installed():
        theirs = _measured(peer, stories)
        yield Figure("passages added a second", own["adding"], "/s", theirs["adding"], peer, "peers")
        yield Figure("questions a second", own["asking"], "/s", theirs["asking"], peer, "peers")
        yield Figure("memory at its highest", own["memory"], "MB", theirs["memory"], peer, "peers")


def _measured(name: str, stories: int, **set_for_it: str) -> dict[str, float]:
    return told_by("-c", f"from {__name__} import main; main({name!r}, {stories})", **set_for_it)


def others_installed() -> list[str]:
    """The peers that can be measured here."""
    return [name for name, needs in NEEDED.items() if all(map(_is_installed, needs))]


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # what it would be a part of is not there
        return False


def _onrecord() -> Ways:
    from index.encoding import PackagedEmbedder
    from index.library import Library
    from index.ranking import EvidenceRanker
    from index.story import Story

    folder = TemporaryDirectory()
    library = Library.open(
        folder.name, embedder=PackagedEmbedder(), attribution=False, ranker=EvidenceRanker.load(reader=False)
    )

    def add(texts: Sequence[str]) -> None:
        parts = ["\n\n".join(texts[at : at + 20]) for at in range(0, len(texts), 20)]
        library.add(Story(f"{len(texts)}-{at}", part) for at, part in enumerate(parts))

    def find(question: str, _: TemporaryDirectory[str] = folder) -> Sequence[object]:
        return library.search(question, limit=NEAREST)

    return add, find


def _txtai() -> Ways:
    from txtai import Embeddings

    embeddings = Embeddings(path=str(packaged_folder()), backend="faiss", content=True)
    return (
        lambda texts: embeddings.index(list(enumerate(texts))),
        lambda question: embeddings.search(question, NEAREST),
    )


def _haystack() -> Ways:
    from haystack import Document
    from haystack_integrations.components.embedders import sentence_transformers as embedders
    from haystack_integrations.document_stores.faiss import FAISSDocumentStore

    folder = str(packaged_folder())
    of_documents = embedders.SentenceTransformersDocumentEmbedder(model=folder, progress_bar=False)
    of_questions = embedders.SentenceTransformersTextEmbedder(model=folder, progress_bar=False)
    for part in (of_documents, of_questions):
        part.warm_up()
    store = FAISSDocumentStore(embedding_dim=PACKAGED_DIM)

    def add(texts: Sequence[str]) -> None:
        store.write_documents(of_documents.run([Document(content=text) for text in texts])["documents"])

    def find(question: str) -> Sequence[object]:
        found: Sequence[object] = store.search(of_questions.run(question)["embedding"], top_k=NEAREST)
        return found

    return add, find


def _llamaindex() -> Ways:
    import faiss
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.faiss import FaissVectorStore

    model = HuggingFaceEmbedding(model_name=str(packaged_folder()), embed_batch_size=32)
    made: list[Any] = []

    def add(texts: Sequence[str]) -> None:
        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(PACKAGED_DIM))
        context = StorageContext.from_defaults(vector_store=store)
        nodes = [TextNode(text=text) for text in texts]
        index = VectorStoreIndex(nodes, storage_context=context, embed_model=model)
        made[:] = [index.as_retriever(similarity_top_k=NEAREST)]

    return add, lambda question: made[0].retrieve(question)


NEEDED = {
    "txtai": ("txtai",),
    "Haystack": (
        "haystack",
        "haystack_integrations.document_stores.faiss",
        "haystack_integrations.components.embedders.sentence_transformers",
    ),
    "LlamaIndex": ("llama_index",),
}
"""What has to be installed for a peer."""
_STARTED = {_US: _onrecord, "txtai": _txtai, "Haystack": _haystack, "LlamaIndex": _llamaindex}


def main(name: str, stories: int) -> None:
    """Measures one of them, and prints what it measured."""
    texts = [passage.span.of(story.text) for story in numbered_stories(stories) for passage in passages_of(story)]
    add, find = _STARTED[name]()
    add([f"{text} (before)" for text in texts[: NEAREST * 2]])  # loads the model
    adding = timed(lambda: add(texts))
    asked = questions(QUESTIONS + 3)
    if len(find(asked[0])) != NEAREST:
        raise SystemExit(f"{name} did not find {NEAREST} passages")
    taken = [timed(partial(find, question)) for question in asked][3:]
    print(json.dumps({"adding": len(texts) / adding, "asking": 1 / median(taken), "memory": peak_mb()}))  # noqa: T201
