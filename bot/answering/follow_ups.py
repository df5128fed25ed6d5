"""What a question means after what was asked before it: "she", "that", "and Pelosi?", "who else?".

The conversation is a value; earlier questions are understood again here, which costs next to nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.asked import Asked
from bot.answering.desk import Desk
from bot.answering.matching import has_content
from bot.answering.names import TITLES, core
from bot.answering.scope import split_when
from bot.answering.text import words
from bot.answering.understanding import understand
from bot.answers import Turn
from index.statements.given_names import gender_of, is_given_name
from index.story import Speaker

_HE = frozenset(["he", "him", "his", "himself"])
_SHE = frozenset(["she", "her", "hers", "herself"])
_THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
_PERSON = _HE | _SHE | _THEY
_NEWEST = 5  # stories whose people "she" may mean where nothing was said before
_THAT = frozenset(
    [
        "it",
        "that",
        "this",
        "these",
        "those",
        "so",
        "thing",
        "things",
        "same",
        "topic",
        "subject",
        "issue",
        "matter",
        "one",
    ]
)
_SAME_PERSON = re.compile(
    r"^(?:the |that |this )?(?:same )?(?:person|guy|man|woman|speaker|politician|dude|lady|one|same|latter|former)$",
    re.IGNORECASE,
)


_PRONOUN = re.compile(r"\b(?:he|she|him|(?P<whose>his|her))\b", re.IGNORECASE)
_OTHER = re.compile(r"(?:the |an)?other (?P<name>\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A "she" or "he" that several people fit."""

    word: str
    people: tuple[Speaker, ...]
    topic: str | None = None


def settled(desk: Desk, question: str, history: Sequence[Turn]) -> Asked | Unclear:
    """What a question asks once everything it leaves out is taken from the turns before it."""
    before: Asked | None = None
    turns = list(history)[-desk.limits.turns :]
    for turn in turns:
        now = _after(desk, understand(split_when(turn.question, desk.today)[0]), before, turn)
        before = before if isinstance(now, Unclear) or now.wanted == "chatter" else now
    return _after(desk, understand(question), before, turns[-1] if turns else None, last=True)


def _after(desk: Desk, asked: Asked, before: Asked | None, turn: Turn | None, *, last: bool = False) -> Asked | Unclear:
    """One question after the one before it."""
    if asked.wanted == "fragment" and asked.who and not asked.others:
        asked = _fragment(desk, asked, before)
    if asked.wanted in ("said", "check", "about") and asked.who and _is_person_word(asked.who):
        found = _referred(desk, asked, before, turn if last else None)
        if isinstance(found, Unclear):
            return found
        asked = found
    if "fact" in (asked.wanted, asked.detail) and before and before.who:
        asked = _with_name(desk, asked, before.who)
    return _with_topic(desk, asked, before)


def _with_name(desk: Desk, asked: Asked, who: str) -> Asked:
    """A question of fact with the name for the first "he" or "she" in it: "how old is she?" is about one person."""
    found = _PRONOUN.search(asked.text)
    people = [p for p in _named_in(desk, who, whole=True) if p.named] if found else []
    if found is None or len(people) != 1 or _wrong_gender(found.group().lower(), people[0]):
        return asked
    name = people[0].name
    owning = found["whose"] and asked.text[found.end() :].strip()
    named = asked.text[: found.start()] + (f"{name}'s" if owning else name) + asked.text[found.end() :]
    return Asked("fact", named, who=name)


def _fragment(desk: Desk, asked: Asked, before: Asked | None) -> Asked:
    """A bare name or topic: "and Pelosi?", "what about Russia?"."""
    rest = asked.who or ""
    if _is_person_word(rest) or all(word.text.lower() in _THAT for word in words(rest)):
        return replace(before, text=asked.text) if before else replace(asked, wanted="said")
    other = _OTHER.fullmatch(rest)
    if other and before and before.who:
        return _another(desk, asked, before, other["name"])
    is_speaker = bool(desk.meant(rest).speakers)
    if before is None or before.wanted not in ("said", "who-said", "check"):
        if before is None and not is_speaker and asked.text.lower().startswith("about "):
            return Asked("about", asked.text, topic=rest)
        if is_speaker or before is None:
            return Asked("said", asked.text, who=rest, loose=not (is_speaker or _is_name(desk, rest)))
        return (
            Asked("fact", f"{before.text} {rest}")
            if before.wanted == "fact"
            else Asked("said", asked.text, who=rest, loose=True)
        )
    if is_speaker or (_is_name(desk, rest) if before.topic is None else _is_person(desk, rest)):
        if before.wanted == "check":
            return replace(before, who=rest, text=asked.text)
        topic = before.words if before.wanted == "who-said" else before.topic
        return replace(
            before, wanted="said", who=rest, topic=topic, words=None, loose=False, text=asked.text, everyone=False
        )
    if before.wanted == "said" and before.who:
        return replace(before, topic=rest, text=asked.text, loose=False, detail=None)
    return Asked("fact", f"{before.text} {rest}")


