"""Answer or Abstention -> pages of Discord markdown, and the message that shows one page: plain values, pure functions.

The body of a page fits a message's content as well as an embed, so that it can be shown where embeds may not be.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from bot.answers import Abstention, Answer, Result, Verdict
from bot.rendering.discord_difference import difference, quotation_given
from bot.rendering.discord_escaping import escaped, fitted, pieces
from bot.rendering.discord_links import origin_markdown
from bot.rendering.discord_words import lead_in_of, said_parts
from bot.rendering.sentences import heading, next_step, reason_sentence
from bot.rendering.wording import (
    counted,
    how_words,
    place_words,
    role_of,
    speaker_words,
)
from bot.shelf import Shelf
from index.errors import NoSuchStory
from index.story import Hit, Speaker, Statement, Story

Tone = Literal["words", "facts", "confirmed", "differs", "nothing"]
Utterance = tuple[Statement, ...]

PAGE_MAX = 1_900
"""Code points in a page's body at most; a message holds 2,000, an embed's description 4,096."""
PAGE_FULL = 1_300
"""Code points after which a page takes no further block: what is read comfortably in a busy channel."""
WORDS_MAX = 1_200
"""Code points of somebody's words in one block, markup included; longer words go on in the next block."""
PASSAGE_MAX = 900
TITLE_MAX = 120
NAME_MAX = 60
HOW_MAX = 100
FIRST_MAX = 400
"""Code points of the line above an answer: a verdict, or why there is none."""
DIFFERENCE_MAX = 480
NEAREST = "-# The nearest that it has:"
GOES_ON = "goes on in the next part"
UTTERANCES_PER_PAGE = 4
NEAREST_SHOWN = 2
PASSAGES_SHOWN = 2

_TONES: dict[Verdict, Tone] = {
    "exact": "confirmed",
    "trimmed": "differs",
    "changed": "differs",
    "other-speaker": "differs",
    "no-such-words": "nothing",
}


@dataclass(frozen=True, slots=True)
class Block:
    """Markdown that stands together on a page; blocks under one heading share its line."""

    heading: str | None
    body: str
    utterance: Utterance = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a reply: Discord markdown of at most PAGE_MAX code points, and the statements that it shows."""

    body: str
    utterances: tuple[Utterance, ...] = ()
    passages: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole reply. `choices` are questions to offer; `question` is what was asked, where that has to be shown."""

    pages: tuple[Page, ...]
    tone: Tone
    choices: tuple[str, ...] = ()
    question: str | None = None


def render_pages(result: Result, shelf: Shelf, *, question: str | None = None) -> Pages:
    """The whole reply to a question. `question` is given where the reply does not stand under the question itself."""
    names = {speaker.id: speaker for speaker in (*result.speakers, *shelf.speakers())}
    if isinstance(result, Abstention):
        return _abstention_pages(result, shelf, names, question)
    blocks = tuple(_answer_blocks(result, shelf, names))
    first = heading(result)
    passages = () if result.statements else _shown_passages(result)
    pages = laid_out(blocks, _above(result, first, shelf))
    tone: Tone = _TONES[result.verdict] if result.verdict else "words" if result.statements else "facts"
    return Pages(tuple(replace(page, passages=passages) for page in pages), tone, question=question)


def _abstention_pages(result: Abstention, shelf: Shelf, names: dict[str, Speaker], question: str | None) -> Pages:
    nearest = [said for said, _ in _as_told(result.nearest)][:NEAREST_SHOWN]
    blocks = [block for said in nearest for block in _utterance_blocks(said, shelf, names, ())]
    lines = [_first_line(reason_sentence(result, stories=len(shelf.stories)))]
    if not result.choices and (step := next_step(result)):
        lines.append(_first_line(step))
    if blocks:
        lines.append(NEAREST)
    return Pages(laid_out(tuple(blocks), "\n".join(lines)), "nothing", result.choices, question)


def _above(answer: Answer, first: str | None, shelf: Shelf) -> str | None:
    """The line above the answer; of a quotation with other words, also how they differ."""
    if first is None:
        return None
    line = _first_line(first)
    if answer.verdict == "no-such-words" and answer.statements:
        return f"{line}\n{NEAREST}"
    story = _story_of(answer.statements[0], shelf) if answer.verdict == "changed" and answer.statements else None
    given = quotation_given(answer.question)
    differs = difference(given, answer.statements[0].span.of(story.text)) if story and given else None
    fits = differs and len(differs) <= DIFFERENCE_MAX
    return f"{line}\n{differs}" if fits else line


