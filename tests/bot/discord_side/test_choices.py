"""What is offered for what is typed so far: the order, near spellings, and that it is what a plain search finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_side.libraries.choices import Choice, Choices
from bot.discord_side.limits import CHOICES_MAX

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
