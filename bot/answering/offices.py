"""Who has an office: "who is the CEO of Maar Lines?", from what the stories call their speakers, and others."""

import re
from collections.abc import Iterator

from bot.answering.desk import Desk, with_first
from bot.answering.names import head_of, role_tokens, tokens
from bot.answering.roles import may_speak, namings
from bot.answers import Answer, Mark
from index.statements.paragraphs import find_paragraphs
from index.story import Hit, Passage, Span, Story

_ASKED = re.compile(
    r"who(?:'s| is| are)(?: currently| now)? (?:the |an? )?"
    r"(?P<office>(?P<role>.+?)(?: (?:of|at) (?P<of>.+))?)$",
    re.IGNORECASE,
)
_OF_A_COMPANY = frozenset(("executive", "financial", "operating", "technology", "chair"))


def answer_office(desk: Desk, question: str) -> Answer | None:
    """The passage that names whoever has the office that is asked about; None where it names nobody, or several."""
    asked = _ASKED.match(question)
    head = head_of(asked["role"]) if asked else ""
    if (
        asked is None
        or not (may_speak(asked["role"]) or head in _OF_A_COMPANY)
        or len(role_tokens(asked["office"])) < 2
    ):
        return None
    hits = desk.searching(question)
    stories = {hit.passage.story: desk.shelf.story(hit.passage.story) for hit in hits}
    found = [(story, name) for story in stories.values() for name in _named_in(desk, asked, story)]
    if len({name.of(story.text).split()[-1] for story, name in found}) != 1:
        return None
    story, name = found[0]
    shown = next((hit for hit in hits if _has(hit, story, name)), None) or _paragraph(story, name)
    return Answer(
        desk.question,
        "fact",
        passages=with_first([shown], hits, desk.limits.passages),
        marks=(Mark(story.id, name),),
    )


def _named_in(desk: Desk, asked: re.Match[str], story: Story) -> Iterator[Span]:
    """Where a story names somebody in the office; in one that is about a company, whoever is plainly its "chief"."""
    yield from (one.at for one in namings(asked["office"], story.text) if not one.past)
    is_company = head_of(asked["role"]) in _OF_A_COMPANY and asked["of"]
    if is_company and set(tokens(asked["of"])) <= set(tokens(story.title or "")):
        yield from (one.at for one in namings(asked["role"], story.text) if not one.past)
    wanted = set(role_tokens(asked["office"]))
    for speaker in desk.shelf.speakers(story.id):
        at = story.text.find(speaker.name)
        if at >= 0 and speaker.named and any(wanted <= set(role_tokens(role)) for role in speaker.roles):
            yield Span(at, at + len(speaker.name))


def _has(hit: Hit, story: Story, name: Span) -> bool:
    return hit.passage.story == story.id and hit.passage.span.covers(name)


def _paragraph(story: Story, name: Span) -> Hit:
    number, span = next((n, span) for n, span in enumerate(find_paragraphs(story.text)) if span.overlaps(name))
    return Hit(Passage(story.id, story.version, span, number), 1.0)
