"""Teaches the judge: `python -m index.ranking.training --sets ../shared/eval --work FOLDER`.

Lesson by lesson, as `lessons.COURSE` has them, from the packaged all-MiniLM-L6-v2 on: paragraphs with questions; chat
questions over stories whose speakers are known, with yes/no claims between them; news; chat questions again, with those
over public stories, and at last in windows as long as they are when an answer is looked for. Then how much the judge's
opinion counts beside cheap features. Runs on the CPU with fixed seeds; whole stories are held out of the lessons and
fitted on by the last part. `--work` keeps libraries of the stories and the judge after each lesson, so that a run that
was broken off goes on from there.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import torch

from index.library.folder import Library
from index.ranking.gathering import Gathering
from index.ranking.reader import READER, Reader
from index.ranking.training.examples import (
    ONLY_MEASURED,
    TEACHING,
    Question,
    chat_files,
    load_claims,
    load_paragraphs,
    load_questions,
    load_squad,
    moved_to,
    narrowed,
    read_lines,
    stories_at,
)
from index.ranking.training.fitting import Choice, fit_base, grow_trees
from index.ranking.training.lessons import COURSE, rounds_of
from index.ranking.training.measuring import fit_weights, joined_in_turn, read_all, report
from index.ranking.training.network import ReaderNetwork, base_network, load_network, save_network, save_trees
from index.ranking.training.plain import OWN_WORDS_OF, PLAIN, plain_lines
from index.ranking.training.teaching import averaged, teach
from index.ranking.weighing import JOINT, TREES, WEIGHTS, Weights
from index.ranking.windows import TABLES
from index.reading import read_source

LOG = logging.getLogger(__name__)
PARAGRAPHS = (
    "multirc", "selqa-dev", "selqa-test", "squadshifts-new_wiki", "squadshifts-reddit", "squadshifts-amazon_reviews",
)  # fmt: skip
WITH_STORIES = {
    "asks": 1.0, "own": 1.0, "news": 0.5, "news-2": 0.5, "news-3": 0.5, "news-4": 0.0, "news-5": 0.0,
    "news-6": 0.0, "news-7": 0.0, "news-8": 0.0, "newsqa": 1.5, "abgcoqa": 3.0,
}  # fmt: skip
"""Sets over stories, each with what one of its questions counts where the cheap features are weighed. Near misses count
nothing there: cheap features cannot tell them apart, and with them the trees have the right sentence of asks first for
61.7 in 100 and among three for 84.2, without them for 62.5 and 86.5."""
DROPOUT = 0.1


def taught(pools: Mapping[str, Sequence[Question]], weights: Weights, work: Path, cores: int) -> ReaderNetwork:
    """The network after the course; what it is after each lesson is kept in `work`, and gone on from."""
    network = base_network(TABLES, DROPOUT)
    after = [work / f"judge-{number}.safetensors" for number in range(len(COURSE))]
    for lesson, kept in zip(COURSE, after, strict=True):
        if kept.exists():
            network = load_network(kept, TABLES, DROPOUT)
            continue
        if lesson.begins:
            ends = [load_network(after[number], TABLES, DROPOUT) for number in lesson.begins]
            network = averaged(ends, list(lesson.begins.values()))
        rounds = rounds_of(lesson, pools, weights)
        LOG.info("%s: rounds of %s questions", lesson.name, ", ".join(str(len(one)) for one in rounds))
        before = deepcopy(network)
        *_, network = teach(network, rounds, lesson.plan, cores=cores)
        network = averaged([network, before], [lesson.kept, 1 - lesson.kept])
        save_network(network, kept, {"lesson": lesson.name}, exact=True)
    return network


def squad(sets: Path) -> list[Question]:
    """squad2's questions, of which half have no answer, as a set of paragraphs; a part of the articles held out."""
    folder = sets / "questions"
    texts = {line["id"]: line["text"] for line in read_lines(folder / "squad2-stories.jsonl.gz")}
    return load_squad(texts, read_lines(folder / "squad2-questions.jsonl.gz"))


