"""What is offered for what is typed so far: the order, near spellings, and that it is what a plain search finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_side.libraries.suggestions import SEARCHED_MAX, Choice, Choices, suggestions_from
from bot.discord_side.limits import CHOICE_MAX, CHOICES_MAX
from index.story import Span, Speaker, Statement, Story
from tests.bot.discord_side.shelf import FakeShelf

NAMES = ("Nancy Pelosi", "Paul Ryan", "Ryan Lee", "Bryan O'Hara", "Al Franken")
CHOICES = Choices(Choice(name, name, (name.casefold(), "mayor of Anytown".casefold())) for name in NAMES)


def offered(typed: str) -> list[str]:
    return [choice.value for choice in CHOICES.matching(typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", list(NAMES)),
        ("ryan", ["Ryan Lee", "Paul Ryan", "Bryan O'Hara"]),
        ("  RYAN  l", ["Ryan Lee"]),
        ("pelosy", ["Nancy Pelosi"]),
        ("o'", ["Bryan O'Hara"]),
        ("(", []),
        ("town", list(NAMES)),
        ("zzzzzz", []),
    ],
)
def test_names_that_begin_so_come_before_words_that_do_and_those_before_near_spellings(
    typed: str, found: list[str]
) -> None:
    assert offered(typed) == found


def test_of_stories_only_the_own_ones_can_be_asked_for() -> None:
    choices = Choices(Choice(name, name, (name,), own=name == "b") for name in ("a", "b"))

    assert [choice.value for choice in choices.matching("", only_own=True)] == ["b"]
    assert choices.matching("a", only_own=True) == ()


def people(*said: tuple[str, int]) -> Choices:
    """What is offered of people of whom each said so much."""
    everybody = tuple(Speaker(name, name) for name, _ in said)
    statements = tuple(
        Statement("s", 1, Span(0, 1), "direct", name, None, None, at, 0) for name, count in said for at in range(count)
    )
    return suggestions_from(FakeShelf((Story("s", "x"),), statements, everybody)).speakers


def test_two_people_of_one_surname_are_told_apart_by_their_other_names_and_counts() -> None:
    offered = people(("Stephen Jones", 4), ("Ann Lee", 20), ("Ewen Jones", 12), ("Jonah Reed", 1)).matching("jon")

    assert [(choice.shown, choice.value) for choice in offered] == [
        ("Jones: Ewen (12), Stephen (4)", "Jones"),
        ("Jonah Reed (1)", "Jonah Reed"),
        ("Ewen Jones (12)", "Ewen Jones"),
        ("Stephen Jones (4)", "Stephen Jones"),
    ]


def test_a_family_is_offered_only_to_somebody_who_types_its_name() -> None:
    offered = people(("Stephen Jones", 4), ("Ewen Jones", 12)).matching("")

    assert [choice.shown for choice in offered] == ["Ewen Jones (12)", "Stephen Jones (4)"]


@pytest.mark.parametrize(
    "names", [("Ewen Jones", "Ann Lee"), ("Jones", "Ewen Jones"), ("Al Gore Jr.", "Ed Hall Jr."), ("Jones", "Jones")]
)
def test_nobody_is_put_together_who_shares_no_surname(names: tuple[str, ...]) -> None:
    shown = [choice.shown for typed in ("j", "a") for choice in people(*((one, 1) for one in names)).matching(typed)]

    assert not any(":" in one for one in shown)


def test_a_family_too_large_to_be_shown_whole_is_cut_and_still_a_choice() -> None:
    [family, *_] = people(*((f"Firstname{at} Jones", 1) for at in range(40))).matching("jones")

    assert family.shown.endswith("…")
    assert len(family.shown) <= CHOICE_MAX


FORMS = st.lists(st.lists(st.text("ab .(\\", max_size=6), max_size=3).map(tuple), max_size=40)


@given(FORMS, st.text("ab .(\\", min_size=1, max_size=4).filter(str.strip))
def test_what_holds_the_words_typed_is_found_and_at_most_25_of_it(forms: list[tuple[str, ...]], typed: str) -> None:
    choices = Choices(Choice(str(number), str(number), form) for number, form in enumerate(forms))
    wanted = " ".join(typed.split())
    holding = {str(number) for number, form in enumerate(forms) if any(wanted in " ".join(one.split()) for one in form)}

    found = [choice.value for choice in choices.matching(typed)]

    assert len(found) == len(set(found)) <= CHOICES_MAX
    assert set(found) <= holding or not holding
    assert len(found) == min(len(holding), CHOICES_MAX) or not holding


def test_what_is_searched_at_a_keystroke_is_bounded_however_long_names_are() -> None:
    forms = tuple(f"{'long ' * 1_000}{number}" for number in range(100))

    choices = Choices(Choice(f"Name {number}", f"Name {number}", (f"name {number}", *forms)) for number in range(500))

    assert choices.searched <= SEARCHED_MAX
    assert [choice.value for choice in choices.matching("name 7")][:1] == ["Name 7"]
