"""What teaches the reader to tell two questions from one, and one that leans on others from one that does not."""

from pathlib import Path
from typing import Any

import pytest
import torch

from bot.questions.parting import joints
from bot.questions.training import __main__ as training
from bot.questions.training.joining import Message, messages_of, teach_two_layers
from index.ranking.training import CONVERSATIONS

ROWS: list[dict[str, Any]] = [
    {"story": "s", "question": "how much was it?", "history": [{"q": "Who built the pier?"}]},
    {"story": "s", "question": "who paid"},
    {"story": "s", "question": "salt and vinegar, who sells it"},
]


def test_a_question_and_the_one_that_it_followed_make_a_message_of_two() -> None:
    [two, *others] = messages_of(ROWS, ["thanks, that is all"], seed=3)
    assert two.second is not None
    assert two.text[: two.second].startswith("Who built the pier")
    assert two.text[two.second :].lower().rstrip("?").endswith("how much was it")
    assert two.second in [start for _, start in joints(two.text)]
    assert others == [Message("salt and vinegar, who sells it"), Message("thanks, that is all")]


def test_a_message_is_joined_alike_every_time() -> None:
    assert messages_of(ROWS * 20, [], seed=5) == messages_of(ROWS * 20, [], seed=5)


def test_two_layers_learn_what_holds_for_a_row() -> None:
    torch.manual_seed(0)
    rows = torch.randn(2_000, 8)
    wanted = (rows[:, 0] > 0).float()
    inner, outer = torch.nn.Linear(8, 64), torch.nn.Linear(64, 1)
    teach_two_layers(inner, outer, rows, wanted)
    told = outer(torch.relu(inner(rows)))[:, 0] > 0
    assert (told == wanted.bool()).float().mean() > 0.9


def test_turns_are_taught_beside_what_is_known_to_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "FOLLOWING", 10)
    monkeypatch.setattr(training, "chat_files", _ours_alone)
    learned, held_out = training.load_turns(Path("nowhere"))
    assert all(line.follows for line, _ in learned + held_out)
    standing = len((training.TEACHING / "standing.txt").read_text(encoding="utf-8").split())
    whole = [line.question for line, leans in learned if not leans]
    assert len(whole) > standing
    assert sum(leans for _, leans in held_out) > len(held_out) / 2
    assert not {line.question for line, _ in held_out} & {
        line.question for line, leans in learned if leans and len(line.question) > 40
    }


def _ours_alone(_: Path) -> dict[str, Path]:
    teaching = Path(training.__file__).parents[3] / "index" / "ranking" / "teaching"
    return {name: teaching / f"{name}.jsonl" for name in ("news", "news-7", CONVERSATIONS)}
