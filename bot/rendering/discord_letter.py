"""A reply as pages: blocks of Discord markdown put together so that each is read comfortably and fits a message; and a
message as a plain value: a page of a reply, or a sentence, with the buttons that stand under it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.drawing import Picture, can_be_card
from bot.rendering.utterances import Utterance
from index.story import Hit

Tone = Literal["words", "facts", "confirmed", "differs", "wrong", "nothing"]
Leads = Literal["more", "speaker", "story"]
"""What choosing from a menu leads to: what a reply's page can do besides, what somebody said, or a story."""
Action = Literal["page", "all", "context", "ask", "share", "up", "down", "wrong", "add", "card", "watch"]
PAGE_MAX = 1_900
"""Code points in a page's body at most; a message holds 2,000, an embed's description 4,096."""
PAGE_FULL = 1_300
"""Code points that are seen, after which a page takes no further block: what is read comfortably in a busy channel."""
UTTERANCES_PER_PAGE = 5
OPTIONS_PER_PAGE, OPTIONS_MAX = 12, 25
"""Lines of a list on a page, each of which its menu has; and what a menu holds (Discord)."""
LINE_MAX = 90
"""Code points that are seen of a line of a list at most: three lines on a phone. What is longer has a gap around it."""
GOES_ON = "goes on in the next part"
AUTHOR_MAX = 256
"""Code points in an embed's author line (Discord)."""
LABEL_MAX = 80
"""Code points on a button (Discord)."""
WATCH = "Watch "
"""How the label of a button begins that sets a watch for somebody."""
SENTENCE_MAX = 900
BUTTONS_MAX = 3
MORE: dict[Action, str] = {
    "context": "In context",
    "all": "All",
    "share": "Share",
    "up": "👍 Good answer",
    "down": "👎 Bad answer",
    "wrong": "Wrong speaker",
}
"""What the menu under a reply offers."""
BELOW: dict[Action, str] = {
    "context": "These words where they stand in their story",
    "all": "Every page at once, for you alone",
    "share": "For all to see, as yours",
    "wrong": "These words are somebody else's",
}
PLACEHOLDERS: dict[str, str] = {"speaker": "What did one of them say?", "story": "Open one of them"}
_COMMAND = re.compile(r"(?<!\\)`/(?P<name>[a-z]+(?: [a-z]+)?)`")


@dataclass(frozen=True, slots=True)
class Block:
    """Markdown that stands together on a page; blocks under one heading share its line, and then the one under it.

    `option` is what can be chosen from the page's menu for it.
    """

    heading: str | None
    body: str
    utterance: Utterance = ()
    under: str | None = None
    option: "Option | None" = None


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose from a menu: what is shown, what it stands for, and what stands below it."""

    label: str
    value: str
    below: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a reply: Discord markdown of at most PAGE_MAX code points, the statements that it shows, and in a few
    words what is `behind` it."""

    body: str
    utterances: tuple[Utterance, ...] = ()
    passages: tuple[Hit, ...] = ()
    options: tuple[Option, ...] = ()
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole reply. `choices` are questions to offer; `question` is what was asked, where that has to be shown.

    `adds` says that a story can be added from it, `watches` are people for whom a watch is offered, `leads` says where
    the options of its pages lead, `picture` stands beside the first page.
    """

    pages: tuple[Page, ...]
    tone: Tone
    choices: tuple[str, ...] = ()
    question: str | None = None
    adds: bool = False
    watches: tuple[str, ...] = ()
    leads: Leads = "more"
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what it does, and the page or the choice that it does it with."""

    label: str
    action: Action
    at: int


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu: what it leads to, the page that it is of, what it shows while it is closed, and its options."""

    leads: Leads
    at: int
    shown: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message holds. Without a tone it is a sentence, sent as plain content; else an embed of that tone."""

    body: str
    tone: Tone | None = None
    question: str | None = None
    footer: str | None = None
    buttons: tuple[Button, ...] = ()
    menus: tuple[Menu, ...] = ()
    picture: Picture | None = None


def laid_out(blocks: Sequence[Block], first: str | None) -> tuple[Page, ...]:
    """Blocks on pages, the headings said once a page, and the first line on the first page."""
    pages: list[Page] = []
    for group in _groups(blocks, len(first or "")):
        top = () if pages or not first else (first,)
        body = "\n\n".join((*top, *_bodies(group)))
        shown = tuple(dict.fromkeys(b.utterance for b in group if b.utterance))
        options = {b.option.value: b.option for b in group if b.option}
        pages.append(Page(body, shown, options=tuple(options.values())))
    return tuple(pages) or (Page(first or "There is nothing to show."),)


