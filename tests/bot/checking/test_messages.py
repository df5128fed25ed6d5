"""The quotations in what people write, each with the name that it is put down to there."""

import pytest

from bot.checking.messages import READ_MAX, is_made_of_quotations, read_message


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (
            "Pelosi said “he is unfit” while Sessions said “I am not aware”",
            [("he is unfit", "Pelosi"), ("I am not aware", "Sessions")],
        ),
        ("“We will pay,” said Lund, while Pope said “we won't”", [("We will pay,", "Lund"), ("we won't", "Pope")]),
        ("“We will pay,” said mayor Fay Lund, “in May.”", [("We will pay, in May.", "mayor Fay Lund")]),
        ("“We paid,” Meek said. “Nobody was hurt.”", [("We paid, Nobody was hurt.", "Meek")]),
        ("Lund: “one two”. Pope: “two three”", [("one two", "Lund"), ("two three", "Pope")]),
        ("“one two” (Lund) and “two three” (Pope)", [("one two", "Lund"), ("two three", "Pope")]),
        ("“one two” — Lund\n“two three” — Pope", [("one two", "Lund"), ("two three", "Pope")]),
        ("did Pelosi really say “no way”?", [("no way", "Pelosi")]),
        ('"no way jose" - Paul Ryan', [("no way jose", "Paul Ryan")]),
        ("According to Ryan, “he was part of it”", [("he was part of it", "Ryan")]),
        ("We need it now — Elizabeth Warren", [("We need it now", "Elizabeth Warren")]),
        ("> We will not sell\nFay Lund said this", [("We will not sell", "Fay Lund")]),
        (
            "„Nobody was hurt“ said Meek and »we are done«, Dell added",
            [("Nobody was hurt", "Meek"), ("we are done", "Dell")],
        ),
        ("Lund told us: 'the residents' money isn't gone'", [("the residents' money isn't gone", "Lund")]),
        ('the mayor said "I quit" and "I am out"', [("I quit", "the mayor"), ("I am out", "the mayor")]),
        ("Pelosi, who was angry, replied: “no chance at all”", [("no chance at all", "Pelosi")]),
        ("“It is over,” Ann Lee said, and later she added: “for good”",
         [("It is over,", "Ann Lee"), ("for good", "Ann Lee")]),
        ("**«We will not sell it»**", [("We will not sell it", None)]),
        ("„We will not sell it\" she said", [("We will not sell it", None)]),
        ("“We will not sell it\" said Lund", [("We will not sell it", "Lund")]),
        ("``We will not sell it'' said Lund", [("We will not sell it", "Lund")]),
        ("We will not sell it", [("We will not sell it", None)]),
        ("We will not sell it, Lund said", [("We will not sell it", "Lund")]),
        ("We will not sell it, said council leader Fay Lund.", [("We will not sell it", "council leader Fay Lund")]),
        ("Fay Lund said: we will not sell it", [("we will not sell it", "Fay Lund")]),
        ("Well, I said no, and no it is", [("Well, I said no, and no it is", None)]),
        ("", []),
    ],
)  # fmt: skip
def test_each_quotation_is_found_with_whose_it_is_to_be(message: str, found: list[tuple[str, str | None]]) -> None:
    assert [(one.words, one.speaker) for one in read_message(message)] == found


@pytest.mark.parametrize("unit", ["“", "'a ", '"', "said ", "“a” said Lund, ", "> a\n", "‘a", "A said ", "[", "..."])
def test_a_message_of_any_shape_is_read_as_far_as_it_is_read(unit: str) -> None:
    found = read_message(unit * (2 * READ_MAX // len(unit)))
    assert all(part.end <= READ_MAX for one in found for part in one.parts)


@pytest.mark.parametrize(
    ("message", "so"),
    [
        ("“We will not sell” - Lund, “we are not done” - Pope, “nobody was hurt”", True),
        ("did Lund say “we will not sell the mill” and Pope “we are not done yet”?", True),
        ("“We will not sell,” said Lund.", False),
        ("“We will not sell,” said Lund. “It is ours.”", False),
        ("who said “we will not sell the mill” and “nobody was hurt at all”?", False),
        ("what did Lund say about “the old mill” and “the new dam”?", False),
        (
            "is the story “The mill at Alder” older than the story “The dam at Wick” or is it the other way round?",
            False,
        ),
        ("“one” “two” “three”", False),
        ("", False),
    ],
)
def test_a_message_with_several_quotations_and_little_else_is_there_for_them(message: str, *, so: bool) -> None:
    assert is_made_of_quotations(message) == so
