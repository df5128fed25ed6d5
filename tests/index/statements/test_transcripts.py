"""Transcripts and interviews: whose turn a paragraph is."""

from index.statements.paragraphs import find_paragraphs
from index.statements.transcripts import find_turns

TURNS = "MOSS: We never saw the memo.\n\nLEE: Did you ask for it?\n\nMOSS: Twice."


def turns(text: str) -> list[tuple[str, str]]:
    return [
        (found.mention.of(text), found.span.of(text))
        for found in find_turns(text, find_paragraphs(text))
        if found.mention
    ]


def test_each_labelled_paragraph_is_a_turn_of_the_one_named() -> None:
    assert turns(TURNS) == [("MOSS", "We never saw the memo."), ("LEE", "Did you ask for it?"), ("MOSS", "Twice.")]


def test_the_lines_that_name_a_storys_title_and_author_are_nobodys_turns() -> None:
    header = "Title: The memo\nAuthor: Ann Sole\nSource: The Post\nDate: 2024-05-06\n\n"
    assert turns(f"{header}The bridge reopened on Monday.\n\nIt is old.") == []
    assert turns(header + TURNS) == turns(TURNS)
