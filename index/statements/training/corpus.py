"""What the statement tagger learns from, the corpus and stories of our own: texts, parses of them, and targets.

Our own stand marked in `index/statements/teaching`: ⟦1 words⟧ are the words of statement 1, ⟦~1 words⟧ what somebody
only believes, ⟪1 mention⟫ whom they are given to (⟪1,2 mention⟫ for two), ‹1 cue› what reports them; below a story
stands by what name it knows each of these people, "-" where by none.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoding.packaged import packaged_tokenizer
from index.statements.features import Pieces, Vocabulary, read_pieces
from index.statements.parsing import Parser
from index.statements.quotation_marks import find_quoted, kind_of
from index.statements.training.examples import Gold, read_gold
from index.story import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STORY, _WHO = "\n##### ", "who\n"
_MARK = re.compile(r"(?P<open>[⟦⟪‹])(?P<belief>~?)(?P<numbers>\d+(?:, ?\d+)*)\s?|[⟧⟫›]")
_LEAD = "that "
TELLING = 6  # every sixth story of a file is held out
UNSEEN = frozenset({"7", "8"})  # files that are held out whole: other people wrote them


@dataclass(slots=True)
class _Marks:
    """A story's text without its marks, and where they stood: pieces by place, mentions and cues by number."""

    text: str = ""
    pieces: list[tuple[Span, int, bool]] = field(default_factory=list)
    mentions: dict[int, Span] = field(default_factory=dict)
    cues: dict[int, Span] = field(default_factory=dict)

    def close(self, opening: re.Match[str], start: int) -> None:
        """Keep what stands between a mark and its end."""
        span = Span(start, len(self.text))
        for number in map(int, opening["numbers"].split(",")):
            if opening["open"] == "⟦":
                self.pieces.append((span, number, not opening["belief"]))
            else:
                kept = self.mentions if opening["open"] == "⟪" else self.cues
                kept.setdefault(number, span)


def read_marked(folder: Path, *, held_out: bool) -> list[dict[str, Any]]:
    """The stories that are taught with, or those that are held out: every sixth, and all by some writers."""
    return [
        row
        for path in sorted(folder.glob("*.txt"))
        for n, row in enumerate(read_file(path))
        if held_out == (path.stem in UNSEEN or n % TELLING == TELLING - 1)
    ]


def read_file(path: Path) -> Iterator[dict[str, Any]]:
    """The stories of one file, each as a row of the corpus with the names of its speakers beside."""
    blocks = f"\n{path.read_text(encoding='utf-8')}".split(_STORY)[1:]
    for block, who in zip(blocks[::2], blocks[1::2], strict=True):
        head, _, body = block.partition("\n")
        name, form, source = (part.strip() for part in head.split("|"))
        yield _row(_unmarked(body.strip("\n")), _names(who.removeprefix(_WHO))) | {
            "id": f"{path.stem}/{name}",
            "form": form,
            "source": source,
        }


def _unmarked(body: str) -> _Marks:
    marks, last = _Marks(), 0
    opening, start = None, 0
    for mark in _MARK.finditer(body):
        marks.text += body[last : mark.start()]
        last = mark.end()
        if mark["open"]:
            opening, start = mark, len(marks.text)
        elif opening is not None:
            marks.close(opening, start)
            opening = None
    marks.text += body[last:]
    return marks


def _names(who: str) -> dict[int, str | None]:
    rows = (line.strip().partition(" ") for line in who.splitlines() if line.strip())
    return {int(number): None if name.strip() in {"-", ""} else name.strip() for number, _, name in rows}


def _row(marks: _Marks, names: dict[int, str | None]) -> dict[str, Any]:
    text = marks.text
    quoted = find_quoted(text)
    quotes = [
        {"start": (start := _with_lead(text, span.start)), "end": span.end, "text": text[start : span.end],
         "kind": kind_of(text, span, quoted), "rel": f"R{number}", "speech": speech, "name": names.get(number),
         "speaker": _place(text, marks.mentions.get(number)), "cue": _place(text, marks.cues.get(number))}
        for span, number, speech in sorted(marks.pieces)
    ]  # fmt: skip
    return {"text": text, "quotes": quotes, "ignore": []}


def _with_lead(text: str, start: int) -> int:
    """Where the words begin with the "that" before them, which the corpus counts among them."""
    return start - len(_LEAD) if text.endswith(_LEAD, 0, start) else start


def _place(text: str, span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.of(text)} if span else None


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
