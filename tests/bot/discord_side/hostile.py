"""`python -m tests.bot.discord_side.hostile [TEXTS]`: ten thousand hostile texts through every way to the screen.

Each text stands in a story wherever a story has text (words, title, outlet, name, role, cue, relay, addressee), in what
somebody asks, and in an error; nothing that comes out may ping, link, hide, format or turn its direction.
"""

import csv
import json
import random
import re
import sys
from collections.abc import Iterator
from datetime import date
from io import StringIO

from bot.answers import Abstention, Answer, Reason, Result
from bot.discord_side.libraries.sources import File, Pasted
from bot.discord_side.libraries.suggestions import suggestions_from
from bot.discord_side.replies.story_items import options_of, title_of
from bot.rendering.discord_letter import Letter, letter, sentence
from bot.rendering.discord_message import render_pages
from bot.rendering.discord_stories import render_context, render_stories, render_story
from bot.rendering.exports import exported
from index.errors import StoriesError, StoryUnreadable
from index.reading.sources import HERE
from index.story import Cue, Span, Speaker, Statement, Story
from tests.bot.discord_side.shelf import FakeShelf

FRAGMENTS = (
    "@everyone", "@here", "<@123>", "<@!123>", "<@&456>", "<#789>", "</ask:1>", "</a b:12>", "<t:1700000000:R>",
    "<:x:1>", "<a:x:1>", "<id:customize>", "[here](https://evil.example)", "[a](<https://evil.example>)",
    "https://evil.example", "HTTP://evil.example", "<https://evil.example>", "discord.gg/abc", "discord.com/invite/abc",
    "**b**", "*i*", "__u__", "_i_", "~~s~~", "||s||", "`c`", "```\nblock```", "\n# head", "\n-# small", "\n> bar",
    "\n>>> bars", "\n- item", "\n1. one", "\\", "\\\\", "\\*", "\u202edrow\u202c", "\u2066a\u2069", "a\u200bb",
    "a\u200db", "\u200f", "\ufeff", "\u00ad", "\u2800", "\U000e0041", "\x00", "\x1b[31m", "\r", "\u2028", "“", "”",
    '"', "'", "Ryan", "said", " ", " ", "é", "e\u0301", "😀", "👩‍👩‍👧", "東京", "مرحبا",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '","=1',
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula."""
OURS = re.compile(r"\]\(<https://news\.example/[^>\s]*>\)")
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\u2800\ufeff\U000e0041]"
)
"""What cannot be seen or turns a direction; line breaks of other systems only break a line."""
ACTS = re.compile(r"(?<!\\)(?:\\\\)*(?:<[@#:/at]|<id:|@|https?:/|discord(?:app)?\.\w+/|\|\||`|\]\(|__)", re.IGNORECASE)


def hostile_text(chance: random.Random) -> str:
    """A few fragments in a row, at most a paragraph."""
    return "".join(chance.choice(FRAGMENTS) for _ in range(chance.randint(1, 14)))


def shelf_of(text: str) -> FakeShelf:
    """A story that has the text wherever it has one."""
    words = f"“{text}”"
    body = f"{text} Ryan {text} {words}\n\n# {text}\n\nRyan {text} that {text}."
    start, after = body.index(words), body.rindex(" that ")
    cue = Cue(Span(body.index("Ryan"), start - 1))
    told = (text,)
    said = Statement("s", 1, Span(start, start + len(words)), "direct", "ryan", None, cue, 0, 0, told, text)
    other = Statement("s", 1, Span(after + 6, len(body) - 1), "indirect", "ryan", None, None, 1, 1, told, text)
    story = Story("s", body, text, text, date(2024, 1, 1), url="https://news.example/" + text)
    return FakeShelf((story,), (said, other), (Speaker("ryan", f"{text} Ryan", aliases=told, roles=told),))


def acting(text: str) -> list[str]:
    """Where one text acts, on any way to the screen; each is named with what acts."""
    found = [f"{way}: {one!r}" for way, shown in markdown(text) for one in _acts(shown)]
    found += [f"{way}: {one!r}" for way, shown in plain(text) for one in UNSEEN.findall(shown)]
    return found + list(acting_in_files(text))


def acting_in_files(text: str) -> Iterator[str]:
    """Where a text acts in a file: as a formula of a spreadsheet, or by breaking out of its place in JSON."""
    shelf = shelf_of(text)
    rows = list(csv.reader(StringIO(exported(shelf.statements(), shelf, "csv"), newline="")))
    yield from (f"csv: {cell!r}" for row in rows for cell in row if cell.startswith(FORMULA))
    if len(rows) != len(shelf.statements()) + 1 or {len(row) for row in rows} != {len(rows[0])}:
        yield "csv: a cell breaks out of its row"
    words = [said.span.of(shelf.stories[0].text) for said in shelf.statements()]
    if [one["text"] for one in json.loads(exported(shelf.statements(), shelf, "json"))] != words:
        yield "json: the words are others"


def _told_of(text: str) -> Iterator[tuple[str, Letter]]:
    """What is said of a file of such a name, and of a story of such a title that was pasted into the form."""
    try:
        next(iter(File(text, b"", 1_000).read(lambda error: None, None, HERE)))
    except StoriesError as error:
        yield "file name", sentence(str(error))
    for story in Pasted(f"It rained. {text}", text, text, text, text).read(lambda error: None, None, HERE):
        yield "form", Letter(f"{title_of(story)} is added.")


def _acts(shown: str) -> list[str]:
    return ACTS.findall(OURS.sub("", shown)) + UNSEEN.findall(shown.replace("\n", ""))


def letters(text: str) -> Iterator[tuple[str, Letter]]:
    """Every page of every reply about such a story, and an error that names it."""
    shelf = shelf_of(text)
    story, statements, people = shelf.stories[0], shelf.statements(), shelf.speakers()
    results: dict[str, Result] = {
        "said": Answer(text, "said", people, statements, topic=text),
        "speakers": Answer(text, "speakers", people),
        "who said": Answer(text, "who-said", people, statements),
        **{
            f"check {verdict}": Answer(text, "check", people, statements[:1], verdict=verdict)
            for verdict in ("exact", "trimmed", "changed", "other-speaker", "reporter")
        },
        **{
            f"abstention {reason.value}": Abstention(
                text, reason, speakers=people, nearest=statements, choices=(text,), name=text, topic=text
            )
            for reason in Reason
        },
    }
    for way, result in results.items():
        pages = render_pages(result, shelf, question=text)
        yield from ((way, letter(pages, at, private=True)) for at in range(len(pages.pages)))
    for page in render_pages(results["said"], shelf).pages:
        context = render_context(page, shelf)
        yield from (("context", letter(context, at)) for at in range(len(context.pages)))
    for way, pages in (("stories", render_stories(shelf, question=text)), ("story", render_story(story, shelf))):
        yield from ((way, letter(pages, at)) for at in range(len(pages.pages)))
    yield "error", sentence(str(StoryUnreadable(text, text)))
    yield from _told_of(text)


def markdown(text: str) -> Iterator[tuple[str, str]]:
    """What is shown as markdown."""
    yield from ((way, one.body) for way, one in letters(text))
    shelf = shelf_of(text)
    yield "export", exported(shelf.statements(), shelf, "md")


def plain(text: str) -> Iterator[tuple[str, str]]:
    """What is shown where Discord knows no markup: the question kept, labels, choices and options."""
    for way, one in letters(text):
        yield from ((f"{way}, beside", shown or "") for shown in (one.question, one.footer))
        yield from ((f"{way}, button", button.label) for button in one.buttons)
        yield from ((f"{way}, menu", option.label) for menu in one.menus for option in menu.options)
    shelf = shelf_of(text)
    offered = suggestions_from(shelf)
    yield from (("choice", choice.shown) for choice in (*offered.speakers.all, *offered.stories.all))
    yield from (("option", option.label + (option.description or "")) for option in options_of(shelf, ()))


def main(count: int = 10_000) -> int:
    """Prints how many texts acted; 1 where one did."""
    chance = random.Random(6)
    ways: set[str] = set()
    found: list[str] = []
    for _ in range(count):
        text = hostile_text(chance)
        ways |= {way for way, _ in (*markdown(text), *plain(text))}
        found += acting(text)
    sys.stdout.write(f"{count} hostile texts on {len(ways)} ways to the screen: {len(found)} acted\n")
    sys.stdout.writelines(f"{one}\n" for one in found[:20])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
