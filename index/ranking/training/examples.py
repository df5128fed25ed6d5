"""From question sets and their stories to what the judge learns from.

A set with stories is `NAME-stories.jsonl.gz` beside `NAME-questions.jsonl.gz` (or `NAME.jsonl.gz`), its stories held by
a library that has been read for statements; a set of paragraphs is one file that has both.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.language.words import stems_of
from index.library.verbs import StoryLibrary
from index.ranking.evidence import Candidates
from index.ranking.features import NAMES as FEATURES
from index.ranking.features import Asked, features_of
from index.ranking.gathering import Gathering
from index.ranking.lines import Line, Linked
from index.ranking.matching import Floats, lexical_scores
from index.ranking.windows import Sentence, Window, window_of
from index.search.passages import passages_of
from index.story import Span, Speaker, Story

TEACHING = Path(__file__).parents[1] / "teaching"
NEWS = tuple(path.stem for path in sorted(TEACHING.glob("news*.jsonl")))
"""Sets of ours over public stories, of which places are stored and no words."""
NEAR_MISSES, VOICES, INFERRED, EITHER_WORDS, CONVERSATIONS = "news-4", "news-5", "news-6", "news-7", "news-8"
"""Those of these that have pairs which look almost the same, of which a story answers one; questions about who said,
felt and wanted what, in words far from the story's; many that ask for a yes or a no which only follows from it; and
more of all, as often in the story's own words as in others, whether it answers or not; and what people asked one after
the other, each over a server of 22 stories."""
ONLY_MEASURED = ("held2", "held3", "held4", "held5")
"""Servers of the conversations from which nothing learns, not even how sure an answer is."""
JUDGE_ALONE = (NEAR_MISSES, VOICES, INFERRED, EITHER_WORDS)
"""Those of these that the reader of questions does not learn from: it would hear too little of other kinds."""
HELD_OUT_FOLD, FOLDS = 0, 6
TURNS = 1  # earlier turns that a question is taught with: as many as the bot asks it with
TAKEN_OUT = 0.1  # of the questions whose answer's sentences are taken out, so that there is none to find
RAISED_TO = 7  # the rank at which the answer's sentence is read while teaching, if it was not found
LOWERED, SLIPPED = 0.3, 0.12  # shares of questions taught without capitals, and with a slip of the finger
BESIDE_A_CLAIM = 5  # things that were said elsewhere, among which a claim's own stands
_ENOUGH = 0.5  # of a sentence, or of what answers, whichever is shorter


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one story: its sentences, who speaks in them, what answers, and the features of each.

    `answers` are the shortest words that answer, `right` the sentences that do; `verdict` is whether the answer is a
    yes. `kind` is what the set says is asked for.
    """

    id: str
    set_name: str
    asked: Asked
    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    lines: tuple[Line, ...]
    linked: Linked
    features: Floats
    answers: tuple[Span, ...]
    right: NDArray[np.bool_]
    answerable: bool
    verdict: bool | None
    kind: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A window with what is right in it: pairs of pieces where the shortest words start and end, the positions of all
    sentences that answer, and whether they say yes; `has_words` tells whether the shortest words are known at all."""

    window: Window
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]
    has_words: bool
    verdict: bool | None


def chat_files(asks: Path) -> dict[str, Path]:
    """Where the chat questions of each set are that are taught with; `asks` is the folder of the public ones."""
    ours = {name: TEACHING / f"{name}.jsonl" for name in NEWS}
    return {"asks": asks / "train.jsonl.gz", "own": TEACHING / "questions.jsonl", **ours}


def stories_at(sets: Path, name: str) -> tuple[Path, ...]:
    """Where its stories are, among others."""
    if name in NEWS:
        questions = sets / "questions"
        newsqa, realtimeqa = (questions / f"{one}-stories.jsonl.gz" for one in ("newsqa", "realtimeqa"))
        return newsqa, sets / "quotes" / "polnear-train.jsonl.gz", realtimeqa, *stories_at(sets, "asks")
    if name == "own":
        return (TEACHING / "stories.jsonl",)
    if name == "asks":
        return (sets / name / "train-stories.jsonl.gz",)
    return (sets / "questions" / f"{name}-stories.jsonl.gz",)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a `.jsonl` or `.jsonl.gz` file."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def load_questions(library: StoryLibrary, lines: Sequence[dict[str, Any]], name: str) -> list[Question]:
    """The questions of one set that are about a story of the library."""
    held = {story.id for story in library.stories}
    chosen = [line for line in lines if line.get("story") in held]
    return library.gathered(lambda gathering: [_question(gathering, line, name) for line in chosen])


def load_paragraphs(path: Path) -> list[Question]:
    """Questions of a set of paragraphs."""
    rows = [(line, question) for line in read_lines(path) for question in line["questions"]]
    found = []
    for line, question in rows:
        text = line["text"]
        answers = [
            Span(a["start"], a["start"] + len(a["text"])) for a in question["answers"] if a.get("start") is not None
        ]
        evidence = [Span(*pair) for pair in question.get("evidence") or ()]
        found.append(_of_paragraph(line["id"], line["set"], text, question["question"], answers, evidence))
    return found


def load_squad(texts: Mapping[str, str], lines: Sequence[dict[str, Any]]) -> list[Question]:
    """Questions about paragraphs, each with its answers or marked as having none."""
    found = []
    for line in lines:
        answers = [
            Span(one["start"], one["start"] + len(one["text"]))
            for one in line["evidence"]
            if one.get("start") is not None
        ]
        made = _of_paragraph(
            line["story"], "squad2", texts[line["story"]], line["question"], answers if line["answerable"] else (), ()
        )
        found.append(replace(made, held_out=fold_of(line["story"]) == HELD_OUT_FOLD))
    return found


def load_claims(
    path: Path, chance: random.Random, beside: Sequence[int] = (BESIDE_A_CLAIM,), texts: Mapping[str, str] | None = None
) -> list[Question]:
    """Yes/no questions about one thing that somebody said, by chance in the middle of others that were said elsewhere,
    as many as one of `beside`. A question that they leave open has no answer. Where only the place in a story is
    stored, what is said there is taken from the stories' `texts`."""
    rows = [_worded(row, texts or {}) for row in read_lines(path)]
    said = list({row["said"]: row for row in rows}.values())
    return [_claim(row, chance.sample(said, chance.choice(beside)), chance, number) for number, row in enumerate(rows)]


