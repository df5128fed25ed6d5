"""Turns the somebodies of a story into Speakers: a canonical name, its other forms, and an id unique in the story.

A body that the story also calls by its initials has them behind its name: "World Health Organization (WHO)".
"""

from collections.abc import Sequence

from index.language.given_names import folded
from index.language.words import plain_words
from index.statements.census import initials_of
from index.statements.people import Somebody
from index.story import Speaker, SpeakerKind

_LONGEST_ACRONYM = 8


class Register:
    """Turns somebodies into Speakers with ids that are unique in the story."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def enrol(self, meant: Sequence[Somebody | None]) -> tuple[tuple[Speaker, ...], tuple[str | None, ...]]:
        """The Speakers in the order of their first appearance, and the id of each one given."""
        speakers: dict[int, Speaker] = {}
        for one in meant:
            if one is not None and id(one) not in speakers:
                speakers[id(one)] = _speaker(one, self._id(one.name))
        return tuple(speakers.values()), tuple(speakers[id(one)].id if one is not None else None for one in meant)

    def _id(self, name: str) -> str:
        slug = "-".join(plain_words(folded(name))) or "speaker"
        self._ids[slug] = self._ids.get(slug, 0) + 1
        return slug if self._ids[slug] == 1 else f"{slug}-{self._ids[slug]}"


def _speaker(one: Somebody, identity: str) -> Speaker:
    kinds: dict[str, SpeakerKind] = {
        "person": "person",
        "organisation": "organisation",
        "group": "group",
        "place": "organisation",
    }
    kind = "unnamed" if one.described else kinds[one.kind]
    short = _acronym(one) if one.kind == "organisation" else ""
    name = f"{one.name} ({short})" if short else one.name
    aliases = tuple(form for form in dict.fromkeys((one.name, *one.forms)) if form != name)
    return Speaker(identity, name, kind, aliases, tuple(dict.fromkeys(one.roles)), tuple(one.handles))


def _acronym(one: Somebody) -> str:
    """The initials by which a story calls a body beside its name."""
    fits = initials_of(one.name) | initials_of(one.name.rpartition(" ")[0]) if " " in one.name else ()
    return next((form for form in one.forms if _is_acronym(form) and folded(form).replace("&", "") in fits), "")


def _is_acronym(form: str) -> bool:
    letters = form.replace("&", "")
    return 1 < len(form) <= _LONGEST_ACRONYM and form[0] != "&" and letters.isalpha() and letters.isupper()
