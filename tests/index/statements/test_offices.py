"""Which office words tell of: with "deputy", "former" or "wife of" it is another one than without."""

import pytest

from index.ranking.linking import links_of, of_another_office
from index.statements.offices import is_another
from index.story import Speaker


@pytest.mark.parametrize(
    ("asked", "role"),
    [
        ("the mayor", "Deputy Mayor"),
        ("the president", "Former British president"),
        ("the chancellor", "university's vice-chancellor"),
        ("the mayor", "Mayor-elect"),
        ("the senator", "aide to the senator"),
        ("the mayor", "candidate for mayor"),
        ("the mayor", "Mayoral candidate"),
        ("the mayor", "mayor's wife"),
        ("the sheriff", "Sheriff's deputy"),
        ("the president", "chief of staff to the former president"),
        ("the governor", "Lt. Gov."),
        ("the attorney general", "Assistant attorney general"),
    ],
)
def test_an_office_is_not_the_one_that_another_word_makes_of_it(asked: str, role: str) -> None:
    assert is_another(asked, role)
    assert is_another(role, asked)


@pytest.mark.parametrize(
    ("asked", "role"),
    [
        ("the ex-president", "Former president"),
        ("the interim director", "acting director"),
        ("the professor", "assistant professor of geology"),
        ("the general", "Lt. Gen."),
        ("the mayor's spokesman", "spokesman for the mayor"),
        ("the owner", "co-owner of the Anchor"),
        ("the deputy", "Deputy Mayor"),
        ("what did the mayor say about her former deputy?", "Mayor"),
        ("what's the senator's plan?", "Sen."),
        ("the police", "Former police chief"),
        ("the mortgage bankers boss", "president of the Mortgage Bankers Association"),
        ("that pollster", "Former Kessler pollster"),
        ("the Pfizer doctor", "Pfizer's senior vice president of vaccine research"),
    ],
)
def test_an_office_stays_the_same_in_other_words(asked: str, role: str) -> None:
    assert not is_another(asked, role)


def test_who_has_an_office_among_others_has_no_other_one() -> None:
    risen = Speaker("lee", "Ann Lee", roles=("Mayor", "former deputy mayor"))
    assert of_another_office("the mayor", [risen]) == frozenset()
    assert of_another_office("the deputy harbour master", [risen]) == frozenset()
    assert of_another_office("the deputy mayor", [risen]) == {"lee"}


def test_whoever_had_an_office_then_may_be_called_the_former_one_where_nobody_was_it() -> None:
    then, before = Speaker("lee", "Ann Lee", roles=("Mayor",)), Speaker("poe", "Al Poe", roles=("former mayor",))
    assert of_another_office("the ex-mayor", [then]) == frozenset()
    assert of_another_office("the old mayor", [then, before]) == frozenset()
    assert of_another_office("the former mayor", [then, before]) == {"lee"}
    assert of_another_office("the mayor", [then, before]) == {"poe"}
    assert of_another_office("the mayor", [before]) == {"poe"}


def test_nobody_is_called_what_stands_before_the_name() -> None:
    mayor = Speaker("lee", "Ann Lee", aliases=("Mayor Ann Lee", "Lee"), roles=("Mayor",))
    assert links_of("what did the deputy mayor say?", [mayor]) == {}
    assert links_of("what did the mayor say?", [mayor])["lee"].name == 0
    assert links_of("what did Mayor Lee say?", [mayor])["lee"].name > 0
