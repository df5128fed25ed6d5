"""What the statement tagger learns from, the corpus and stories of our own: texts, parses of them, and targets."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoding.packaged import packaged_tokenizer
from index.statements.features import Pieces, Vocabulary, read_pieces
from index.statements.parsing import Parser
from index.statements.training.examples import Gold, read_gold
from index.statements.training.marked import read_marked

if TYPE_CHECKING:
    from spacy.tokens import Doc


TEACHING = Path(__file__).parents[1] / "teaching"
FORMS, HELD_OUT = "forms", "forms-held-out"  # our own stories: those that are taught with, and the others


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
    """The parse of every story, as those that read stories get it; kept in `cache` between runs, if given."""
    from spacy.tokens import DocBin

    parser = Parser.load()
    kept = cache / f"{part}.spacy" if cache else None
    if kept and kept.is_file():
        return list(DocBin().from_disk(kept).get_docs(parser.language.vocab))
    docs = list(parser.parse_all([story["text"] for story in stories]))
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
    """The corpus's train and development parts, and our own stories of many forms, parsed."""
    stories = {part: read_stories(folder / f"polnear-{part}.jsonl.gz") for part in ("train", "dev")}
    stories |= {part: read_marked(TEACHING, held_out=part == HELD_OUT) for part in (FORMS, HELD_OUT)}
    return {part: Part(rows, parse_stories(rows, cache, part), folder / "score.py") for part, rows in stories.items()}


def read_examples(part: Part, vocabulary: Vocabulary) -> list[tuple[Pieces, Gold]]:
    """The stories as wordpieces with their targets."""
    tokenizer = packaged_tokenizer()
    examples = []
    for story, doc in zip(part.stories, part.docs, strict=True):
        pieces = read_pieces(story["text"], doc, tokenizer, vocabulary)
        examples.append((pieces, read_gold(story, pieces)))
    return examples
