"""Things to try, with real names and words of the stories at hand: each is a question that they answer."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.rendering.discord_escaping import on_one_line
from bot.shelf import Shelf
from index.story import Speaker

MOST = 3
_WORDS = range(4, 12)
_MARKS = frozenset('"“”„«»')
_LONGEST = 80
"""Code points of an example: fits a button."""


def examples_from(shelf: Shelf) -> tuple[str, ...]:
    """At most three questions: what the two who say most said, and who said some short words."""
    counts = Counter(said.speaker for said in shelf.statements())
    named = [who for who in shelf.speakers() if who.named and counts[who.id]]
    most = sorted(named, key=lambda who: (who.kind != "person", -counts[who.id]))[:MOST]
    asked = [f"what did {on_one_line(who.name)} say?" for who in most]
    words = next(_short_words(shelf), None)
    tried = [*asked[:1], *([f"who said {words}?"] if words else []), *asked[1:]]
    return tuple(one for one in tried if len(one) <= _LONGEST)[:MOST]


def named_in(line: str, shelf: Shelf) -> tuple[str, ...]:
    """The people whom a line names, whole or by a surname or a role that is nobody else's, in the stories' order."""
    people = {who.id: who for who in shelf.speakers() if who.named}
    called = {key: _called(who) for key, who in people.items()}
    shared = Counter(name for names in called.values() for name in set(names))
    said = f" {_plain(line)} "
    return tuple(
        on_one_line(people[key].name)
        for key, names in called.items()
        if any(f" {name} " in said and (not at or shared[name] == 1) for at, name in enumerate(names) if name)
    )


def _called(who: Speaker) -> tuple[str, ...]:
    """What somebody may be called, in lower case: the whole name, and then the surname and each role."""
    whole = _plain(who.name)
    return (whole, *whole.split()[-1:], *map(_plain, who.roles))


def _plain(words: str) -> str:
    """Words in lower case, without what stands between them and without their endings for whose something is."""
    return " ".join(re.findall(r"[\w’'-]+", words.casefold().replace("’s", "").replace("'s", "")))


def _short_words(shelf: Shelf) -> Iterator[str]:
    """Somebody's own words that a line holds, in a pair of marks."""
    for said in shelf.statements():
        if said.kind == "direct" and said.speaker and len(said.span) < _LONGEST:
            words = said.span.of(shelf.story(said.story, said.version).text).strip('"“”‘’ .,')
            if len(words.split()) in _WORDS and on_one_line(words) == words and not set(words) & _MARKS:
                yield f"“{words}”"
