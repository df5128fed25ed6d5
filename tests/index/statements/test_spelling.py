"""Names whose letters stand in several code points: composed of two, or broken by a wrong encoding."""

import pytest

from index.statements.spelling import FILLER, in_one_spelling, without_fillers
from index.story import Story
from tests.attributors import as_shipped


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Renata Pe\u0301rez", "Renata Pérez"),
        ("Iñigo PeÃ±a", "Iñigo Peña"),
        ("PeA\u0303\xb1a Holt", "Peña Holt"),
        ("SarukA\u0303\x83A\u0302\xa1n", "Sarukán"),
        ("Ann Ãlvar, SÃO", "Ann Ãlvar, SÃO"),
        ("“Â´”", "“Â´”"),
        ("Ann Lee’s", "Ann Lee’s"),
    ],
)
def test_a_letter_in_several_code_points_is_one(written: str, read: str) -> None:
    mended = in_one_spelling(written)
    assert without_fillers(mended) == read
    assert len(mended) == len(written)


def test_a_text_that_has_the_filler_stays() -> None:
    text = f"Pe\u0301rez of Kha{FILLER}"
    assert in_one_spelling(text) == text


@pytest.mark.parametrize("name", ["Renata Pe\u0301rez", "Renata PA\u0303\xa9rez", "Renata PÃ©rez"])
def test_whoever_is_misspelt_so_is_one_person_with_the_words_as_they_stand(name: str) -> None:
    surname = name.removeprefix("Renata ")
    text = f"“The pier stays,” said {name}, the mayor. “Go home,” {surname} added."
    attributed = as_shipped().attribute(Story("s", text))
    (speaker,) = attributed.speakers
    assert (speaker.name, speaker.id) == ("Renata Pérez", "renata-perez")
    assert [one.span.of(text) for one in attributed.statements] == ["“The pier stays,”", "“Go home,”"]
    assert {one.speaker for one in attributed.statements} == {speaker.id}


def test_an_outlet_that_is_misspelt_so_is_shown_as_it_is_called() -> None:
    (statement,) = as_shipped().attribute(Story("s", "“The pier stays,” Ann Lee told Radio Pe\u0301rez.")).statements
    assert statement.relay == ("Radio Pérez",)
    assert "\u1e96" not in (statement.addressee or "")
