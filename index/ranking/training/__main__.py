"""Teaches the judge: `python -m index.ranking.training --sets ../shared/eval --work FOLDER`.

First reading: paragraphs with questions teach the packaged all-MiniLM-L6-v2 to find what answers. Then chat questions
over stories whose speakers are known, with news questions and yes/no claims between them; then how much the judge's
opinion counts beside cheap features. Runs on the CPU with a fixed seed; whole stories are held out of the first two
and fitted on by the third. `--work` keeps libraries of the stories and the first part, so that a second run need not
make them again.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import torch

from index.encoding.packaged import packaged_tokenizer
from index.library.folder import Library
from index.ranking.gathering import Gathering
from index.ranking.reader import READER, Reader
from index.ranking.training.combining import fit_weights, read_all
from index.ranking.training.examples import (
    Example,
    Question,
    example_of,
    load_claims,
    load_paragraphs,
    load_questions,
    load_squad,
    moved_to,
    read_lines,
)
from index.ranking.training.fitting import Choice, fit_base, grow_trees
from index.ranking.training.measuring import report
from index.ranking.training.network import ReaderNetwork
from index.ranking.training.storing import base_network, load_network, save_network, save_trees
from index.ranking.training.teaching import Plan, teach
from index.ranking.trees import TREES
from index.ranking.weighing import WEIGHTS, Weights
from index.ranking.windows import TABLES
from index.reading import read_source

LOG = logging.getLogger(__name__)
PARAGRAPHS = {
    "multirc": 2500, "selqa-dev": None, "selqa-test": None, "squadshifts-new_wiki": 2500,
    "squadshifts-reddit": 3500, "squadshifts-amazon_reviews": 1500,
}  # fmt: skip
"""Sets of paragraphs, each with how many of its questions are taught (None: all)."""
WITH_STORIES = {"asks": 1.0, "own": 1.0, "newsqa": 0.7, "abgcoqa": 1.0}
"""Sets over stories, each with what one of its questions counts where the cheap features are weighed."""
CHAT = ("asks", "own")  # the sets of chat questions, over stories whose speakers are found
TEACHING = Path(__file__).parents[1] / "teaching"
OF_STORIES = (128, 176, 240)  # lengths of windows over stories, which fill them; paragraphs are often shorter
NEWS_A_ROUND = 0.06  # of the questions of the other sets that are taught between those of a round of chat questions
CLAIMS_A_ROUND = 0.33  # of the claims, each time among other things that were said
ELSEWHERE = 0.02  # of the chat questions that are put to another story, too


def taught_to_read(sets: Path, work: Path, plan: Plan) -> ReaderNetwork:
    """The network after the paragraphs; kept in `work`."""
    kept = work / "reading.safetensors"
    if kept.exists():
        return load_network(kept, TABLES, plan.dropout)
    chance = random.Random(plan.seed)  # noqa: S311  nothing secret
    questions = [
        one for name, most in PARAGRAPHS.items()
        for one in load_paragraphs(sets / "reading" / f"{name}.jsonl.gz", most, chance)
    ]  # fmt: skip
    questions += [one for one in squad(sets) if not one.held_out]
    tokenizer = packaged_tokenizer()
    examples = [
        example_of(one, one.features[:, 0], tokenizer, chance, chance.choice(plan.longest)) for one in questions
    ]
    LOG.info("%d paragraphs' questions, %d pieces", len(examples), sum(len(one.window.ids) for one in examples))
    network = teach(base_network(TABLES, plan.dropout).train(), [examples], plan)
    kept.parent.mkdir(parents=True, exist_ok=True)
    save_network(network, kept, {"part": "reading"}, exact=True)
    return network


def squad(sets: Path) -> list[Question]:
    """squad2's questions, of which half have no answer, as a set of paragraphs; a part of the articles held out."""
    folder = sets / "questions"
    texts = {line["id"]: line["text"] for line in read_lines(folder / "squad2-stories.jsonl.gz")}
    return load_squad(texts, read_lines(folder / "squad2-questions.jsonl.gz"))


