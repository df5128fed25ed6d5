"""Whom a name beside a quotation means, and whether somebody may speak for it."""

from bot.checking.sighting import Claimed
from bot.kinds.desk import Desk
from bot.kinds.people import meant_by
from index.language import EMPTY_WORDS
from index.ranking.linking import FULL, LAST, known_by, links_of, words_named
from index.story import Speaker


def claimed_by(desk: Desk, name: str | None) -> Claimed:
    """Those who may be meant by a name: everybody whom it fits, and whoever speaks for a body of that name."""
    name = " ".join((name or "").split())
    if not name:
        return Claimed()
    meant = meant_by(desk, name).speakers
    persons = [speaker for speaker in meant if speaker.kind == "person"]
    voices = () if persons else tuple(one for one in desk.speakers(name) if speaks_for(name, one))
    return Claimed(name, frozenset(speaker.id for speaker in (*meant, *voices)))


def speaks_for(name: str, speaker: Speaker) -> bool:
    """Whether a speaker is of the body that is named: "a spokesman for NorthGrid", the council's leader."""
    wanted = {word.stem for word in words_named(name) if word.letters not in EMPTY_WORDS}
    return bool(wanted) and any(wanted <= role for role in known_by(speaker).roles)


def named_around(desk: Desk, text: str) -> str | None:
    """The one speaker whom a text names, where it names no more than one."""
    links = links_of(text, [speaker for speaker in desk.speakers(text) if speaker.named])
    found = {key: link.name for key, link in links.items() if link.name >= LAST}
    best = [key for key, name in found.items() if name >= FULL] or list(found)
    return next(speaker.name for speaker in desk.speakers(text) if speaker.id == best[0]) if len(best) == 1 else None
