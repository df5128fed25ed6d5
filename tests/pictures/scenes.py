"""What the pictures of the README show: what somebody asks, and the bot's own reply to it.

Most are asked of the seed story; what it does not have (a denial, two people of one name, an end that is missing) of a
story written for the purpose.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import discord

from bot.answers import Answer
from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.engine import LibraryEngine
from bot.discord_side.messages.questions import Asked, Source, check_question, speaker_question, who_said_question
from bot.discord_side.places.place import NOWHERE, Place
from bot.discord_side.places.rules import Rules
from bot.discord_side.replies.adding import ADD_FIRST, adding_view
from bot.discord_side.replies.forgetting import forgetting_view
from bot.discord_side.replies.settings_items import panel
from bot.discord_side.texts import PRIVACY, greeting, help_text
from bot.rendering.discord_letter import Action, Letter, letter
from bot.rendering.examples import examples_from
from bot.settings import Settings
from bot.story_keys import story_key
from index.story import Story

SERVER = Place("server-1")
MILL = Story(
    "mill",
    """The council of Alder met on Monday to talk about the old mill on the river.

“The mill will reopen in spring, and it will grind flour again,” said Ewen Jones, the mayor of Alder.

Ewen Jones denied that the town had sold the land behind the mill.

“Nobody ever asked us,” said Stephen Jones, a farmer whose fields lie beside it.

Stephen Jones said that he would wait for the council, which will vote on""",
    "The mill at Alder is to reopen",
    "The Alder Post",
    date(2024, 3, 4),
    url="https://post.example/news/mill",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: what somebody wrote or which command they used, and what was asked by it, where."""

    name: str
    asked: str
    command: str | None = None
    source: Source = "ask"
    place: Place = NOWHERE
    story: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button as it is drawn."""

    label: str
    style: discord.ButtonStyle = discord.ButtonStyle.secondary


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply as it is drawn: the letter, and what stands under its words."""

    letter: Letter
    rows: tuple[tuple[Pressed, ...], ...] = ()
    menus: tuple[str, ...] = ()
    file: str | None = None


SCENES = (
    Scene("answer", "what did Ryan say?"),
    Scene("speaker", speaker_question("Al Franken"), command="/speaker", source="speaker"),
    Scene("whosaid", who_said_question("no one is above the law"), command="/whosaid", source="whosaid"),
    Scene("abstention", "what did Ryan say about taxes?"),
    Scene("check", check_question("No one is above the rules", "Jeff Sessions"), command="/check", source="check"),
    Scene("denied", "what did Ewen Jones say?", place=SERVER),
    Scene("several", "what did Jones say?", place=SERVER),
    Scene(
        "story",
        "One story, as it is kept",
        command="/story show",
        source="story",
        place=SERVER,
        story=story_key(MILL.id),
    ),
    Scene("speakers", "who speaks?", command="/speakers", source="speakers", place=SERVER),
    Scene("stories", "which stories?", command="/stories", source="stories", place=SERVER),
    Scene("fact", "when did Sessions recuse himself?"),
    Scene("greeting", "", command="(on joining)"),
    Scene("help", "", command="/help"),
    Scene("hello", "", place=SERVER),
    Scene("empty", "which stories?", command="/stories", source="stories", place=Place("server-2")),
    Scene("export", "Al Franken", command="/export"),
    Scene("settings", "", command="/settings"),
    Scene("privacy", "", command="/privacy"),
)


BEST = ("answer", "speaker", "whosaid", "abstention", "check", "denied")
"""The replies that the README shows."""


async def shown_in(scenes: tuple[Scene, ...]) -> list[Shown]:
    """The bot's own reply to each scene, from libraries made for the purpose."""
    with TemporaryDirectory() as folder:
        engine = LibraryEngine(Settings(library=Path(folder) / "library"))
        desk = Desk(engine)
        try:
            await desk.start()
            await desk.ledger.change("server-2", "demo", False)
            with engine.library_of(SERVER.owner) as library:
                library.add([MILL])
            return [await _reply(desk, scene) for scene in scenes]
        finally:
            await desk.close()


async def _reply(desk: Desk, scene: Scene) -> Shown:
    match scene.name:
        case "settings":
            return _with(*panel(SERVER, Rules(adders=(1,), dates="en-us", cooldown_s=15)))
        case "privacy":
            return _with(Letter(PRIVACY), forgetting_view())
        case "greeting":
            return _with(greeting(await desk.look(Asked("", 1, place=SERVER), examples_from)), adding_view(ADD_FIRST))
        case "help":
            return Shown(Letter(help_text(await desk.look(Asked("", 1, place=SERVER), examples_from))))
        case "export":
            found = await desk.look(Asked(scene.asked, 1), lambda shelf: desk.engine.said(shelf, scene.asked, None))
            assert isinstance(found, Answer)
            return Shown(Letter(f"{len(found.statements)} statements of {scene.asked}"), file="statements.csv")
    shown = scene.command is not None
    asked = Asked(scene.asked, 1, source=scene.source, shown=shown, place=scene.place, story=scene.story)
    first = letter(await desk.pages(asked))
    buttons = tuple(Pressed(one.label, _style(one.action)) for one in first.buttons)
    return Shown(first, (buttons,) if buttons else (), tuple(menu.shown for menu in first.menus))


def _style(action: Action) -> discord.ButtonStyle:
    return discord.ButtonStyle.primary if action == "add" else discord.ButtonStyle.secondary


def _with(said: Letter, view: discord.ui.View) -> Shown:
    """A letter with what its view has."""
    items = [item.item if isinstance(item, discord.ui.DynamicItem) else item for item in view.children]
    buttons = tuple(Pressed(one.label or "", one.style) for one in items if isinstance(one, discord.ui.Button))
    menus = (one for one in items if not isinstance(one, discord.ui.Button))
    return Shown(said, (buttons,), tuple(map(_chosen, menus)))


def _chosen(menu: discord.ui.Item[discord.ui.View]) -> str:
    """What a menu shows while it is closed."""
    chosen = [option.label for option in getattr(menu, "options", ()) if option.default]
    return ", ".join(chosen) or getattr(menu, "placeholder", None) or ""