def _another(desk: Desk, asked: Asked, before: Asked, name: str) -> Asked:
    """Somebody else of a name: "the other Lind", after one of them."""
    talked_of = {speaker.id for speaker in desk.meant(before.who or "").speakers}
    others = [speaker for speaker in _named_in(desk, name, whole=False) if speaker.id not in talked_of]
    who = others[0].name if len(others) == 1 else f"the other {name}"
    return replace(before, wanted="said", who=who, words=None, loose=False, text=asked.text)


def _is_person(desk: Desk, name: str) -> bool:
    """Whether the stories have somebody of this name: a given name or a title stands before it, or begins it."""
    own = re.compile(r"\b(?:([\w.’'-]+)\s+)?" + r"\s+".join(map(re.escape, name.split())) + r"\b", re.IGNORECASE)
    for story in desk.stories()[:20]:
        for found in own.finditer(story.text):
            before = found[1] or ""
            titled = is_given_name(before) or before.lower().rstrip(".") in TITLES - {"the", "us"}
            full = len(name.split()) > 1 and is_given_name(name.split()[0])
            if (before[:1].isupper() and titled) or (full and found.group()[0].isupper()):
                return True
    return False


def _is_name(desk: Desk, words_: str) -> bool:
    """Whether the stories have it as somebody's name: after a given name or title, with a capital."""
    wanted = core(words_)
    if not wanted:
        return False
    pattern = re.compile(r"\b[A-Z][\w.'’-]+\s+" + r"\s+".join(map(re.escape, wanted)) + r"\b", re.IGNORECASE)
    for story in desk.stories()[:20]:
        for found in pattern.finditer(story.text):
            if found.group()[0].isupper() and found.group().split()[-1][0].isupper():
                return True
    return len(wanted) > 1 and any(words_.lower() in story.text.lower() for story in desk.stories()[:20])


def _is_person_word(name: str) -> bool:
    return name.lower() in _PERSON or bool(_SAME_PERSON.match(name))


def _referred(desk: Desk, asked: Asked, before: Asked | None, turn: Turn | None) -> Asked | Unclear:
    """Whom "she" or "they" means: whoever was asked about before, or was named in the question or the answer."""
    word = (asked.who or "").lower()
    people = _people_before(desk, before, turn)
    fitting = tuple(p for p in people if not _wrong_gender(word, p))
    if not fitting:
        everybody = _who_it_may_be(desk, word, asked)
        known = any(person.kind == "person" for person in people)
        if len(everybody) > 1 and (before is None or known):
            return Unclear(word, everybody[:5], asked.topic)
        fitting = everybody[:1] if len(everybody) == 1 else ()
    if not fitting:
        if known or before is None or not before.who:
            return replace(asked, wanted="fact", who=None)
        return replace(asked, who=before.who)
    subject = before.who if before else None
    if len(fitting) > 1 and word not in _THEY and not (subject and has_content(asked.topic)):
        return Unclear(word, fitting[:5], asked.topic)
    if word in _THEY and len(fitting) > 1:
        return replace(asked, who=" and ".join(p.name for p in fitting))
    return replace(asked, who=fitting[0].name)


def _who_it_may_be(desk: Desk, word: str, asked: Asked) -> tuple[Speaker, ...]:
    """Those whom "she" may mean where nobody was talked of; among many stories the people of the newest few."""
    if desk.story or len(desk.shelf.stories) == 1:
        speakers = desk.speakers()
    elif has_content(asked.topic) or asked.wanted != "said":
        return ()
    else:
        newest = sorted(desk.stories(), key=lambda story: story.date or date.min, reverse=True)[:_NEWEST]
        speakers = tuple(dict.fromkeys(s for story in newest for s in desk.shelf.speakers(story.id)))
    return tuple(s for s in speakers if s.named and s.kind == "person" and not _wrong_gender(word, s))


