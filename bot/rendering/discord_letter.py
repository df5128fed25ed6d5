"""One Discord message as a plain value: a page of a reply, or a sentence, with the buttons that stand under it."""

from dataclasses import dataclass
from typing import Literal

from bot.discord_side.limits import AUTHOR_MAX, LABEL_MAX
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_layout import Pages, Tone

Action = Literal["page", "all", "context", "ask", "share", "up", "down", "wrong"]

SENTENCE_MAX = 900


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what it does, the page or the choice that it does it with, and the row in which it stands."""

    label: str
    action: Action
    at: int
    enabled: bool = True
    row: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message holds. Without a tone it is a sentence, sent as plain content; else an embed of that tone."""

    body: str
    tone: Tone | None = None
    question: str | None = None
    footer: str | None = None
    buttons: tuple[Button, ...] = ()


def sentence(text: str) -> Letter:
    """A message of one sentence, which may hold somebody else's words."""
    return Letter(escaped(fitted(text, SENTENCE_MAX)))


def letter(pages: Pages, at: int = 0, *, with_buttons: bool = True, private: bool = False) -> Letter:
    """The message that shows one page of a reply (the last one, where there are fewer), with its buttons.

    A private one can be shared by the one who has it.
    """
    at = max(0, min(at, len(pages.pages) - 1))
    page = pages.pages[at]
    footer = f"Page {at + 1} of {len(pages.pages)}" if len(pages.pages) > 1 else None
    buttons = _buttons(pages, at) if with_buttons else ()
    buttons += (Button("Share", "share", at),) if with_buttons and private else ()
    question = fitted(pages.question, AUTHOR_MAX) if pages.question else None
    return Letter(page.body, pages.tone, question, footer, buttons)


def _buttons(pages: Pages, at: int) -> tuple[Button, ...]:
    page, last = pages.pages[at], len(pages.pages) - 1
    below = 1 if last else 0  # a row holds five: those that turn pages leave no room for verdicts beside them
    buttons: list[Button] = []
    if last:
        buttons.append(Button("Back", "page", max(0, at - 1), enabled=at > 0))
        buttons.append(Button("More", "page", min(last, at + 1) if at < last else last + 1, enabled=at < last))
        buttons.append(Button("All", "all", 0))
    if page.utterances or page.passages:
        buttons.append(Button("In context", "context", at))
        buttons += [Button("👍", "up", at, row=below), Button("👎", "down", at, row=below)]
    if page.utterances:
        buttons.append(Button("Wrong speaker", "wrong", at, row=below))
    asked = [choice for choice in pages.choices if len(choice) <= LABEL_MAX and fitted(choice, LABEL_MAX)]
    buttons += [Button(fitted(choice, LABEL_MAX), "ask", number, row=2) for number, choice in enumerate(asked[:3])]
    return tuple(buttons)
