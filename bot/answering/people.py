"""Who is meant by a name, a nickname's spelling, a role, a handle or a group, among those who speak in the stories.

Looks from the surest reading to the loosest and stops at the first that fits anybody: nobody is guessed at while
somebody is named outright.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.answering.names import (
    FAR,
    PEOPLE,
    SECOND,
    TITLES,
    close,
    core,
    distance,
    head_of,
    role_tokens,
    singular,
    tokens,
    without_title,
)
from index.statements.given_names import same_given_name
from index.statements.nouns import BODIES, DOCUMENTS, OUTLETS, role_word
from index.story import Speaker, Story

_BODY_TAILS = re.compile((
    r"\s+(?:poll|polls|survey|surveys|report|study|team|campaign|staff|people|officials|organization|group|website|"
    r"newspaper|magazine|paper)$"
), re.IGNORECASE)  # fmt: skip
_BODY_WORDS = BODIES | OUTLETS | DOCUMENTS | {"inc", "corp", "co", "ltd", "llc", "plc"}
_OWNER = re.compile(r"['’]s?\s")
_PARTY = {
    "democrats": ("democrat", "democratic", "d-"),
    "republicans": ("republican", "gop", "r-"),
    "gop": ("republican", "gop", "r-"),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """Who a name can mean. `mentioned` says that a story has the name in its text though nobody of it speaks.

    `close` holds speakers with a similar name where nobody fits. `role` is what was asked about, where `name` is the
    name of whoever has it, and `story` the one that mentions them.
    """

    name: str
    speakers: tuple[Speaker, ...] = ()
    mentioned: bool = False
    close: tuple[Speaker, ...] = ()
    sure: bool = True
    role: str | None = None
    story: str | None = None


def speakers_named(name: str, speakers: Sequence[Speaker]) -> tuple[tuple[Speaker, ...], bool]:
    """Those a name fits best, and whether it fits them outright (False: a slip of the finger, or part of a role)."""
    wanted = core(name)
    if not wanted:
        return (), False
    head = head_of(name)
    called = [s for s in speakers if head in _what_they_are(s)] if head in PEOPLE else speakers
    for sure, fits in _TIERS:
        found = tuple(speaker for speaker in called if fits(name, wanted, speaker))
        if found:
            return _narrowed(name, wanted, found), sure
    shorter = _BODY_TAILS.sub("", name)
    bodies = tuple(speaker for speaker in speakers if speaker.kind != "person") if shorter != name else ()
    return speakers_named(shorter, bodies) if bodies else ((), False)


def _what_they_are(speaker: Speaker) -> set[str]:
    """The words for it, as `head_of` has them: of a name the title too, of a role or description its head."""
    whole = tuple(_names_of(speaker)) if speaker.named else ()
    described = (*speaker.roles, *(part for role in speaker.roles for part in role.split(" and ")))
    heads = described if speaker.named else (*described, *_names_of(speaker))
    return {
        *(role_word(singular(token)) for own in whole for token in _with_title(own)),
        *(head_of(own) for own in heads),
        *(handle.lstrip("@").casefold() for handle in speaker.handles),
    }


def _with_title(name: str) -> tuple[str, ...]:
    return tokens(name)[-len(without_title(name)) - 1 :]


def _names_of(speaker: Speaker) -> Iterable[str]:
    yield speaker.name
    yield from speaker.aliases


def _cores_of(speaker: Speaker) -> Iterable[tuple[tuple[str, ...], str]]:
    """The words of each name, and which of them comes first behind a title.

    Of somebody unnamed those that are theirs: "Lee's neighbor" is no Lee.
    """
    for own in _names_of(speaker):
        theirs = own if speaker.named else _OWNER.split(own)[-1]
        yield core(theirs), "".join(without_title(theirs)[:1])


def _by_handle(name: str, _wanted: tuple[str, ...], speaker: Speaker) -> bool:
    typed = name.strip().lstrip("@").casefold()
    return any(handle.lstrip("@").casefold() == typed for handle in speaker.handles)


def _whole(name: str, wanted: tuple[str, ...], speaker: Speaker) -> bool:
    """The name or an alias in full, or the surname or given name of a person."""
    full = tokens(name)
    for own in _names_of(speaker):
        if full in (tokens(own), core(own)) or (wanted == core(own) and not _titles_clash(full, own)):
            return True
    return False


def _titles_clash(full: tuple[str, ...], own: str) -> bool:
    return set(full) <= TITLES and tokens(own) != full


def _part(_name: str, wanted: tuple[str, ...], speaker: Speaker) -> bool:
    """Some words of the name, the surname or a given name among them."""
    if set(wanted) <= TITLES:
        return False
    for own, given in _cores_of(speaker):
        if not own:
            continue
        if speaker.kind == "person":
            if set(wanted) <= set(own) and (wanted[-1] in (own[-1], given)):
                return True
            if len(wanted) > 1 and own[-1] == wanted[-1] and len(own) > 1 and same_given_name(wanted[0], given):
                return True
            if (
                len(wanted) == 1
                and len(own) > 1
                and len(wanted[0]) > 2
                and len(given) > 2
                and same_given_name(wanted[0], given)
            ):
                return True
        elif set(wanted) <= set(own) or (len(wanted) > 1 and len(own) > 1 and set(own) <= set(wanted)):
            return True
    return _acronym(wanted, speaker)


def _acronym(wanted: tuple[str, ...], speaker: Speaker) -> bool:
    if len(wanted) != 1 or speaker.kind == "person" or not 2 <= len(wanted[0]) <= 6:
        return False
    return any("".join(token[0] for token in tokens(own)) == wanted[0] for own in _names_of(speaker))


def _longer(name: str, wanted: tuple[str, ...], speaker: Speaker) -> bool:
    """A typed name that holds all of the speaker's: "Senator Al Franken of Minnesota" for Al Franken."""
    own = core(speaker.name)
    if not own or len(wanted) <= len(own):
        return False
    if not (set(own) <= set(wanted) and (len(own) > 1 or speaker.kind != "person" or wanted[-1] == own[-1])):
        return False
    head = head_of(name)  # "the city engineer" holds all of "City", and is somebody else
    return head in _what_they_are(speaker) or (speaker.kind != "person" and head in _BODY_WORDS)