def _worded(row: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """A claim with the words that it is about."""
    return row if "said" in row else {**row, "said": texts[row["story"]][row["start"] : row["end"]], "who": ""}


def narrowed(question: Question, chance: random.Random) -> Question:
    """A yes/no question beside one or two of the sentences that answer it, or beside the likeliest where none does:
    what the judge reads where it is asked for a yes or a no alone."""
    holding = [int(number) for number in np.flatnonzero(question.right)]
    likeliest = np.argsort(-question.features[:, FEATURES.index("cosine")], kind="stable")
    pool = holding or likeliest[:2].tolist()
    kept = sorted(chance.sample(pool, min(len(pool), chance.choice((1, 1, 2)))))
    return replace(
        question, spans=tuple(question.spans[at] for at in kept), texts=tuple(question.texts[at] for at in kept),
        lines=tuple(question.lines[at] for at in kept), features=question.features[kept], right=question.right[kept],
    )  # fmt: skip


def _claim(row: Mapping[str, str], others: Sequence[Mapping[str, str]], chance: random.Random, number: int) -> Question:
    shown = [row, *(one for one in others if one["said"] != row["said"])]
    chance.shuffle(shown)
    texts = tuple(one["said"] for one in shown)
    ends = np.cumsum([len(text) + 1 for text in texts]).tolist()
    spans = tuple(Span(end - len(text) - 1, end - 1) for text, end in zip(texts, ends, strict=True))
    speakers = [Speaker(one["who"], one["who"]) for one in shown]
    lines = tuple(Line((speaker,)) if speaker.name else Line() for speaker in speakers)
    linked = Linked.of(row["q"], (), [speaker for speaker in speakers if speaker.name])
    words = lexical_scores(stems_of(row["q"]), [stems_of(text) for text in texts])
    told = row["verdict"] != "neither"
    right = np.array([told and one is row for one in shown], dtype=bool)
    return Question(
        f"claim_{number}", "claims", Asked(row["q"]), spans, texts, lines, linked, words[:, None], (), right, told,
        row["verdict"] == "yes" if told else None, "whether", held_out=False,
    )  # fmt: skip


def moved_to(gathering: Gathering, question: Question, story: str) -> Question:
    """The question asked about another story, which does not answer it."""
    made = _gathered(gathering, question.asked, story)
    none = np.zeros(len(made["spans"]), dtype=bool)
    return replace(question, **made, answers=(), right=none, answerable=False, verdict=None)


def turns_of(history: Sequence[dict[str, str]]) -> tuple[str, ...]:
    """Earlier questions with their answers, a text each."""
    return tuple(f"{turn['q']} {turn.get('a') or ''}".strip() for turn in history)


def fold_of(story_id: str) -> int:
    """Which part a story belongs to; paragraphs of one encyclopedia article (`squad2_Title_3`) stay together."""
    key = story_id.rsplit("_", 1)[0] if story_id.startswith("squad2_") else story_id
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def ranked_sentences(
    question: Question, scores: Floats, left_out: Sequence[int] = (), raised: int = -1
) -> list[Sentence]:
    """The sentences of a story with their ranks, less those `left_out`; the one `raised` ranks as if it was found."""
    order = [int(number) for number in np.argsort(-scores, kind="stable") if number not in left_out]
    if raised in order[RAISED_TO + 1 :]:
        order.remove(raised)
        order.insert(RAISED_TO, raised)
    return [
        Sentence(
            question.texts[number], number, rank, question.lines[number].label,
            question.linked.code(question.lines[number], question.texts[number]),
        )
        for rank, number in enumerate(order)
    ]  # fmt: skip


def example_of(
    question: Question, scores: Floats, tokenizer: Tokenizer, chance: random.Random, longest: int
) -> Example:
    """The window to learn a question from: it holds the answer, save where that is taken out on purpose."""
    holding = [int(number) for number in np.flatnonzero(question.right)]
    take_out = bool(holding) and chance.random() < TAKEN_OUT and len(holding) < len(question.spans)
    raised = -1 if take_out or not holding else max(holding, key=lambda number: scores[number])
    sentences = ranked_sentences(question, scores, holding if take_out else (), raised)
    window = window_of(
        tokenizer, _as_typed(question.asked.text, chance), sentences, context=" ".join(question.asked.context),
        named=question.linked.named_words(), longest=longest,
    )  # fmt: skip
    placed = replace(window, sentence=tuple(-1 if at < 0 else sentences[at].place for at in window.sentence))
    return _labelled(placed, question, taken_out=take_out)


def _as_typed(text: str, chance: random.Random) -> str:
    """The question, or as a hurried person might type it, with every word where it was."""
    if chance.random() < LOWERED:
        text = text.lower()
    if chance.random() < SLIPPED and len(text) > 12:
        at = chance.randrange(1, len(text) - 2)
        if text[at].isalpha() and text[at + 1].isalpha():
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text


def _question(gathering: Gathering, line: dict[str, Any], name: str) -> Question:
    asked = Asked(line["question"], turns_of((line.get("history") or [])[-TURNS:]))
    made = _gathered(gathering, asked, line["story"])
    answerable = bool(line["answerable"])
    given = [_span(entry) for entry in line["evidence"] if entry.get("start") is not None] if answerable else []
    given = [span for span in given if span]
    text = gathering.stories[line["story"]].text
    words = given if "kind" not in line else _shortest(line.get("answer"), given, text)
    return Question(
        line["id"], name, asked, **made, answers=tuple(sorted(set(words))), right=_right(made["spans"], given),
        answerable=answerable, verdict={"yes": True, "no": False}.get(line.get("verdict") or ""),
        kind=line.get("kind") or "fact", held_out=fold_of(line["story"]) == HELD_OUT_FOLD,
    )  # fmt: skip


def _span(entry: Mapping[str, Any]) -> Span:
    """A place in a story: with the words there, or with its end where these are not to be stored."""
    return Span(entry["start"], entry.get("end") or entry["start"] + len(entry["text"]))


def _gathered(gathering: Gathering, asked: Asked, story: str) -> dict[str, Any]:
    candidates: Candidates = gathering.candidates(asked, stories=(story,))
    passages = [candidates.look_up(at)[0] for at in range(len(candidates))]
    texts = candidates.texts(range(len(candidates)))
    lines, linked = candidates.lines(), candidates.linked(asked)
    features = features_of(
        asked, texts, candidates.dense, candidates.dense_in_context, candidates.places.tolist(), lines, linked
    )
    spans = tuple(passage.span for passage in passages)
    return {"spans": spans, "texts": tuple(texts), "lines": tuple(lines), "linked": linked, "features": features}


def _of_paragraph(
    key: str, name: str, text: str, question: str, answers: Sequence[Span], evidence: Sequence[Span]
) -> Question:
    spans = tuple(passage.span for passage in passages_of(Story(key, text)))
    texts = tuple(span.of(text) for span in spans)
    words = lexical_scores(stems_of(question), [stems_of(one) for one in texts])
    right = _right(spans, evidence or answers)
    return Question(
        key, name, Asked(question), spans, texts, (Line(),) * len(texts), Linked.of(question, (), ()), words[:, None],
        tuple(answers), right, bool(right.any()), None, "fact", held_out=False,
    )  # fmt: skip


def _right(spans: Sequence[Span], answers: Sequence[Span]) -> NDArray[np.bool_]:
    return np.array([any(_holds(span, answer) for answer in answers) for span in spans], dtype=bool)


def _holds(span: Span, answer: Span) -> bool:
    shared = min(span.end, answer.end) - max(span.start, answer.start)
    return shared > 0 and shared >= _ENOUGH * min(len(answer), len(span))


def _shortest(answer: str | Mapping[str, int] | None, evidence: Sequence[Span], text: str) -> list[Span]:
    """Where the shortest words that answer stand in what answers; or the place where they are said to stand."""
    if not answer:
        return []
    if not isinstance(answer, str):
        return [_span(answer)]
    places = ((span, span.of(text).find(answer)) for span in evidence)
    return [Span(span.start + at, span.start + at + len(answer)) for span, at in places if at >= 0]


def _labelled(window: Window, question: Question, *, taken_out: bool) -> Example:
    """The window with its answers, and its sentences counted anew from 0 in reading order."""
    seen = sorted({place for place in window.sentence if place >= 0})
    spans: list[tuple[int, int]] = []
    for answer in () if taken_out else question.answers:
        inside = [
            piece for piece, place in enumerate(window.sentence)
            if place >= 0 and question.spans[place].start + window.starts[piece] < answer.end
            and question.spans[place].start + window.ends[piece] > answer.start
        ]  # fmt: skip
        if inside and len(inside) == inside[-1] - inside[0] + 1:
            spans.append((inside[0], inside[-1]))
    holding = () if taken_out else tuple(at for at, place in enumerate(seen) if question.right[place])
    position = {place: at for at, place in enumerate(seen)} | {-1: -1}
    counted = replace(window, sentence=tuple(position[place] for place in window.sentence))
    has_words = bool(question.answers) or not question.answerable
    return Example(counted, tuple(spans) if holding else (), holding, has_words, question.verdict if holding else None)
