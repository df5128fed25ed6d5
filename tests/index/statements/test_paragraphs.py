"""Where paragraphs are, also in a text that was broken into lines of one width."""

import textwrap

import pytest

from index.statements.paragraphs import find_paragraphs, unwrapped

PROSE = (
    "The council of Orley voted on Monday night to keep the old pier open for another winter, after a debate that "
    "went on until the caretaker asked everybody to leave the hall and take the argument to the square outside.\n\n"
    "“It has stood for a hundred years and it will stand for a hundred more,” said Edith Crane, the mayor, who had "
    "walked the length of it that morning with two engineers and a man from the harbour trust.\n\n"
    "Nora Vance, who wants it closed, said that she had seen planks come away in her hand, and that the town was "
    "waiting for somebody to be hurt before it found the money to mend what everybody knew to be broken."
)


@pytest.mark.parametrize("width", [60, 72, 90])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_broken_to_a_width_are_one_paragraph(width: int, end: str) -> None:
    text = "\n\n".join(textwrap.fill(part, width) for part in PROSE.split("\n\n")).replace("\n", end)
    joined = unwrapped(text)
    assert len(joined) == len(text)
    assert joined.split() == text.split()
    assert len(find_paragraphs(text)) == 3


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        PROSE.replace("\n\n", "\n"),
        "Roses are red\nand violets blue\nthe pier is shut\nand so are you\n" * 9,
        "MAYOR: It will stand.\nVANCE: It will not.\n" * 20,
        "",
        "\n\n\n",
    ],
)
def test_other_lines_stay_as_they_are(text: str) -> None:
    assert unwrapped(text) == text


def test_a_full_line_that_ends_no_sentence_goes_on_whatever_letter_the_next_begins_with() -> None:
    text = textwrap.fill(PROSE.replace("\n\n", " "), 72).replace("trust.", "harbour of San Jose\nState University said")
    at = text.index("\nState University")
    line = text[text.rindex("\n", 0, at) + 1 : at]
    full = text[: at - len(line)] + line.rjust(72, "x") + text[at:]
    assert "San Jose State University" in unwrapped(full)
