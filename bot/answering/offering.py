"""What to ask instead of what got no answer: only what is sure to be answered, and near to what was asked.

Also whether some statement may be of somebody who is never quoted by name.
"""

from collections.abc import Iterator, Sequence

from bot.answering.desk import Desk
from bot.answering.names import PEOPLE, core, head_of, role_tokens, tokens
from bot.answering.people import Meant
from bot.answering.text import sentences, stems, words
from index.statements.paragraphs import find_paragraphs
from index.story import Speaker, Statement, Story

SURE = 0.6
"""The confidence from which a statement is sure enough to offer what its speaker said."""
_FOR_OTHERS = frozenset(
    "spokesman spokeswoman spokesperson spokespeople representative representatives official officials lawyer lawyers "
    "attorney attorneys aide aides".split()
)
_BESIDE = 5
"""Words between a name and what somebody is that tell of one and the same person."""
_LOOKED_AT = 20


def saying_what_they_said(speakers: Sequence[Speaker], most: int) -> tuple[str, ...]:
    """Questions for what named people said."""
    return tuple(f"what did {speaker.name} say?" for speaker in speakers if speaker.named)[:most]


def near_speakers(desk: Desk, asked: str, statements: Sequence[Statement]) -> tuple[Speaker, ...]:
    """The named speakers of those statements that are sure and share a word with what was asked."""
    wanted = set(stems(asked))
    texts = desk.texts(statements)
    near = [
        one
        for one in statements
        if one.confidence >= SURE and one.cue and wanted & set(stems(one.span.of(texts[one.story])))
    ]
    return tuple(speaker for speaker in desk.about_people(near) if speaker.named)


def sure_speakers(desk: Desk, story: Story, most: int) -> tuple[Speaker, ...]:
    """Those who say most in a story, of whom it is sure that they say anything: who are quoted, with a cue."""
    counts: dict[str, int] = {}
    quoted: set[str] = set()
    for said in desk.shelf.statements(story.id):
        if said.speaker:
            counts[said.speaker] = counts.get(said.speaker, 0) + 1
            if said.kind != "indirect" and said.confidence >= SURE:
                quoted.add(said.speaker)
    named = [speaker for speaker in desk.shelf.speakers(story.id) if speaker.named and speaker.id in quoted]
    return tuple(sorted(named, key=lambda speaker: -counts[speaker.id])[:most])


def perhaps_theirs(desk: Desk, meant: Meant) -> tuple[Statement, ...]:
    """The statements that may be of somebody who is named in the stories and never as a speaker.

    A spokesman's, a "the mayor" beside whose name the story says so, and such as the story leaves open near the name.
    """
    stories = [story for story in desk.stories()[:_LOOKED_AT] if meant.story in (None, story.id)]
    return tuple(said for story in stories for said in _perhaps(desk, meant.name, story))


def _perhaps(desk: Desk, name: str, story: Story) -> Iterator[Statement]:
    wanted = set(core(name))
    voices = {
        speaker.id
        for speaker in desk.shelf.speakers(story.id)
        if wanted and (_speaks_for(wanted, speaker) or _is_called_so(wanted, speaker, story))
    }
    paragraphs = find_paragraphs(story.text)
    for said in desk.shelf.statements(story.id):
        if said.speaker in voices:
            yield said
        elif said.speaker is None and said.kind == "direct":
            around = paragraphs[max(0, said.paragraph - 1) : said.paragraph + 1]
            if any(wanted <= set(tokens(one.of(story.text))) for one in around):
                yield said


def _speaks_for(wanted: set[str], speaker: Speaker) -> bool:
    described = (*speaker.roles, *(() if speaker.named else (speaker.name, *speaker.aliases)))
    return any(wanted <= (have := set(tokens(one))) and not have.isdisjoint(_FOR_OTHERS) for one in described)


def _is_called_so(wanted: set[str], speaker: Speaker, story: Story) -> bool:
    """Whether the story has the name beside what an unnamed speaker is: "the mayor, Ann Lee" for "the mayor"."""
    head = head_of(speaker.name)
    if speaker.named or head not in PEOPLE:
        return False
    return any(_stands_beside(wanted, head, part.of(story.text)) for part in sentences(story.text))


def _stands_beside(wanted: set[str], head: str, sentence: str) -> bool:
    listed = [word.text for word in words(sentence)]
    folded = ["".join(tokens(word)[-1:]) for word in listed]
    return any(
        word in wanted and head in role_tokens(" ".join(listed[max(0, at - _BESIDE) : at + _BESIDE + 1]))
        for at, word in enumerate(folded)
    )
