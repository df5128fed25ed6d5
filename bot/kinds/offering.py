"""What to ask instead of what got no answer: only what is sure to be answered, and near to what was asked.

Also whether some statement may be of somebody who is never quoted by name.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.kinds.desk import Desk
from index.language import stem_of, stems_of
from index.ranking import known_by, letters_of, words_named
from index.search import passages_of
from index.statements import find_paragraphs
from index.story import Speaker, Statement, Story

SURE = 0.6
"""The confidence from which a statement is sure enough to offer what its speaker said."""
_FOR_OTHERS = frozenset(
    map(
        stem_of,
        "spokesman spokeswoman spokesperson spokespeople representative official lawyer attorney aide".split(),
    )
)
_BESIDE = 5
"""Words between a name and what somebody is that tell of one and the same person."""


def saying_what_they_said(speakers: Sequence[Speaker], most: int) -> tuple[str, ...]:
    """Questions for what named people said."""
    return tuple(f"what did {speaker.name} say?" for speaker in speakers if speaker.named)[:most]


def near_speakers(desk: Desk, asked: str, statements: Sequence[Statement]) -> tuple[Speaker, ...]:
    """The named speakers of those statements that are sure and share a word with what was asked."""
    wanted = set(stems_of(asked))
    texts = desk.texts(statements)
    near = [
        one
        for one in statements
        if one.confidence >= SURE and one.cue and wanted & set(stems_of(one.span.of(texts[one.story])))
    ]
    return tuple(speaker for speaker in desk.about_people(near) if speaker.named)


def sure_speakers(desk: Desk, story: Story, most: int) -> tuple[Speaker, ...]:
    """Those who say most in a story, of whom it is sure that they say anything: who are quoted, with a cue."""
    statements = desk.shelf.statements(story.id)
    counts = Counter(said.speaker for said in statements)
    quoted = {said.speaker for said in statements if said.kind != "indirect" and said.confidence >= SURE}
    named = [speaker for speaker in desk.shelf.speakers(story.id) if speaker.named and speaker.id in quoted]
    return tuple(sorted(named, key=lambda speaker: -counts[speaker.id])[:most])


def perhaps_theirs(desk: Desk, name: str, story_id: str) -> Iterator[Statement]:
    """The statements of a story that may be of somebody whom it names and never as a speaker.

    A spokesman's, a "the mayor" beside whose name the story says so, and such as the story leaves open near the name.
    """
    wanted, story = set(letters_of(name)), desk.shelf.story(story_id)
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
            if any(wanted <= set(letters_of(one.of(story.text))) for one in around):
                yield said


def _speaks_for(wanted: set[str], speaker: Speaker) -> bool:
    stems = {stem_of(word) for word in wanted}
    described = (*speaker.roles, *(() if speaker.named else (speaker.name, *speaker.aliases)))
    have = [{word.stem for word in words_named(one)} for one in described]
    return any(stems <= one and not one.isdisjoint(_FOR_OTHERS) for one in have)


def _is_called_so(wanted: set[str], speaker: Speaker, story: Story) -> bool:
    """Whether the story has the name beside what an unnamed speaker is: "the mayor, Ann Lee" for "the mayor"."""
    if speaker.named or speaker.name[:4].casefold() != "the ":
        return False
    roles = known_by(speaker).roles
    return any(_stands_beside(wanted, roles, one.span.of(story.text)) for one in passages_of(story))


def _stands_beside(wanted: set[str], roles: Sequence[frozenset[str]], sentence: str) -> bool:
    listed = words_named(sentence)
    return any(
        word.letters in wanted
        and any(role <= {near.stem for near in listed[max(0, at - _BESIDE) : at + _BESIDE + 1]} for role in roles)
        for at, word in enumerate(listed)
    )