def _by_role(name: str, _wanted: tuple[str, ...], speaker: Speaker) -> bool:
    """The words of a title or description: "the minority leader", "the president"."""
    full = role_tokens(name)
    for role in (
        *speaker.roles,
        *(alias for alias in speaker.aliases if not alias[:1].isupper() or alias.lower().startswith("the ")),
    ):
        own = role_tokens(role)
        is_head = head_of(role) in full or full == own[:2]
        if own and full and set(full) <= set(own) and is_head and not _is_second(own, full):
            return True
        if len(full) > 1 and own and own == full[: len(own)] and len(own) > 1:
            return True
    return False


def _by_role_loosely(name: str, _wanted: tuple[str, ...], speaker: Speaker) -> bool:
    """Any words of a role, the name with it; a single one has to be what they are, and not only stand beside it."""
    full = {singular(token) for token in tokens(name)}
    described = ({singular(token) for token in (*tokens(role), *core(speaker.name))} for role in speaker.roles)
    fits = bool(full) and any(full <= own and not _is_second(own, full) for own in described)
    return fits and (len(full) > 1 or head_of(name) in _what_they_are(speaker))


def _is_second(own: Collection[str], asked: Collection[str]) -> bool:
    """Whether a role is that of a deputy where none was asked about."""
    return not SECOND.isdisjoint(own) and SECOND.isdisjoint(asked)


