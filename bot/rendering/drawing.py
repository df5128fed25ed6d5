"""Pictures of what the stories say: a card of somebody's words, read out of the stored text, points over time, and
bars.

Pure: values in, PNG out. They are drawn for a phone: few words, large, dark on light. Each comes with a text for
whoever cannot see it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot.rendering.discord_escaping import fitted
from bot.rendering.over_time import Quoted
from bot.rendering.utterances import Utterance, spoken
from bot.rendering.wording import date_in, place_sign, speaker_words
from bot.shelf import Shelf
from index.remembering import once

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH = 1_000
MARGIN = 60
ALT_MAX = 1_000
"""Code points of the text for whoever cannot see a picture; Discord takes 1,024."""
WORDS_MAX = 600
"""Code points of words that a card shows legibly on a phone."""
LEGEND_STEP = 48
_TITLE_SIZES = (46, 42, 38, 34)
BARS_MAX, OUTLETS_MAX, STACK_MAX = 10, 5, 9
BAR_NAME_MAX = 60
INK, PALE, PAPER, BLUE = "#1d232b", "#5d6875", "#fbfaf7", "#2f6690"
COLOURS = ("#2f6690", "#b7791f", "#3a7d44", "#9b2c2c", "#6b4f9b")
"""Colours of outlets; those past the fifth share a grey one."""
OTHERS = "#8a8f98"
_SIZES = (56, 48, 42, 36, 32)
NAME, SMALL = 44, 34
"""Letters of a name, and the smallest that there are: on a phone the picture is a third as wide."""
POINT_STEP, BAR_STEP = 42, 92
HEADLINE_MAX = 90


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its name, and what it shows in words."""

    name: str
    content: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Point:
    """Something said on a day, in an outlet."""

    day: date
    outlet: str


def card(words: str, name: str, below: str) -> Picture:
    """Somebody's words, as they are given, over their name and where they stand."""
    size = next(
        (one for one in _SIZES if len(list(_lines(words, _font(one), WIDTH - 3 * MARGIN))) * one < 620), _SIZES[-1]
    )
    lines = list(_lines(words, _font(size), WIDTH - 3 * MARGIN))
    feet = list(_lines(below, _font(SMALL), WIDTH - 2 * MARGIN))
    height = 2 * MARGIN + len(lines) * _step(size) + 40 + _step(NAME) + len(feet) * _step(SMALL)
    image, draw = _paper(height)
    draw.rectangle((MARGIN, MARGIN, MARGIN + 8, MARGIN + len(lines) * _step(size)), fill=BLUE)
    at = MARGIN
    for line in lines:
        draw.text((2 * MARGIN, at), line, fill=INK, font=_font(size))
        at += _step(size)
    at += 40
    draw.text((MARGIN, at), name, fill=INK, font=_font(NAME, bold=True))
    at += _step(NAME)
    for line in feet:
        draw.text((MARGIN, at), line, fill=PALE, font=_font(SMALL))
        at += _step(SMALL)
    return Picture("quotation.png", _png(image), f"{words} — {name}. {below}"[:ALT_MAX])


def points_over_time(points: Sequence[Point], title: str) -> Picture:
    """A point for each thing said, by month from left to right, in the colour of its outlet."""
    months = sorted({(one.day.year, one.day.month) for one in points})
    first, last = months[0], months[-1]
    span = max(1, (last[0] - first[0]) * 12 + last[1] - first[1])
    colours = _colours([one.outlet for one in points])
    stacks: dict[tuple[int, int], int] = {}
    most = max(Counter((one.day.year, one.day.month) for one in points).values())
    floor = 170 + POINT_STEP * min(most, STACK_MAX)
    image, draw = _paper(floor + 240)
    _title(draw, title)
    draw.line((MARGIN, floor + 24, WIDTH - MARGIN, floor + 24), fill=PALE, width=3)
    for one in sorted(points, key=lambda point: (point.day, point.outlet)):
        month = (one.day.year, one.day.month)
        across = MARGIN + 20 + (WIDTH - 2 * MARGIN - 40) * ((month[0] - first[0]) * 12 + month[1] - first[1]) // span
        up = floor - POINT_STEP * min(stacks.setdefault(month, 0), STACK_MAX)
        stacks[month] += 1
        draw.ellipse((across - 18, up - 18, across + 18, up + 18), fill=colours.get(one.outlet, OTHERS))
    for month, align in ((first, "left"), (last, "right")):
        shown = f"{date(*month, 1):%b} {month[0]}"
        wide = _font(SMALL).getlength(shown)
        draw.text(
            (MARGIN if align == "left" else WIDTH - MARGIN - wide, floor + 40), shown, fill=PALE, font=_font(SMALL)
        )
    _legend(draw, colours, floor + 120)
    counts = ", ".join(f"{date(*month, 1):%B} {month[0]}: {stacks[month]}" for month in months)
    return Picture("timeline.png", _png(image), f"{title}. {counts}."[:ALT_MAX])