def _first_line(sentence: str) -> str:
    return escaped(fitted(sentence, FIRST_MAX // 2 - 20))


def _answer_blocks(answer: Answer, shelf: Shelf, names: dict[str, Speaker]) -> Iterator[Block]:
    if answer.form == "speakers":
        counts = Counter(said.speaker for said in shelf.statements())
        yield from (
            Block(None, f"{_who(speaker)} · {counted(counts[speaker.id], 'statement')}") for speaker in answer.speakers
        )
        return
    if not answer.statements:
        for hit in _shown_passages(answer):
            yield from _passage_blocks(hit, answer, shelf)
        return
    copies: dict[int, list[Statement]] = {}
    for at, copy in answer.folded:
        copies.setdefault(at, []).append(copy)
    for said, places in _as_told(answer.statements):
        also = [copy for place in places for copy in copies.get(place, ())]
        yield from _utterance_blocks(said, shelf, names, also)


def _as_told(statements: Sequence[Statement]) -> list[tuple[Utterance, list[int]]]:
    """The pieces of each utterance together and in the order of their story, with their places among the statements."""
    places: dict[tuple[object, ...], list[int]] = {}
    for place, said in enumerate(statements):
        places.setdefault((said.story, said.version, said.attribution, said.speaker), []).append(place)
    return [
        (tuple(sorted((statements[at] for at in together), key=lambda piece: piece.span)), together)
        for together in places.values()
    ]


def _utterance_blocks(
    said: Utterance, shelf: Shelf, names: dict[str, Speaker], also: Sequence[Statement]
) -> Iterator[Block]:
    """The words of one utterance over the line that says how, where and when; long words over several blocks."""
    story = _story_of(said[0], shelf)
    speaker = names.get(said[0].speaker or "")
    who = _who(speaker)
    if story is None:
        yield Block(who, "-# The story that this stood in is no longer held.", said)
        return
    line = _attribution(said, story, also, shelf)
    parts = said_parts(said, story, min(WORDS_MAX, PAGE_MAX - FIRST_MAX - DIFFERENCE_MAX - len(who) - len(line) - 8))
    for number, part in enumerate(parts, 1):
        yield Block(who, f"{part}\n-# {line if number == len(parts) else GOES_ON}", said)


def _story_of(statement: Statement, shelf: Shelf) -> Story | None:
    try:
        return shelf.story(statement.story, statement.version)
    except NoSuchStory:
        return None


def _who(speaker: Speaker | None) -> str:
    if speaker is None or not speaker.named:
        return f"**{escaped(fitted(speaker_words(speaker), NAME_MAX))}**"
    role = role_of(speaker)
    name = f"**{escaped(fitted(speaker.name, NAME_MAX))}**"
    known = role is None or role.casefold() in speaker.name.casefold()
    return name if known else f"{name} · {escaped(fitted(role or '', NAME_MAX))}"


def _attribution(said: Utterance, story: Story, also: Sequence[Statement], shelf: Shelf) -> str:
    """How it was said, outlet and date (a link where the story has an address), and the place in the story."""
    teller = next((piece for piece in said if piece.cue), said[0])
    kind = teller.kind if len({piece.kind for piece in said}) == 1 else "mixed"
    cue_shown = any(piece.kind != "direct" and lead_in_of(piece, story).strip() for piece in said)
    how = " · ".join(how_words(replace(teller, kind=kind), story)[1 if cue_shown and teller.cue else 0 :])
    parts = [escaped(fitted(how, HOW_MAX))] if how else []
    parts += [origin_markdown(story, said[0].span), escaped(place_words(said[0].paragraph, story))]
    elsewhere = [found for copy in also if (found := _story_of(copy, shelf))]
    if elsewhere:
        parts.append(f"also in {counted(len(elsewhere), 'other story', 'other stories')}")
    return " · ".join(parts)


def _shown_passages(answer: Answer) -> tuple[Hit, ...]:
    """The passages that hold the words that answer; where no words are marked, the best few."""
    marked = [
        hit
        for hit in answer.passages
        if any(mark.story == hit.passage.story and hit.passage.span.covers(mark.span) for mark in answer.marks)
    ]
    most = len(answer.passages) if answer.form in {"stories", "summary"} else PASSAGES_SHOWN
    return tuple((marked or list(answer.passages))[:most])


def _passage_blocks(hit: Hit, answer: Answer, shelf: Shelf) -> Iterator[Block]:
    """A passage as it stands in its story, with the words that answer in bold, over where it stands."""
    passage = hit.passage
    try:
        story = shelf.story(passage.story, passage.version)
    except NoSuchStory:
        return
    title = f"**{escaped(fitted(story.title, TITLE_MAX))}**" if answer.form == "stories" and story.title else None
    line = f"{origin_markdown(story, passage.span)} · {escaped(place_words(passage.paragraph, story))}"
    parts = pieces(passage.span.of(story.text).strip(), PASSAGE_MAX, lambda part: len(escaped(part)))
    for number, part in enumerate(parts, 1):
        yield Block(title, f"{_marked(part, answer, story)}\n-# {line if number == len(parts) else GOES_ON}")


def _marked(part: str, answer: Answer, story: Story) -> str:
    """The words as markdown, with the first standing of each marked answer in bold."""
    for mark in answer.marks:
        words = mark.span.of(story.text) if mark.story == story.id else ""
        if words.strip() and words in part:
            before, _, after = part.partition(words)
            return f"{escaped(before)}**{escaped(words.strip())}**{escaped(after)}"
    return escaped(part)


def laid_out(blocks: Sequence[Block], first: str | None) -> tuple[Page, ...]:
    """Blocks on pages, the headings said once a page, and the first line on the first page."""
    pages: list[Page] = []
    for group in _groups(blocks, len(first or "")):
        body = "\n\n".join(_bodies(group))
        top = f"{first}\n\n" if first and not pages else ""
        pages.append(Page(f"{top}{body}"[:PAGE_MAX], tuple(dict.fromkeys(b.utterance for b in group if b.utterance))))
    return tuple(pages) or (Page(first or "There is nothing to show."),)


def _groups(blocks: Sequence[Block], used: int) -> Iterator[list[Block]]:
    group: list[Block] = []
    size = used
    for block in blocks:
        cost = len(block.body) + len(block.heading or "") + 4
        full = size + cost > PAGE_FULL or len({b.utterance for b in group if b.utterance}) >= UTTERANCES_PER_PAGE
        if group and full:
            yield group
            group, size = [], 0
        group.append(block)
        size += cost
    if group:
        yield group


def _bodies(group: Sequence[Block]) -> Iterator[str]:
    for title, blocks in groupby(group, key=lambda block: block.heading):
        bodies = [block.body for block in blocks]
        lines = ("\n" if title is None and len(bodies) > 1 and "\n" not in bodies[0] else "\n\n").join(bodies)
        yield f"{title}\n{lines}" if title else lines