def gather(sets: Path, work: Path) -> tuple[list[Question], list[Question]]:
    """The questions over stories, and some of them put to another story."""
    questions: list[Question] = []
    elsewhere: list[Question] = []
    chat, chance = chat_files(sets / "asks"), random.Random(5)  # noqa: S311  nothing secret
    for name in WITH_STORIES:
        every = read_lines(chat.get(name) or sets / "questions" / f"{name}-questions.jsonl.gz")
        lines = [line for line in every if line.get("server") not in ONLY_MEASURED]
        wanted = {line.get("story") for line in lines}
        with Library.open(work / name) as library:
            for path in stories_at(sets, name):
                library.add([story for story in read_source(str(path)) if story.id in wanted], statements=name in chat)
            own = load_questions(library, lines, name)
            stories = [story.id for story in library.stories]
            questions += own
            if name in OWN_WORDS_OF:
                held = ((story, library.speakers(story.id), library.statements(story.id)) for story in library.stories)
                questions += load_questions(library, [line for one in held for line in plain_lines(*one)], PLAIN)
            moves = [(one, chance.choice(stories)) for one in chance.sample(own, len(own) // 8)]
            elsewhere += library.gathered(partial(_moved, moves))
        LOG.info("%s: %d questions", name, len(own))
    return questions, elsewhere


def _moved(moves: Sequence[tuple[Question, str]], gathering: Gathering) -> list[Question]:
    return [moved_to(gathering, one, story) for one, story in moves]


def _pools(
    sets: Path, over_stories: Sequence[Question], elsewhere: Sequence[Question]
) -> dict[str, Sequence[Question]]:
    """What is not held out, by set."""
    chance = random.Random(17)  # noqa: S311  nothing secret
    pools: dict[str, Sequence[Question]] = {
        name: load_paragraphs(sets / "reading" / f"{name}.jsonl.gz") for name in PARAGRAPHS
    }
    pools |= {name: [one for one in over_stories if one.set_name == name] for name in (*WITH_STORIES, PLAIN)}
    yes_or_no = [narrowed(one, chance) for one in over_stories if one.kind == "whether"]
    pools |= {"elsewhere": elsewhere, "squad2": squad(sets), "yes or no": yes_or_no}
    pools |= {"claims": load_claims(TEACHING / "claims.jsonl", chance)}
    pools |= {"more claims": load_claims(TEACHING / "more_claims.jsonl", chance, beside=(0, 0, 1, 2))}
    return {name: [one for one in pool if not one.held_out] for name, pool in pools.items()}


def main() -> None:
    """Reads the command line, teaches, and stores the weights."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.cores)
    questions, elsewhere = gather(options.sets, options.work)
    learned, held_out = ([one for one in questions if one.held_out == out] for out in (False, True))
    LOG.info("%d questions to learn from, %d held out", len(learned), len(held_out))
    counted = [one for one in learned if WITH_STORIES.get(one.set_name)]
    choices = [Choice(one.features, one.right, WITH_STORIES[one.set_name]) for one in counted]
    trees = grow_trees(choices)
    weights = replace(Weights.plain(fit_base(choices)), trees=trees)
    save_trees(trees, options.out / TREES.name)
    LOG.info("held out, cheap features alone:\n%s", report(held_out, [weights] * len(held_out), [None] * len(held_out)))
    path = options.out / READER.name
    if not options.keep_reader:
        network = taught(_pools(options.sets, questions, elsewhere), weights, options.work, options.cores)
        save_network(network, path, {"course": json.dumps([asdict(lesson) for lesson in COURSE])})
    reader = Reader.load(path)
    judged = [*held_out, *(one for one in (*elsewhere, *squad(options.sets)) if one.held_out)]
    reads = read_all(reader, judged, weights)
    weights = fit_weights(weights, judged, reads)
    weights.save(options.out / WEIGHTS.name)
    assert weights.joint is not None
    save_trees(weights.joint, options.out / JOINT.name)
    read = reads[: len(held_out)]
    LOG.info("held out:\n%s", report(held_out, joined_in_turn(weights, held_out, read), read))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m index.ranking.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sets", type=Path, required=True, help="folder with the question sets")
    parser.add_argument("--work", type=Path, required=True, help="folder to keep libraries and lessons in")
    parser.add_argument("--out", type=Path, default=WEIGHTS.parent)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--keep-reader", action="store_true", help="only fit the weights around the stored judge")
    return parser.parse_args()


if __name__ == "__main__":
    main()