def _people_before(desk: Desk, before: Asked | None, turn: Turn | None) -> tuple[Speaker, ...]:
    """Speakers named in the turn before, the one asked about first."""
    if before is None:
        return ()
    found: dict[str, Speaker] = {}
    for part in (
        before.who,
        before.addressee,
        before.topic,
        before.words,
        before.text if before.wanted == "fact" else None,
    ):
        for speaker in _named_in(desk, part or "", whole=part == before.who):
            found.setdefault(speaker.id, speaker)
    if not found and turn and turn.answer:
        for speaker in _named_in(desk, turn.answer[:2_000], whole=False):
            found.setdefault(speaker.id, speaker)
    return tuple(found.values())


def _named_in(desk: Desk, text: str, *, whole: bool) -> tuple[Speaker, ...]:
    """The speakers whom a stretch of text names."""
    if not text:
        return ()
    if whole:
        meant = desk.meant(text)
        if meant.speakers:
            return meant.speakers
    having = set(core(text))
    return tuple(
        speaker
        for speaker in desk.speakers(text)
        if speaker.kind == "person"
        and core(speaker.name)
        and core(speaker.name)[-1] in having
        and len(core(speaker.name)[-1]) > 2
    )


_MALE_ROLES = frozenset(
    [
        "mr",
        "congressman",
        "spokesman",
        "chairman",
        "sir",
        "father",
        "king",
        "prince",
        "husband",
        "son",
        "brother",
        "actor",
        "businessman",
    ]
)
_FEMALE_ROLES = frozenset(
    [
        "mrs",
        "ms",
        "miss",
        "congresswoman",
        "spokeswoman",
        "chairwoman",
        "lady",
        "mother",
        "queen",
        "princess",
        "wife",
        "daughter",
        "sister",
        "actress",
        "businesswoman",
    ]
)


def _wrong_gender(word: str, speaker: Speaker) -> bool:
    """Whether titles, or else the given name, speak against "he" or "she"."""
    if word not in _HE | _SHE or speaker.kind != "person":
        return word in _HE | _SHE and speaker.kind != "person"
    described = {
        token
        for name in (*speaker.roles, *speaker.aliases)
        for token in core(name) + tuple(name.lower().replace(".", "").split())
    }
    male, female = bool(described & _MALE_ROLES), bool(described & _FEMALE_ROLES)
    if not male and not female:
        male, female = _by_given_name(speaker)
    return (word in _HE and female and not male) or (word in _SHE and male and not female)


def _by_given_name(speaker: Speaker) -> tuple[bool, bool]:
    own = core(speaker.name)
    gender = gender_of(own[0]) if len(own) > 1 else None
    return gender == "m", gender == "f"


def _person_before(desk: Desk, word: str, before: Asked) -> str | None:
    """The person whom "him" in a topic means: the one talked about before, or else the one who talked."""
    talked_about = _named_in(desk, before.topic or before.words or "", whole=False)
    asked_about = _named_in(desk, before.who or "", whole=True)
    fitting = [p for p in (*talked_about, *asked_about) if not _wrong_gender(word, p)]
    return fitting[0].name if fitting else None


def _with_topic(desk: Desk, asked: Asked, before: Asked | None) -> Asked:
    """The topic that "it", "that" or "him" stands for; none where nothing was said before."""
    if asked.wanted not in ("said", "who-said", "check"):
        return asked
    if before is None:
        return replace(asked, topic=asked.topic if has_content(asked.topic) else None)
    changes: dict[str, str | None] = {}
    topic = asked.topic
    if topic and not has_content(topic):
        lower = topic.lower()
        who = _person_before(desk, lower, before) if lower in _PERSON else None
        changes["topic"] = who or before.topic or before.words or (before.text if before.wanted == "fact" else None)
        if changes["topic"] == before.text:
            changes["topic"] = _content_of(before.text)
    if asked.words and not has_content(asked.words):
        changes["words"] = before.words or before.topic
    return replace(asked, **changes) if changes else asked  # type: ignore[arg-type]


def _content_of(question: str) -> str:
    return re.sub(
        r"^(?:what|who|when|where|why|how|which|is|are|was|were|did|does|do|many|much)\b\s*",
        "",
        question,
        flags=re.IGNORECASE,
    )
