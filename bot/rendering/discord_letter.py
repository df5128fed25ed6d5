"""One Discord message as a plain value: a page of a reply, or a sentence, with the buttons that stand under it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_layout import Leads, Option, Pages, Tone
from bot.rendering.drawing import Picture, can_be_card

Action = Literal["page", "all", "context", "ask", "share", "up", "down", "wrong", "add", "card", "watch"]

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
