"""Speakers that a layout names: labels of a transcript and signatures under a quotation."""

import pytest

from index.statements.tagger import Found, name_by_layout


def piece(text: str, words: str, speaker: str | None = None) -> Found:
    """What the tagger might have found: the words, attributed to the first mention of `speaker`."""
    start = text.index(words)
    mention = (text.index(speaker), text.index(speaker) + len(speaker)) if speaker else None
    return Found(start, start + len(words), mention, None, 0, True, 0.5)


def speaker_of(text: str, found: Found) -> str | None:
    return text[slice(*found.speaker)] if found.speaker else None


def test_a_label_in_capitals_names_the_speaker_of_its_line() -> None:
    text = "Rivera had left.\nMOSS: We never saw the memo.\n"
    (found,) = name_by_layout(text, [piece(text, "We never saw the memo.", "Rivera")])
    assert speaker_of(text, found) == "MOSS"


def test_a_label_inside_the_words_is_cut_off() -> None:
    text = "MOSS: We never saw the memo.\n"
    (found,) = name_by_layout(text, [piece(text, "MOSS: We never saw the memo.")])
    assert text[found.start : found.end].strip() == "We never saw the memo."


def test_a_transcript_goes_on_with_the_same_speaker_until_the_next_label() -> None:
    text = "“MOSS: We saw it.\n\n“Then we left.\n\n“LEE: Did you?\n"
    found = name_by_layout(text, [piece(text, "We saw it."), piece(text, "Then we left."), piece(text, "Did you?")])
    assert [speaker_of(text, each) for each in found] == ["MOSS", "MOSS", "LEE"]
    assert found[0].attribution == found[1].attribution != found[2].attribution


@pytest.mark.parametrize("dash", ["―", "—", "–", "--", "-"])
def test_a_signed_quotation_belongs_to_its_signature(dash: str) -> None:
    text = f"“Too slow.” {dash} Ann Moss\n“Too dear.” {dash} Luz de la Vega\n"
    found = name_by_layout(text, [piece(text, "“Too slow.”"), piece(text, "“Too dear.”", "Ann Moss")])
    assert [speaker_of(text, each) for each in found] == ["Ann Moss", "Luz de la Vega"]


def test_a_dash_that_goes_on_with_the_sentence_is_no_signature() -> None:
    text = "“Too slow,” — a phrase that Ann Moss liked.\n"
    (found,) = name_by_layout(text, [piece(text, "“Too slow,”", "Ann Moss")])
    assert speaker_of(text, found) == "Ann Moss"
    assert found.confidence == 0.5