def bars_by_outlet(quoted: Sequence[Quoted], title: str) -> Picture:
    """A bar for each of the first ten, in pieces by outlet."""
    shown = [(fitted(one.speaker.name, BAR_NAME_MAX), one) for one in quoted[:BARS_MAX]]
    colours = _colours([outlet for _, one in shown for outlet, count in one.outlets for _ in range(count)])
    most = max(one.total for _, one in shown)
    image, draw = _paper(2 * MARGIN + 70 + BAR_STEP * len(shown) + 80)
    _title(draw, title)
    at = MARGIN + 60
    for name, one in shown:
        draw.text((MARGIN, at), f"{name} · {one.total}", fill=INK, font=_font(SMALL))
        left = float(MARGIN)
        for outlet, count in sorted(one.outlets, key=lambda part: (part[0] not in colours, part)):
            right = left + (WIDTH - 2 * MARGIN) * count / most
            draw.rectangle((left, at + 46, right, at + 72), fill=colours.get(outlet, OTHERS))
            left = right
        at += BAR_STEP
    _legend(draw, colours, at + 10)
    counts = ", ".join(f"{name}: {one.total}" for name, one in shown)
    return Picture("quoted.png", _png(image), f"{title}. {counts}."[:ALT_MAX])


def _title(draw: "ImageDraw", title: str) -> None:
    """The title in the largest letters in which a line holds it; at the smallest, as many of its words as fit."""
    room = WIDTH - 2 * MARGIN
    fonts = [_font(size, bold=True) for size in _TITLE_SIZES]
    font = next((one for one in fonts if one.getlength(title) <= room), fonts[-1])
    draw.text((MARGIN, MARGIN - 20), next(_lines(title, font, room), ""), fill=INK, font=font)


def _legend(draw: "ImageDraw", colours: Mapping[str, str], at: int) -> None:
    """The outlets beside their colours, in two rows at most."""
    left, end = float(MARGIN), at + LEGEND_STEP
    for outlet, colour in colours.items():
        wide = _font(SMALL).getlength(outlet)
        if left + wide + 46 > WIDTH - MARGIN:
            left, at = float(MARGIN), at + LEGEND_STEP
        if at > end:
            break
        draw.ellipse((left, at + 10, left + 24, at + 34), fill=colour)
        draw.text((left + 34, at), outlet, fill=PALE, font=_font(SMALL))
        left += wide + 64


def _colours(outlets: Sequence[str]) -> dict[str, str]:
    """A colour for each of the outlets that come most often."""
    often = sorted(dict.fromkeys(outlets), key=lambda outlet: (-outlets.count(outlet), outlet))
    colours = dict(zip(often[:OUTLETS_MAX], COLOURS, strict=False))
    return colours | ({"others": OTHERS} if len(often) > len(colours) else {})


def _lines(words: str, font: "FreeTypeFont", wide: int) -> Iterator[str]:
    """The words in lines that are no wider than this; one that is too wide by itself is cut between its letters."""
    line = ""
    for word in words.split():
        while font.getlength(word) > wide:
            fits = next(at for at in range(len(word), 0, -1) if font.getlength(word[:at]) <= wide or at == 1)
            if line:
                yield line
                line = ""
            yield word[:fits]
            word = word[fits:]
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > wide:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _step(size: int) -> int:
    return size * 13 // 10


def _paper(height: int) -> "tuple[object, ImageDraw]":
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, height), PAPER)
    return image, ImageDraw.Draw(image)


def _png(image: object) -> bytes:
    written = BytesIO()
    image.save(written, "PNG", optimize=True)  # type: ignore[attr-defined]
    return written.getvalue()


def _font(size: int, *, bold: bool = False) -> "FreeTypeFont":
    """Roboto, as its package has it; no font of the machine is used."""
    return once(_font_of, size, bold)


def _font_of(size: int, bold: bool) -> "FreeTypeFont":
    from PIL import ImageFont

    spec = find_spec("font_roboto")
    assert spec is not None
    assert spec.origin is not None
    name = "Roboto-Bold.ttf" if bold else "Roboto-Regular.ttf"
    return ImageFont.truetype(str(next(Path(spec.origin).parent.rglob(name))), size)


def can_be_card(said: Utterance) -> bool:
    """Whether the words are somebody's own, all of them."""
    return bool(said) and all(piece.kind == "direct" for piece in said)


def card_of(said: Utterance, shelf: Shelf) -> Picture | None:
    """The card of an utterance; None where its words are the reporter's, or too many to be read on a phone."""
    if not can_be_card(said):
        return None
    story = shelf.story(said[0].story, said[0].version)
    words = " ".join(spoken(said, story).split())
    if len(words) > WORDS_MAX:
        return None
    speaker = next((one for one in shelf.speakers() if one.id == said[0].speaker), None)
    day = date_in(story.date, "en") if story.date else None
    headline = story.title if story.title and len(story.title) <= HEADLINE_MAX else None
    below = " · ".join(filter(None, (story.source, day, place_sign(said[0].paragraph, story), headline)))
    return card(words, speaker_words(speaker), below)