def _slipped(_name: str, wanted: tuple[str, ...], speaker: Speaker) -> bool:
    """A slip of the finger in one word, the rest as it should be."""
    for own, given in _cores_of(speaker):
        if not own:
            continue
        ends = {given, own[-1]} if speaker.kind == "person" else set(own)
        if len(wanted) == 1 and any(close(wanted[0], end) for end in ends):
            return True
        if len(wanted) > 1 and all(any(word == token or close(word, token) for token in own) for word in wanted):
            return True
    return False


def _role_in_full(name: str, _wanted: tuple[str, ...], speaker: Speaker) -> bool:
    """A title of two words or more, just as the story has it: "the police chief"."""
    full = role_tokens(name)
    return len(full) > 1 and any(full == role_tokens(role) for role in speaker.roles)


_TIERS = (
    (True, _by_handle),
    (True, _role_in_full),
    (True, _whole),
    (True, _part),
    (True, _longer),
    (True, _by_role),
    (False, _by_role_loosely),
    (False, _slipped),
)


def _narrowed(name: str, wanted: tuple[str, ...], found: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
    """Of several, those with the name written just so among their names; then those whose title was typed too."""
    if len(found) < 2:
        return found
    titles = set(tokens(name)) - set(wanted)
    titled = tuple(
        s for s in found if titles and titles <= {t for words_ in (*s.roles, *s.aliases) for t in tokens(words_)}
    )
    found = titled or found
    named = tuple(s for s in found if s.named)
    return named or found


def is_group_name(name: str) -> bool:
    """Whether a name is that of several: "the managers", "Democrats"."""
    last = core(name)[-1:] or ("",)
    return (name.islower() and last[0].endswith("s") and not last[0].endswith("ss")) or last[0] in (
        "democrats",
        "republicans",
        "gop",
    )


def party_members(name: str, speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Those whom the story itself gives the party of, for "Democrats" or "Republicans" where no such group speaks."""
    marks = _PARTY.get(name.casefold().removeprefix("the ").strip(), ())
    if not marks:
        return ()
    said = [(s, " ".join((*s.roles, *s.aliases)).casefold()) for s in speakers]
    return tuple(
        s for s, described in said if any(re.search(rf"(?<!\w){re.escape(mark)}", described) for mark in marks)
    )


def mentioned(name: str, stories: Iterable[Story]) -> Story | None:
    """The first story whose text has the name, as words; a bare word must stand there with a capital."""
    held = tuple(stories)
    for wanted in _forms_of(name):
        exact = re.compile(r"(?<!\w)" + r"[\s.'’-]+".join(map(re.escape, wanted)) + r"(?!\w)", re.IGNORECASE)
        for story in held:
            for found in exact.finditer(story.text):
                if any(character.isupper() for character in found.group()) or " " in found.group():
                    return story
    return None


def _forms_of(name: str) -> Iterable[tuple[str, ...]]:
    """The name as typed, then without a description before it: "the Russian ambassador Kislyak" is Kislyak."""
    wanted = core(name)
    if wanted:
        yield wanted
    every = tokens(name)
    titles = [place for place, token in enumerate(every) if token in TITLES]
    if titles and titles[-1] + 1 < len(every):
        yield every[titles[-1] + 1 :]


def similar(name: str, speakers: Sequence[Speaker], limit: int = 3) -> tuple[Speaker, ...]:
    """Speakers with a name that looks like this one, nearest first; for "did you mean"."""
    wanted = core(name)
    if not wanted:
        return ()
    ranked = []
    for place, speaker in enumerate(speakers):
        own = core(speaker.name)
        if speaker.named and own:
            apart = min(
                distance(word, token) / max(len(word), len(token))
                for word in wanted[-1:]
                for token in (own[0], own[-1])
            )
            ranked.append((apart, place, speaker))
    return tuple(speaker for apart, _, speaker in sorted(ranked, key=lambda row: row[:2])[:limit] if apart <= FAR)
