"""Whom “she”, “who” and “her sister” stand for in a story, on short stories written for these tests."""

import pytest

from index.statements.findings import Attribution
from index.statements.speakers import cast_of
from index.statements.words import Words
from index.story import Span
from tests.index.statements.casting import HARBOR, cast, names, only, read


def test_she_is_the_woman_who_spoke_last() -> None:
    assert names(HARBOR, "Kessler said", "she said.") == ["Ruth Kessler", "Ruth Kessler"]


def test_he_and_she_go_to_different_people() -> None:
    text = 'Linda Marsh debated Robert Cole on Monday. "He is wrong," she said. "I am right," he said.'
    assert names(text, "she", "he said") == ["Linda Marsh", "Robert Cole"]


def test_who_is_the_person_right_before_it() -> None:
    text = "The hall was full when Linda Marsh, who called the vote a scandal, arrived with Robert Cole."
    assert names(text, "who") == ["Linda Marsh"]


def test_her_campaign_is_the_campaign_of_the_woman_meant() -> None:
    text = "Linda Marsh cancelled a speech on Sunday. Her campaign said she was ill."
    assert names(text, "Her campaign") == ["Marsh campaign"]


def test_a_pronoun_that_nobody_fits_is_left_open() -> None:
    text = "The rain fell all day. He said nothing would help."
    assert names(text, "He") == [None]


def test_i_inside_a_quotation_is_its_speaker() -> None:
    text = '"I said no to that," Robert Cole told reporters.'
    inner = Attribution((), Span(1, 2), None)
    outer = Attribution((Span(0, 20),), Span(text.index("Robert"), text.index(" told")), None)
    result = cast_of(Words(read(text)), [inner, outer])
    assert result.speaker_of == ("robert-cole", "robert-cole")


MIMS = "Carla Mims was the main witness. Mims admitted that she had taken a bonus, and Mims said so.\n\n"


@pytest.mark.parametrize(
    "speaker", ["One juror, who asked not to be named because she was afraid,", "A juror", "A voter"]
)
def test_she_is_the_unnamed_speaker_of_the_sentence_before(speaker: str) -> None:
    text = MIMS + f'{speaker} said the books decided it. "There was nothing left," she said. "It was sad," she added.'
    _, juror, she, again = cast(text, "Mims admitted", speaker, "she said. ", "she added").speaker_of
    assert juror == she == again


def test_she_is_no_unnamed_speaker_of_another_paragraph() -> None:
    text = MIMS + 'A man said the books decided it.\n\n"There was nothing left," she said.'
    assert names(text, "she said.") == ["Carla Mims"]


def test_she_is_no_unnamed_man() -> None:
    text = MIMS + 'A spokesman said the books decided it. "There was nothing left," she said.'
    assert names(text, "A spokesman", "she said.") == ["A spokesman", "Carla Mims"]


def test_her_sister_is_the_one_whom_the_story_introduced_as_such() -> None:
    text = "Ana Petrov and her sister, Vera, opened the shop in 1990. “And no heating,” adds her sister."
    assert names(text, "her sister.") == ["Vera"]


def test_she_is_who_spoke_last_though_paragraphs_without_anybody_lie_between() -> None:
    rest = "The hall was full. The doors were shut. Rain fell on the roof. Buses ran late. Lights went out.\n\n" * 2
    text = f"Annya Artiga, who runs the hall, said it was cold.\n\n{rest}“We lit a stove,” she said."
    assert names(text, "Annya Artiga", "she said") == ["Annya Artiga"] * 2


def test_i_outside_everybodys_words_is_the_author_and_inside_them_whoever_speaks() -> None:
    text = "I think it is late. “It is early, I told her,” said Ann Lee."
    mine, said, told = (text.index(words) for words in ("I think", "“It", "I told"))
    attributions = [
        Attribution((Span(8, 18),), Span(mine, mine + 1), None),
        Attribution((Span(said, text.index("said")),), Span(len(text) - 8, len(text) - 1), None),
        Attribution((), Span(told, told + 1), None),
    ]
    found = cast_of(Words(read(text)), attributions, "Bo Reed")
    assert found.speaker_of == ("bo-reed", "ann-lee", "ann-lee")
    assert next(one for one in found.speakers if one.id == "bo-reed").roles == ("author",)
    assert cast_of(Words(read(text)), attributions).speaker_of == (None, "ann-lee", "ann-lee")


def test_an_author_whom_the_story_names_is_that_person() -> None:
    text = "By Bo Reed\n\nI think it is late."
    at = text.index("I think")
    found = cast_of(Words(read(text)), [Attribution((), Span(at, at + 1), None)], "Bo Reed")
    assert [(one.name, one.roles) for one in found.speakers] == [("Bo Reed", ("author",))]


def test_an_unnamed_source_of_somebody_has_their_name_in_its_own_where_that_is_plain() -> None:
    text = "Robert Cole left early. His spokesman said that it went badly. It was a farce, his spokesman said."
    (source,) = cast(text, "His spokesman", "his spokesman said").speakers
    assert (source.kind, source.named, source.name) == ("unnamed", False, "Robert Cole’s spokesman")
    for doubtful in ("Robert Cole and Dan Lee left early.", "Robert Cole left early. Then it rained."):
        assert only(f"{doubtful} His spokesman said that it went badly.", "His spokesman").name == "His spokesman"
