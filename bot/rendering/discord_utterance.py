"""One utterance, or one passage, as blocks of Discord markdown: the words, over how, where and when they came.

Somebody's own words stand beside a bar, the reporter's without one, and what was denied or not said says so above them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.answers import Answer
from bot.rendering.dates import Dates
from bot.rendering.discord_escaping import escaped, fitted, pieces
from bot.rendering.discord_layout import GOES_ON, PAGE_MAX, Block, Utterance
from bot.rendering.discord_links import origin_markdown
from bot.rendering.discord_words import lead_in_of, said_parts
from bot.rendering.wording import counted, how_words, place_words, role_of, speaker_words, warning_words
from bot.shelf import Shelf
from index.errors import NoSuchStory
from index.story import Hit, Speaker, Stance, Statement, Story

WORDS_MAX = 1_200
"""Code points of somebody's words in one block, markup included; longer words go on in the next block."""
ABOVE_MAX = 880
"""Code points kept free for what stands above the words: a verdict with the difference, and a label."""
PASSAGE_MAX = 900
TITLE_MAX = 120
NAME_MAX = 60
HOW_MAX = 100
CHANGED = "the text has since changed"

_LABELS: dict[Stance, str | None] = {
    "says": None,
    "denies": "✗ Denied",
    "declines": "– Declined to say",
    "hedges": "≈ Not certain to have been said",
    "asks": "? Asked",
    "unsaid": "✗ Not said, as the story has it",
}


@dataclass(frozen=True, slots=True)
class View:
    """What rendering reads from: a shelf, names for speakers' ids, and the language of dates.

    `warned` has the stories of which this reply has said already that they look cut off: it is said once of each.
    """

    shelf: Shelf
    names: dict[str, Speaker] = field(default_factory=dict)
    dates: Dates = "en"
    warned: set[str] = field(default_factory=set)

    def story(self, name: str, version: int | None = None) -> Story | None:
        """A story, or None where it is no longer held."""
        try:
            return self.shelf.story(name, version)
        except NoSuchStory:
            return None

    def who(self, statement: Statement) -> Speaker | None:
        """Who said it, or None where the story leaves that open."""
        return self.names.get(statement.speaker or "")


def utterance_blocks(said: Utterance, view: View, also: Sequence[Statement] = ()) -> Iterator[Block]:
    """The words of one utterance over the line that says how, where and when; long words over several blocks."""
    story = view.story(said[0].story, said[0].version)
    who = name_markdown(view.who(said[0]))
    if story is None:
        yield Block(who, "-# The story that this stood in is no longer held.", said)
        return
    line = _attribution(said, story, also, view)
    label = _label(said)
    room = PAGE_MAX - ABOVE_MAX - len(who) - len(line) - 8
    parts = said_parts(said, story, min(WORDS_MAX, room))
    for number, part in enumerate(parts, 1):
        above = f"{label}\n" if label and number == 1 else ""
        yield Block(who, f"{above}{part}\n-# {line if number == len(parts) else GOES_ON}", said)


def passage_blocks(hit: Hit, answer: Answer, view: View) -> Iterator[Block]:
    """A passage as it stands in its story, with the words that answer in bold, over where it stands."""
    passage = hit.passage
    story = view.story(passage.story, passage.version)
    if story is None:
        return
    title = f"**{escaped(fitted(story.title, TITLE_MAX))}**" if answer.form == "stories" and story.title else None
    where = (origin_markdown(story, passage.span, view.dates), escaped(place_words(passage.paragraph, story)))
    line = " · ".join((*where, *_since(story, view)))
    parts = pieces(passage.span.of(story.text).strip(), PASSAGE_MAX, lambda part: len(escaped(part)))
    for number, part in enumerate(parts, 1):
        yield Block(title, f"{_marked(part, answer, story)}\n-# {line if number == len(parts) else GOES_ON}")


def name_markdown(speaker: Speaker | None) -> str:
    """Who speaks: the name in bold, and the role beside it."""
    if speaker is None or not speaker.named:
        return f"**{escaped(fitted(speaker_words(speaker), NAME_MAX))}**"
    role = role_of(speaker)
    name = f"**{escaped(fitted(speaker.name, NAME_MAX))}**"
    known = role is None or role.casefold() in speaker.name.casefold()
    return name if known else f"{name} · {escaped(fitted(role or '', NAME_MAX))}"


def _label(said: Utterance) -> str | None:
    """What to say above words that were not simply said."""
    stances = [piece.cue.stance for piece in said if piece.cue and piece.cue.stance != "says"]
    label = _LABELS[stances[0]] if stances else None
    return f"**{label}**" if label else None


def _attribution(said: Utterance, story: Story, also: Sequence[Statement], view: View) -> str:
    """How it was said, outlet and date (a link where the story has an address), and the place in the story."""
    teller = next((piece for piece in said if piece.cue), said[0])
    kind = teller.kind if len({piece.kind for piece in said}) == 1 else "mixed"
    cue_shown = any(piece.kind != "direct" and lead_in_of(piece, story).strip() for piece in said)
    how = " · ".join(how_words(replace(teller, kind=kind), story)[1 if cue_shown and teller.cue else 0 :])
    parts = [escaped(fitted(how, HOW_MAX))] if how else []
    parts += [origin_markdown(story, said[0].span, view.dates), escaped(place_words(said[0].paragraph, story))]
    elsewhere = [found for copy in also if (found := view.story(copy.story, copy.version))]
    if elsewhere:
        parts.append(f"also in {counted(len(elsewhere), 'other story', 'other stories')}")
    return " · ".join((*parts, *_since(story, view)))


def _since(story: Story, view: View) -> tuple[str, ...]:
    """What to know about the story: that it has another text by now, or that this one looks cut off."""
    newest = view.story(story.id)
    warning = None if story.id in view.warned else warning_words(story)
    view.warned.add(story.id)
    return ((CHANGED,) if newest and newest.version > story.version else ()) + ((warning,) if warning else ())


def _marked(part: str, answer: Answer, story: Story) -> str:
    """The words as markdown, with the first standing of each marked answer in bold."""
    for mark in answer.marks:
        words = mark.span.of(story.text) if mark.story == story.id else ""
        if words.strip() and words in part:
            before, _, after = part.partition(words)
            return f"{escaped(before)}**{escaped(words.strip())}**{escaped(after)}"
    return escaped(part)
