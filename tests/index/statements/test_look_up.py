"""Whom a person asking means by a name."""

import pytest

from index.statements.look_up import find_speakers
from index.story import Speaker

CAST = (
    Speaker("paul-rowan", "Paul Rowan", aliases=("Rowan", "House Speaker Rowan"), roles=("House Speaker",)),
    Speaker("nina-pellow", "Nina Pellow", roles=("House Minority Leader",)),
    Speaker("dale-tremont", "Dale Tremont", aliases=("Tremont", "President Tremont"), roles=("President",)),
    Speaker("mike-pender", "Mike Pender", roles=("Vice President",)),
    Speaker("elizabeth-warlow", "Elizabeth Warlow", handles=("@SenWarlow",)),
    Speaker("bill-carver", "Bill Carver", aliases=("Mr. Carver",)),
    Speaker("helena-carver", "Helena Carver", aliases=("Mrs. Carver",)),
    Speaker("sam-johnson", "Sam Johnson"),
    Speaker("jose-munoz", "José Muñoz", roles=("U.S. Senator",)),
    Speaker("the-river-times", "The River Times", "organisation"),
    Speaker("fbw", "Federal Bureau of Weather", "organisation", aliases=("FBW",)),
    Speaker("democrats", "Democrats", "group"),
    Speaker("a-senior-aide", "a senior aide", "unnamed"),
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Paul Rowan", ["paul-rowan"]),
        ("ROWAN", ["paul-rowan"]),
        ("rowan's", ["paul-rowan"]),
        ("Speaker Rowan", ["paul-rowan"]),
        ("p. rowan", ["paul-rowan"]),
        ("paul", ["paul-rowan"]),
        ("the house speaker", ["paul-rowan"]),
        ("the minority leader", ["nina-pellow"]),
        ("the president", ["dale-tremont"]),
        ("the vice president", ["mike-pender"]),
        ("Michael Pender", ["mike-pender"]),
        ("@senwarlow", ["elizabeth-warlow"]),
        ("SenWarlow", ["elizabeth-warlow"]),
        ("Liz Warlow", ["elizabeth-warlow"]),
        ("Carver", ["bill-carver", "helena-carver"]),
        ("Mrs. Carver", ["helena-carver"]),
        ("William Carver", ["bill-carver"]),
        ("munoz", ["jose-munoz"]),
        ("the senator", ["jose-munoz"]),
        ("the Times", ["the-river-times"]),
        ("fbw", ["fbw"]),
        ("the democrats", ["democrats"]),
        ("the aide", ["a-senior-aide"]),
    ],
)
def test_a_speaker_is_found_by_name_role_handle_and_short_form(asked: str, found: list[str]) -> None:
    assert [speaker.id for speaker in find_speakers(asked, CAST)] == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("rowna", "paul-rowan"),
        ("pelow", "nina-pellow"),
        ("Jhonson", "sam-johnson"),
        ("elizabth warlow", "elizabeth-warlow"),
        ("minority leeder", "nina-pellow"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(asked: str, found: str) -> None:
    assert [speaker.id for speaker in find_speakers(asked, CAST)] == [found]


@pytest.mark.parametrize(
    "asked", ["Jackson", "Robert Rowan", "Kaplan", "the governor", "Fender", "", "  ", "?", "@nobody"]
)
def test_nobody_is_found_for_another_name(asked: str) -> None:
    assert find_speakers(asked, CAST) == ()


def test_nobody_is_found_where_nobody_speaks() -> None:
    assert find_speakers("Rowan", ()) == ()
