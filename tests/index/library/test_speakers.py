"""Who is who across stories."""

from datetime import date

import pytest

from index.library.speakers import Appearance, merge_people
from index.story import Speaker, Story

MONDAY, WEEK_AFTER, YEAR_AFTER = date(2021, 3, 1), date(2021, 3, 8), date(2022, 3, 1)


def appearance(story: str, name: str, *roles: str, when: date | None = None, kind: str = "person") -> Appearance:
    identity = name.lower().replace(" ", "-")
    return Appearance(Story(story, "", date=when), Speaker(identity, name, kind, (), roles))  # type: ignore[arg-type]


def merged(*appearances: Appearance) -> list[str]:
    """For each appearance in turn, the id it gets in the library."""
    _, owners = merge_people(appearances)
    return [owners[each.key] for each in appearances]


def test_a_full_name_is_one_person() -> None:
    people, _ = merge_people([appearance("a", "Ana Ruiz", "Mayor"), appearance("b", "Ana Ruiz", "Governor")])
    assert people == (Speaker("ana-ruiz", "Ana Ruiz", "person", (), ("Mayor", "Governor")),)


def test_accents_dots_and_suffixes_do_not_make_another_person() -> None:
    assert len(set(merged(appearance("a", "José Núñez Jr."), appearance("b", "Jose Nunez")))) == 1


def test_a_middle_name_joins_if_only_one_is_known() -> None:
    people, _ = merge_people([appearance("a", "Kim D. Hall"), appearance("b", "Kim Hall")])
    assert [(speaker.name, speaker.aliases) for speaker in people] == [("Kim D. Hall", ("Kim Hall",))]
    names = ("Kim D. Hall", "Kim W. Hall", "Kim Hall")
    assert len(set(merged(*(appearance(name, name) for name in names)))) == 3


@pytest.mark.parametrize(
    ("bare", "together"),
    [
        (appearance("b", "Ruiz", "mayor", when=YEAR_AFTER), True),
        (appearance("b", "Ruiz", when=WEEK_AFTER), True),
        (appearance("b", "Ruiz", when=YEAR_AFTER), False),
        (appearance("b", "Ruiz", "coach", when=WEEK_AFTER), False),
        (appearance("b", "Ruiz"), False),
        (appearance("b", "Ruizova", when=WEEK_AFTER), False),
    ],
)
def test_a_bare_surname_joins_only_who_it_surely_is(bare: Appearance, together: bool) -> None:
    ids = merged(appearance("a", "Ana Ruiz", "Mayor", when=MONDAY), bare)
    assert (ids[0] == ids[1]) is together


def test_two_people_with_one_surname_stay_apart() -> None:
    ids = merged(
        appearance("a", "Ana Ruiz", "Mayor", when=MONDAY),
        appearance("b", "Tom Ruiz", "Coach", when=MONDAY),
        appearance("c", "Ruiz", when=MONDAY),
        appearance("d", "Ruiz", "coach", when=MONDAY),
    )
    assert ids == ["ana-ruiz", "tom-ruiz", "ruiz", "tom-ruiz"]


def test_sources_without_a_name_are_never_one() -> None:
    ids = merged(*(appearance(story, "a senior aide", kind="unnamed") for story in ("a", "b")))
    assert ids == ["a-senior-aide", "a-senior-aide-2"]


def test_a_person_and_an_organisation_of_one_name_stay_apart() -> None:
    ids = merged(appearance("a", "Morgan Stanley"), appearance("b", "Morgan Stanley", kind="organisation"))
    assert len(set(ids)) == 2


def test_an_organisation_is_one_with_or_without_its_article() -> None:
    assert len(set(merged(*(appearance(n, n, kind="organisation") for n in ("The Courier", "Courier"))))) == 1


def test_ids_outlive_the_story_they_came_with() -> None:
    first, second = (appearance(story, "a senior aide", kind="unnamed") for story in ("a", "b"))
    _, owners = merge_people([first, second])
    _, later = merge_people([Appearance(second.story, second.speaker, owners[second.key])])
    assert later[second.key] == owners[second.key] == "a-senior-aide-2"


def test_the_name_shown_is_the_fullest() -> None:
    people, _ = merge_people(
        [appearance("b", "Ruiz", "Mayor"), appearance("a", "Ana Ruiz", "Mayor"), appearance("c", "Ana Ruiz")]
    )
    assert [(speaker.id, speaker.name, speaker.aliases) for speaker in people] == [("ana-ruiz", "Ana Ruiz", ("Ruiz",))]
