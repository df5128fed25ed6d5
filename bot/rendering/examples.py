"""Things to try, with real names and words of the stories at hand: each is a question that they answer."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.rendering.discord_escaping import on_one_line
from bot.shelf import Shelf

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
    """The people whom a line names, whole or by a surname that is nobody else's, in the order of the stories."""
    words = re.findall(r"[\w’'-]+", line.casefold().replace("’s", "").replace("'s", ""))
    people = {on_one_line(who.name): who.name.casefold().split() for who in shelf.speakers() if who.named}
    surnames = Counter(name[-1] for name in people.values() if name)
    said = f" {' '.join(words)} "
    return tuple(
        shown
        for shown, name in people.items()
        if name and (f" {' '.join(name)} " in said or (surnames[name[-1]] == 1 and f" {name[-1]} " in said))
    )


def _short_words(shelf: Shelf) -> Iterator[str]:
    """Somebody's own words that a line holds, in a pair of marks."""
    for said in shelf.statements():
        if said.kind == "direct" and said.speaker and len(said.span) < _LONGEST:
            words = said.span.of(shelf.story(said.story, said.version).text).strip('"“”‘’ .,')
            if len(words.split()) in _WORDS and on_one_line(words) == words and not set(words) & _MARKS:
                yield f"“{words}”"
