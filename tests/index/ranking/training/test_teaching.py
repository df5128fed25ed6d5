"""The judge is taught by several cores as by one, alike each time, and leaves no process behind."""

from copy import deepcopy

import torch
from torch.multiprocessing import active_children

from index.encoding.packaged import packaged_tokenizer
from index.ranking.training.examples import Example
from index.ranking.training.network import base_network, batch_of
from index.ranking.training.teaching import Hands, Plan, loss_of, teach
from index.ranking.windows import TABLES, Sentence, window_of

TEXTS = ("The dam is dry.", "Ana Bell will pay for the road.", "Nobody knows when.", "The road is long.")


def examples() -> list[Example]:
    tokenizer, made = packaged_tokenizer(), []
    for at, _ in enumerate(TEXTS * 2):
        shown = [Sentence(text, place, place) for place, text in enumerate(TEXTS[at % 3 :])]
        window = window_of(tokenizer, f"who pays for road {at}?", shown)
        made.append(Example(window, (), (0,) if at % 2 else (), has_words=False, verdict=None))
    return made


def test_the_gradients_of_a_batch_are_the_same_however_many_cores_share_it() -> None:
    network, batch = base_network(TABLES), examples()
    loss = loss_of(network(batch_of([one.window for one in batch])), batch)
    loss.backward()  # type: ignore[no-untyped-call]
    exact = {name: one.grad.clone() for name, one in network.named_parameters() if one.grad is not None}
    hands = Hands(network, loss_of, 2, 1)
    told = hands.slopes_of(batch)
    hands.close()
    assert abs(told - loss.item()) < 0.03 * loss.item()
    for name in ("layers.0.query.weight", "layers.5.outer.weight", "relevance.weight", "answerable.bias"):
        ours = network.get_parameter(name).grad
        assert ours is not None
        likeness = torch.nn.functional.cosine_similarity(ours.flatten(), exact[name].flatten(), dim=0)
        assert likeness > 0.99, name


def test_what_is_taught_is_the_same_twice_and_no_process_is_left() -> None:
    untaught = base_network(TABLES, dropout=0.1)
    plan = Plan(longest=(64,), batch=4)
    once, again = (deepcopy(untaught) for _ in range(2))
    for network in (once, again):
        rounds = [one.training for one in teach(network, [examples()] * 2, plan, cores=2)]
        assert rounds == [False, False]
    assert not active_children()
    states = [network.state_dict() for network in (untaught, once, again)]
    assert all(torch.equal(states[1][name], states[2][name]) for name in states[1])
    assert any(not torch.equal(states[0][name], states[1][name]) for name in states[0])
