"""`/timeline` and `/quoted` as pages of Discord markdown, with a picture where there is enough to draw.

They show; they do not judge: statements stand side by side with their dates, and nothing is called a contradiction.
"""

from collections.abc import Sequence

from bot.answers import Answer
from bot.rendering.discord_escaping import escaped, fitted, on_one_line
from bot.rendering.discord_layout import Block, Pages, laid_out
from bot.rendering.discord_utterance import View, speaker_option, utterance_blocks
from bot.rendering.drawing import Bar, Picture, Point, bars_by_outlet, points_over_time
from bot.rendering.over_time import Moment, Quoted, has_picture, over_time, quoted_in, span_words
from bot.rendering.sentences import empty_words
from bot.rendering.utterances import Utterance
from bot.rendering.wording import Dates, counted, listed, without_marks
from bot.shelf import Shelf
from index.story import Speaker, Statement

OUTLETS_SHOWN = 3
NAME_MAX = 60


def render_timeline(answer: Answer, shelf: Shelf, *, question: str | None = None, dates: Dates = "en") -> Pages:
    """What was found of somebody, the oldest first, each below its story with the day."""
    moments = over_time(answer.statements, shelf)
    view = View(shelf, {who.id: who for who in (*answer.speakers, *shelf.speakers())}, dates)
    several = len({one.said.speaker for one in moments}) > 1
    blocks = [block for said in _together(moments) for block in utterance_blocks(said, view, by_story=several)]
    whose, title = _whose(answer, moments), _title(answer, moments)
    picture = _points(moments, whose) if has_picture(moments) else None
    return Pages(laid_out(blocks, escaped(title)), "words", question=question, picture=picture)


def render_quoted(shelf: Shelf, *, question: str | None = None) -> Pages:
    """Who is quoted and how often, by outlet, to be chosen from."""
    quoted = quoted_in(shelf)
    if not quoted:
        return Pages(laid_out((), empty_words("discord")), "nothing", question=question, adds=True)
    total = sum(one.total for one in quoted)
    stories = counted(len(shelf.stories), "story", "stories")
    people = "1 person is" if len(quoted) == 1 else f"{len(quoted):,} people are"
    first = f"{people} quoted {counted(total, 'time')} in {stories}."
    picture = bars_by_outlet([_bar(one) for one in quoted], "Who is quoted, by outlet") if len(quoted) > 1 else None
    blocks = [_quoted_block(one) for one in quoted]
    return Pages(laid_out(blocks, first), "facts", question=question, leads="speaker", picture=picture)


def _quoted_block(one: Quoted) -> Block:
    outlets = [(fitted(outlet, NAME_MAX), count) for outlet, count in one.outlets[:OUTLETS_SHOWN]]
    by = ", ".join(f"{outlet} {count}" for outlet, count in outlets) if len(outlets) > 1 else outlets[0][0]
    name = escaped(fitted(on_one_line(one.speaker.name), NAME_MAX))
    option = speaker_option(one.speaker, f"{one.total} times")
    return Block(None, f"{one.total}× **{name}** · {escaped(by)}", option=option)


def _bar(one: Quoted) -> Bar:
    return Bar(fitted(one.speaker.name, NAME_MAX), dict(one.outlets))


def _together(moments: Sequence[Moment]) -> list[Utterance]:
    """The pieces of each utterance, in the order of their days."""
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for one in moments:
        said = one.said
        groups.setdefault((said.story, said.version, said.attribution, said.speaker), []).append(said)
    return [tuple(pieces) for pieces in groups.values()]


def _title(answer: Answer, moments: Sequence[Moment]) -> str:
    when = span_words(moments)
    return f"{_whose(answer, moments)}{f', {when}' if when else ''}, oldest first."


def _whose(answer: Answer, moments: Sequence[Moment]) -> str:
    """Whose statements on what, and how many."""
    who: Sequence[Speaker] = answer.speakers
    names = listed([on_one_line(one.name) for one in who]) or "They"
    about = f" on {fitted(without_marks(answer.topic), NAME_MAX)}" if answer.topic else ""
    return f"{fitted(names, NAME_MAX)}{about}: {counted(len(moments), 'statement')}"


def _points(moments: Sequence[Moment], title: str) -> Picture:
    points = [Point(one.story.date, fitted(one.outlet, NAME_MAX)) for one in moments if one.story.date]
    return points_over_time(points, title)
