"""Questions of fact, and things named rather than asked about: the passages that say it, or that no story does."""

import re
from collections.abc import Sequence

from bot.answering import abstaining
from bot.answering.ages import aged, find_age, name_asked
from bot.answering.desk import Desk, by_shared_words
from bot.answering.fitting import Place, fits, is_named, names_in
from bot.answering.matching import has_content
from bot.answers import Answer, Mark, Result
from index.ranking.evidence import Evidence
from index.story import Hit, Span

_FRAME = re.compile(
    r"^(?:after|at|by|following|in|before) (?:the |this )?(?:(?:end|close|conclusion|start|beginning) of )?"
    r"(?:the |this )(?:story|article|report|text|events?)(?: (?:is|was|are) over| ends| ended)?\b,?\s*"
    r"|\b(?:most |very )?(?:probably|likely|presumably|apparently)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"(?:did|does|do|is|are|was|were|has|have|had|can|could|should|would|will)\b", re.IGNORECASE)
_MARKED = 2  # passages, the best ones, in which words are marked


def find_fact(desk: Desk, words: str) -> Result:
    """The evidence for some words within scope, or a refusal with the nearest passages.

    In a conversation it is looked for with the question as it was asked, after the turns before it. It is refused, too,
    where nothing near the best evidence names whom or what the question names, or nothing says the age of the person.
    """
    asked = desk.question if desk.context or words == desk.tidied else words
    found = desk.evidence(asked)
    if not found.hits:
        return abstaining.not_in_story(desk)
    person = _person_aged(desk, asked, found.hits)
    marks = _marks(desk, asked, found, person)
    told = bool(marks) if person else _names_somebody(desk, asked, found.hits)
    if found.answerable < desk.limits.answerable or not told:
        return abstaining.not_in_story(desk, passages=found.hits, confidence=1.0 - found.answerable)
    return Answer(desk.question, "fact", passages=found.hits, marks=marks, confidence=found.answerable)


def _marks(desk: Desk, asked: str, found: Evidence, person: Sequence[str]) -> tuple[Mark, ...]:
    """The words that answer: somebody's age, wherever it is told, or else what was found likeliest, if it can be it."""
    for hit in found.hits if person else ():
        age = find_age(person, _text(desk, hit), hit.passage.span)
        if age:
            return (Mark(hit.passage.story, age),)
    if found.mark is None or not _is_marked(asked, *found.mark, found.hits):
        return ()
    story, words = found.mark
    hit = next(one for one in found.hits if one.passage.story == story and one.passage.span.covers(words))
    place = Place(_text(desk, hit), words, hit.passage.span)
    return (Mark(story, place.whole),) if fits(asked, place) else ()


def _person_aged(desk: Desk, asked: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The name of the person whose age is asked, if one is asked by name."""
    whose = aged(asked)
    return name_asked(whose, [_text(desk, hit) for hit in hits[:_MARKED]]) if whose else ()


def _names_somebody(desk: Desk, asked: str, hits: Sequence[Hit]) -> bool:
    """Whether the best passages, or what stands before them, have one of the names asked about, if there are any."""
    names = names_in(asked)
    if not names:
        return True
    places = (Place(_text(desk, hit), hit.passage.span, hit.passage.span) for hit in hits[:_MARKED])
    return any(is_named(name, place.near.casefold()) for place in places for name in names)


def _text(desk: Desk, hit: Hit) -> str:
    """The text that a passage is of: mostly the newest, which is at hand, unless the story has just been changed."""
    newest = desk.shelf.story(hit.passage.story)
    is_of_it = newest.version == hit.passage.version
    return (newest if is_of_it else desk.shelf.story(hit.passage.story, hit.passage.version)).text


def _is_marked(asked: str, story: str, words: Span, hits: Sequence[Hit]) -> bool:
    """Whether words may stand for the answer: not to a yes or no, and only where the best evidence is."""
    best = [hit.passage for hit in hits[:_MARKED]]
    here = any(one.story == story and one.span.covers(words) for one in best)
    return here and best[0].story == story and not _YES_OR_NO.match(asked.strip())


def find_about(desk: Desk, thing: str) -> Result:
    """What the stories say of a thing only named ("the bridge", or a sentence left unfinished), if they name it."""
    topic = " ".join(_FRAME.sub(" ", thing).split())
    found = desk.evidence(topic) if has_content(topic) else None
    if found is None or not found.hits:
        return abstaining.not_in_story(desk)
    shared = by_shared_words(topic, found.hits, desk.shelf)
    if shared < desk.limits.thing_share and found.answerable < desk.limits.answerable:
        return abstaining.not_in_story(desk, passages=found.hits, topic=topic)
    return Answer(desk.question, "fact", passages=found.hits, confidence=max(shared, found.answerable))