def taught_to_judge(
    network: ReaderNetwork, questions: Sequence[Question], base: Weights, elsewhere: Sequence[Question], plan: Plan
) -> ReaderNetwork:
    """The network after rounds of chat questions, each time with another part of our own and with others between."""
    tokenizer, chance = packaged_tokenizer(), random.Random(plan.seed)  # noqa: S311  nothing secret

    def example(one: Question) -> Example:
        scores = base.base_scores(one.features) if one.features.shape[1] > 1 else one.features[:, 0]
        return example_of(one, scores, tokenizer, chance, chance.choice(plan.longest))

    chat = [one for one in questions if one.set_name == "asks"]
    own = [one for one in questions if one.set_name == "own"]
    chance.shuffle(own)
    others = [one for one in questions if one.set_name not in CHAT]
    rounds = []
    for number in range(plan.rounds):
        some = chance.sample(others, int(NEWS_A_ROUND * len(others)))
        far = chance.sample(list(elsewhere), min(len(elsewhere), int(ELSEWHERE * len(chat))))
        claims = load_claims(TEACHING / "claims.jsonl", chance)
        claims = chance.sample(claims, int(CLAIMS_A_ROUND * len(claims)))
        rounds.append([example(one) for one in (*chat, *own[number :: plan.rounds], *some, *far, *claims)])
        LOG.info("a round of %d questions, %d pieces", len(rounds[-1]), sum(len(e.window.ids) for e in rounds[-1]))
    return teach(network.train(), rounds, plan)


def gather(sets: Path, work: Path) -> tuple[list[Question], list[Question]]:
    """The questions over stories, and some of them put to another story."""
    questions: list[Question] = []
    elsewhere: list[Question] = []
    chance = random.Random(5)  # noqa: S311  nothing secret
    for name in WITH_STORIES:
        stories_at, asked_at = _files(sets, name)
        with Library.open(work / name) as library:
            library.add(read_source(str(stories_at)), statements=name in CHAT)
            own = load_questions(library, read_lines(asked_at), name)
            stories = [story.id for story in library.stories]
            questions += own
            moves = [(one, chance.choice(stories)) for one in chance.sample(own, len(own) // 8)]
            elsewhere += library.gathered(partial(_moved, moves))
        LOG.info("%s: %d questions", name, len(own))
    return questions, elsewhere


def _files(sets: Path, name: str) -> tuple[Path, Path]:
    """Where the stories and the questions of a set are."""
    if name == "own":
        return TEACHING / "stories.jsonl", TEACHING / "questions.jsonl"
    if name == "asks":
        return sets / name / "train-stories.jsonl.gz", sets / name / "train.jsonl.gz"
    return sets / "questions" / f"{name}-stories.jsonl.gz", sets / "questions" / f"{name}-questions.jsonl.gz"


def _moved(moves: Sequence[tuple[Question, str]], gathering: Gathering) -> list[Question]:
    return [moved_to(gathering, one, story) for one, story in moves]


def main() -> None:
    """Reads the command line, teaches, and stores the weights."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    plan = Plan(rounds=options.rounds)
    of_stories = replace(plan, longest=OF_STORIES)
    torch.set_num_threads(options.threads)
    if options.part == "reading":
        taught_to_read(options.sets, options.work, plan)
        return
    questions, elsewhere = gather(options.sets, options.work)
    taught, held_out = ([one for one in questions if one.held_out == out] for out in (False, True))
    LOG.info("%d questions to learn from, %d held out", len(taught), len(held_out))
    base = fit_base([Choice(one.features, one.right, WITH_STORIES[one.set_name]) for one in taught])
    trees = grow_trees([Choice(one.features, one.right, WITH_STORIES[one.set_name]) for one in taught])
    weights = replace(Weights.plain(base), trees=trees)
    save_trees(trees, options.out / TREES.name)
    LOG.info("held out, cheap features alone:\n%s", report(held_out, weights, [None] * len(held_out)))
    path = options.out / READER.name
    if not options.keep_reader:
        network = taught_to_read(options.sets, options.work, plan)
        more = [one for one in squad(options.sets) if not one.held_out]
        far = [one for one in elsewhere if not one.held_out]
        network = taught_to_judge(network, [*taught, *more], weights, far, of_stories)
        save_network(network, path, {"plan": json.dumps(asdict(of_stories)), "questions": str(len(taught))})
    reader = Reader.load(path)
    judged = [
        *held_out,
        *(one for one in elsewhere if one.held_out),
        *(one for one in squad(options.sets) if one.held_out),
    ]
    reads = read_all(reader, judged, weights)
    weights = fit_weights(weights, judged, reads)
    weights.save(options.out / WEIGHTS.name)
    LOG.info("held out:\n%s", report(held_out, weights, reads[: len(held_out)]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m index.ranking.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sets", type=Path, required=True, help="folder with the question sets")
    parser.add_argument("--work", type=Path, required=True, help="folder to keep libraries and the first part in")
    parser.add_argument("--out", type=Path, default=WEIGHTS.parent)
    parser.add_argument("--rounds", type=int, default=Plan().rounds)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--part", choices=("reading",), help="teach only this part")
    parser.add_argument("--keep-reader", action="store_true", help="only fit the weights around the stored judge")
    return parser.parse_args()


if __name__ == "__main__":
    main()