def put_together(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages one below the other, as many on one as it has room for."""
    together: list[Page] = []
    for page in pages:
        both = _below(together[-1], page) if together else page
        if together and len(both.body) <= PAGE_MAX and _seen_length(both.body) <= PAGE_FULL:
            together[-1] = both
        else:
            together.append(page)
    return tuple(together)


def _below(first: Page, second: Page) -> Page:
    return Page(
        f"{first.body}\n\n{second.body}",
        tuple(dict.fromkeys(first.utterances + second.utterances)),
        first.passages + second.passages,
        tuple({option.value: option for option in first.options + second.options}.values()),
        second.behind,
    )


def fitted_lines(first: str, items: Sequence[str], *, besides: int = 0, gap: str = "\n") -> str:
    """As many of the items as fit a page, each whole on lines of its own; and how many more there are.

    `besides` are those that there are beyond the ones given, `gap` stands between two of them.
    """
    text = first
    for shown in range(len(items), -1, -1):
        more = len(items) - shown + besides
        text = "\n".join(filter(None, (first, gap.join(items[:shown]), f"-# and {more} more" if more else "")))
        if len(text) <= PAGE_MAX:
            break
    return text


def _groups(blocks: Sequence[Block], used: int) -> Iterator[list[Block]]:
    group: list[Block] = []
    size = seen = used
    for block in blocks:
        text = _added(block, group[-1] if group else None)
        long = size + len(text) > PAGE_MAX or (group and seen + _seen_length(text) > PAGE_FULL)
        if size and (long or _is_full(group, block)):
            yield group
            group, size, seen = [], 0, 0
            text = _added(block, None)
        group.append(block)
        size, seen = size + len(text), seen + _seen_length(text)
    if group:
        yield group


def _added(block: Block, before: Block | None) -> str:
    """What a block adds to a page, by its length: no line is said again that stands above it already."""
    same = before is not None and before.heading == block.heading
    heading = None if same else block.heading
    under = None if same and before is not None and before.under == block.under else block.under
    return "\n\n".join(filter(None, (heading, under, block.body))) + "\n\n"


def _is_full(group: Sequence[Block], block: Block) -> bool:
    """Whether a page has as many utterances, or lines to choose from, as one may have."""
    said = {one.utterance for one in (*group, block) if one.utterance}
    return len(said) > UTTERANCES_PER_PAGE or sum(one.option is not None for one in group) >= OPTIONS_PER_PAGE


def _bodies(group: Sequence[Block]) -> Iterator[str]:
    for title, blocks in groupby(group, key=lambda block: block.heading):
        parts = [
            "\n".join(filter(None, (under, _together([block.body for block in within]))))
            for under, within in groupby(blocks, key=lambda block: block.under)
        ]
        lines = _together(parts)
        yield f"{title}\n{lines}" if title else lines


def _together(bodies: Sequence[str]) -> str:
    """Bodies one after the other: lines right below each other, longer ones with a line between."""
    lines = len(bodies) > 1 and all(map(_is_line, bodies))
    return ("\n" if lines else "\n\n").join(bodies)


def _is_line(body: str) -> bool:
    return "\n" not in body and not body.startswith("> ") and _seen_length(body) <= LINE_MAX


def _seen_length(markdown: str) -> int:
    """Code points that are seen of markdown: of a link, its words."""
    first, *links = markdown.split("](<")
    return len(first) + sum(1 + len(link.partition(">)")[2]) for link in links)


def sentence(text: str) -> Letter:
    """A message of one sentence, which may hold somebody else's words."""
    return Letter(escaped(fitted(text, SENTENCE_MAX)))


def with_commands(body: str, numbers: Mapping[str, int]) -> str:
    """The body with each command named in it ("`/story add`") as one that can be clicked, if its number is known.

    Nothing that anybody else wrote is taken for one: there the marks around it are escaped.
    """

    def clickable(found: re.Match[str]) -> str:
        number = numbers.get(found["name"].split()[0])
        return f"</{found['name']}:{number}>" if number else found.group()

    return _COMMAND.sub(clickable, body)


def letter(pages: Pages, at: int = 0, *, with_buttons: bool = True, private: bool = False) -> Letter:
    """The message that shows one page of a reply (the last one, where there are fewer), with its buttons.

    A private one can be shared by the one who has it.
    """
    at = max(0, min(at, len(pages.pages) - 1))
    page = pages.pages[at]
    number = f"Page {at + 1} of {len(pages.pages)}" if len(pages.pages) > 1 else None
    footer = " · ".join(filter(None, (page.behind, number))) or None
    buttons = _buttons(pages, at) if with_buttons else ()
    menus = tuple(_menus(pages, at, private=private)) if with_buttons else ()
    question = fitted(pages.question, AUTHOR_MAX) if pages.question else None
    return Letter(page.body, pages.tone, question, footer, buttons, menus, None if at else pages.picture)


def _buttons(pages: Pages, at: int) -> tuple[Button, ...]:
    """At most three, none of them dead: the pages on either side, and then questions to ask."""
    last = len(pages.pages) - 1
    buttons = [Button("Back", "page", at - 1)] if at > 0 else []
    if at < last:
        buttons.append(Button("More", "page", at + 1))
    if pages.adds:
        buttons.append(Button("Add a story", "add", 0))
    asked = [choice for choice in pages.choices if len(choice) <= LABEL_MAX and fitted(choice, LABEL_MAX)]
    buttons += [Button(fitted(choice, LABEL_MAX), "ask", number) for number, choice in enumerate(asked)]
    watches = [f"{WATCH}{name}" for name in pages.watches if len(WATCH) + len(name) <= LABEL_MAX]
    buttons += [Button(label, "watch", number) for number, label in enumerate(watches)]
    if any(can_be_card(said) for said in pages.pages[at].utterances):
        buttons.append(Button("Quote card", "card", at))
    return tuple(buttons[:BUTTONS_MAX])


def _menus(pages: Pages, at: int, *, private: bool) -> Iterator[Menu]:
    """What the page lists, to be chosen from; and what can be done with it besides."""
    page = pages.pages[at]
    if page.options and pages.leads != "more":
        yield Menu(pages.leads, at, PLACEHOLDERS[pages.leads], page.options)
    words = bool(page.utterances or page.passages)
    there: dict[Action, bool] = {
        "context": words,
        "all": len(pages.pages) > 1,
        "share": private,
        "up": words,
        "down": words,
        "wrong": bool(page.utterances),
    }
    options = tuple(Option(MORE[action], action, BELOW.get(action)) for action, is_there in there.items() if is_there)
    if options:
        yield Menu("more", at, "⋯", options)
