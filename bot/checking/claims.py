"""Whom a name beside a quotation means, and whether somebody may speak for it."""

from bot.answering.desk import Desk
from bot.answering.names import core, tokens
from bot.checking.sighting import Claimed
from index.story import Speaker


def claimed_by(desk: Desk, name: str | None) -> Claimed:
    """Those who may be meant by a name: everybody whom it fits, and whoever speaks for a body of that name."""
    name = " ".join((name or "").split())
    if not name:
        return Claimed()
    meant = desk.meant(name).speakers
    persons = [speaker for speaker in meant if speaker.kind == "person"]
    voices = () if persons else tuple(one for one in desk.speakers(name) if speaks_for(name, one))
    return Claimed(name, frozenset(speaker.id for speaker in (*meant, *voices)))


def speaks_for(name: str, speaker: Speaker) -> bool:
    """Whether a speaker is of the body that is named: "a spokesman for NorthGrid", the council's leader."""
    wanted = set(core(name))
    described = [*speaker.roles, *(() if speaker.named else (speaker.name, *speaker.aliases))]
    return bool(wanted) and any(wanted <= set(tokens(words)) for words in described)


def named_around(desk: Desk, text: str) -> str | None:
    """The one speaker whom a text names, where it names no more than one."""
    spoken = set(tokens(text))
    found = [one for one in desk.speakers(text) if one.named and core(one.name) and core(one.name)[-1] in spoken]
    full = [one for one in found if set(core(one.name)) <= spoken] or found
    return full[0].name if len(full) == 1 else None
