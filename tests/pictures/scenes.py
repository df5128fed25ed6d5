"""What the pictures show: what somebody does, and every message of the real bot that comes of it.

The bot runs on the small Discord of the tests, with the story that comes along and those of `stories.jsonl`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.discord_side.client import OnRecord
from bot.discord_side.libraries.engine import LibraryEngine
from bot.discord_side.limits import Limits
from bot.settings import Settings
from bot.shelf import story_key
from index.reading import read_source
from index.reading.sources import HERE, Reader
from index.story import SHARED, Story
from tests.bot.discord_side.connecting import a_bot, a_server
from tests.bot.discord_side.gateway import Json
from tests.bot.discord_side.loopback import GUILD, ME, Loopback
from tests.bot.discord_side.payloads import NEW_CHANNEL, NEW_GUILD
from tests.bot.discord_side.people import components
from tests.bot.discord_side.test_feeds_and_hosts import ENTRIES, FEED
from tests.bot.discord_side.test_story_commands import ADDRESS, PAGE, FakeWeb

STORIES = Path(__file__).with_name("stories.jsonl")
OWNER = f"server-{GUILD}"
STRANGER = "4002"
FORM = 9
EPHEMERAL = 64


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of the bot or a form: as it was sent, what stands above it, and the pictures that are attached."""

    name: str
    above: str
    said: Json
    pictures: tuple[bytes, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """What its picture is called."""
        return self.name.replace(" ", "-")

    @property
    def private(self) -> bool:
        """Whether one person alone sees it."""
        return bool((self.said.get("flags") or 0) & EPHEMERAL)


class Engine(LibraryEngine):
    """The engine of a running bot, which reads pages in its own process."""

    def reader_of(self, owner: str) -> Reader:
        """What reads here."""
        return HERE


@dataclass
class Stage:
    """The bot in a server, and what it has shown so far."""

    server: Loopback
    bot: OnRecord
    shown: list[Shown] = field(default_factory=list)

    async def say(self, name: str, words: str, *, reply_to: Json | None = None, private: bool = False) -> Json:
        """Somebody writes to the bot."""
        known = set(self.server.messages)
        pinged = words if private else f"<@{ME}> {words}"
        asked = await self.server.say(pinged, private=private, reply_to=reply_to["id"] if reply_to else None)
        known.add(asked["id"])
        return await self.posted(name, words, known)

    async def posted(self, name: str, above: str, known: set[str]) -> Json:
        """The message that the bot writes beside those that were there."""
        await _until(lambda: any(map(_is_whole, self._beside(known))))
        return self._keep(name, above, next(filter(_is_whole, self._beside(known))))

    def _beside(self, known: set[str]) -> list[Json]:
        return [one for number, one in self.server.messages.items() if number not in known]

    async def use(self, name: str, command: str, by: str = "4001", /, **given: str) -> Json:
        """Somebody uses a slash command."""
        return await self._came_of(name, f"/{command}", await self.server.command(command, by, **given))  # type: ignore[arg-type]

    async def press(self, name: str, message: Json, label: str, by: str = "4001") -> Json:
        """Somebody presses a button, or chooses it from a menu."""
        return await self._came_of(name, f"pressed: {label}", await self.server.press(message, label, by))

    async def choose(self, name: str, message: Json, value: str, at: int = 0) -> Json:
        """Somebody chooses in a menu."""
        menus = [one for one in components(message) if one["type"] != 2]
        used = await self.server.choose(message, menus[at]["custom_id"], [value])
        chosen = next(one["label"] for one in menus[at]["options"] if one["value"] == value)
        return await self._came_of(name, f"chosen: {chosen}", used)

    async def menu(self, name: str, command: str, words: str) -> Json:
        """Somebody uses a message command on a message of theirs."""
        return await self._came_of(
            name, f"Apps › {command}: {words}", await self.server.menu(command, await self.server.say(words))
        )

    async def fill_in(self, name: str, form: Json, **given: str) -> Json:
        """Somebody fills in a form and hands it in."""
        used = await self.server.fill_in(form, **given)  # type: ignore[arg-type]
        return await self._came_of(name, f"handed in: {form['title']}", used)

    async def _came_of(self, name: str, above: str, used: Json) -> Json:
        """What an interaction was answered with, once nothing more comes."""
        token = used["token"]
        [told] = await self.server.until("POST", f"{token}/callback")
        if told.body["type"] == FORM:
            return self._keep(name, above, told.body["data"])
        if told.body["type"] != 4:
            await _until(lambda: bool(self.server.shown.get(token)))
            await _until(lambda: not str(self._last(token).get("content")).endswith("…"))
        private = told.body["type"] in (4, 5) and (told.body.get("data") or {}).get("flags", 0) & EPHEMERAL
        private = private or (used.get("message") or {}).get("flags", 0) & EPHEMERAL
        for number, message in enumerate(self.server.shown[token][:-1], 1):
            part = message | {"flags": EPHEMERAL if private else 0}
            self._keep(f"{name} part {number}", above, part, with_files=False)
        message, sent = self._last(token), self.server.received[-1]
        if sent.method == "POST" and sent.path.endswith(token):  # beside what was acted on, as for all or for one
            private = (message.get("flags") or 0) & EPHEMERAL
        message["flags"] = (message.get("flags") or 0) | (EPHEMERAL if private else 0)
        return self._keep(name, above, message)

    def _last(self, token: str) -> Json:
        return self.server.shown[token][-1]

    def _keep(self, name: str, above: str, said: Json, *, with_files: bool = True) -> Json:
        """Notes what was shown, with the files that were sent last."""
        sent = self.server.received[-1].body if with_files else None
        body = sent if isinstance(sent, dict) else {}
        names = [one.get("filename", "") for one in body.get("attachments") or ()]
        contents = [value for key, value in body.items() if key.startswith("files[")]
        pictures = tuple(one.encode("utf-8", "surrogateescape") for one in contents if one[1:4] == "PNG")
        files = tuple(one for one in names if not one.endswith(".png"))
        self.shown.append(Shown(name, above, dict(said), pictures, files))
        return said


def _is_whole(message: Json) -> bool:
    """Whether a message is more than the word that something is on its way."""
    return not str(message["content"]).endswith("…")


async def _until(so: Callable[[], bool]) -> None:
    """Waits until something is so: models may have to be loaded on the way."""
    async with asyncio.timeout(600):
        while not so():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.05)


Act = Callable[[Stage], Awaitable[object]]


async def asking(on: Stage) -> None:
    """Questions in a channel and in private."""
    answer = await on.say("answer", "what did Ryan say?")
    when = await on.say("when", "when did he say that?", reply_to=answer)
    await on.say("where not told", "and where?", reply_to=when)
    await on.say("follow-up", "and Pelosi?", reply_to=answer)
    await on.say("fact", "how many people live on Skelby?")
    await on.say("two questions", "when does the ferry stop, and who is against it?")
    await on.say("yes or no", "did Warren call on Sessions to resign?")
    await on.say("yes beyond doubt", "did Quayle call the plan a betrayal?")
    await on.say("likely yes", "did Adeyemi say he would have kept Dunne?")
    await on.say("likely no", "does Halloran want to abandon the island?")
    await on.say("whether denied", "did the town sell the land behind the mill?")
    await on.say("who called for it", "who called for Sessions to resign?")
    await on.say("denied", "what did Ewen Jones say?")
    await on.say("several", "what did Jones say?")
    await on.say("said of nothing", "what did Ryan say about taxes?")
    await on.say("abstention", "what did Kislyak say?")
    await on.say("nobody", "what did Napoleon say?")
    await on.say("no question", "what is the weather tomorrow?")
    await on.say("summary", "what is the ferry story about?")
    await on.say("date", "when was the story about the mill published?")
    await on.say("many people", "what did everyone say about the ferry?")
    await on.say("what is new", "what's new?")
    await on.say("wrong", "that's wrong")


async def talking(on: Stage) -> None:
    """What is said to the bot itself."""
    await on.say("hello", "hello!")
    await on.say("thanks", "thanks a lot")
    await on.say("help in words", "help")
    await on.say("who are you", "who are you?")
    await on.say("how to add", "how do I add a story?")
    await on.say("bare ping", "")
    await on.say("foreign", "was hat Ryan gesagt?")
    await on.say("command typed", "/check")
    await on.say("page not held", "https://nowhere.example/page")
    errand = await on.say("errand", "tell me when Quayle says something new")
    if any(one.get("label") == "Watch Idris Quayle" for one in components(errand)):
        await on.press("errand done", errand, "Watch Idris Quayle")
        await on.press("silenced", on.shown[-1].said, "Silence this watch")
    await on.use("help", "help")
    privacy = await on.use("privacy", "privacy")
    await on.press("sure to be forgotten", privacy, "Forget me")


async def looking_up(on: Stage) -> None:
    """Commands that look something up, and the buttons and menus under what they show."""
    await on.use("ask", "ask", question="what did Pelosi say?")
    alone = await on.use("yes in private", "ask", question="did Adeyemi say he would have kept Dunne?", private="true")
    await on.press("yes on a card", alone, "Quote card")
    await on.press("yes shared", alone, "Share")
    await on.use("speaker", "speaker", name="Al Franken")
    long = await on.use("five quotations", "speaker", name="Idris Quayle")
    await on.press("context", long, "In context")
    await on.press("which card", long, "Quote card")
    await on.press("thanks for it", long, "👍 Good answer")
    which = await on.press("wrong speaker", long, "Wrong speaker")
    await on.choose("who is right", which, components(which)[0]["options"][0]["value"])
    right = on.shown[-1].said
    await on.choose("proposed", right, components(right)[0]["options"][0]["value"])
    card = await on.use("one quotation", "speaker", name="Ola Brandt")
    await on.press("card", card, "Quote card")
    whose = await on.use("speakers", "speakers")
    if any(one.get("label") == "More" for one in components(whose)):
        await on.press("second page", whose, "More")
    await on.use("whosaid", "whosaid", words="no one is above the law")
    stories = await on.use("stories", "stories")
    await on.choose("story chosen", stories, components(stories)[0]["options"][0]["value"])
    await on.use("private", "speaker", name="Scott Peters", private="true")
    await on.use("timeline", "timeline", name="Idris Quayle")
    await on.use("quoted", "quoted")
    await on.use("export", "export", name="Idris Quayle")


async def checking(on: Stage) -> None:
    """Quotations checked."""
    await on.use("exact", "check", quote="I can't swim to work", speaker="Ola Brandt")
    await on.use("check", "check", quote="No one is above the rules", speaker="Jeff Sessions")
    await on.use("turned", "check", quote="We could wait for Christmas", speaker="Lena Fox")
    await on.use("trimmed", "check", quote="Keith is a good man … We could not wait", speaker="Lena Fox")
    await on.use("words left out", "check", quote="A bus and a bridge will do what one old boat cannot")
    await on.use("too few words", "check", quote="betrayal")
    await on.use("somebody else", "check", quote="I'd have kept him", speaker="Lena Fox")
    await on.use("reporter", "check", quote="the shortest reign in the club's history", speaker="Lena Fox")
    await on.use("check denied", "check", quote="the town had sold the land behind the mill", speaker="Ewen Jones")
    await on.use("nowhere", "check", quote="We shall fight them on the beaches", speaker="Idris Quayle")
    await on.menu(
        "several checked",
        "Check this quote",
        "Quayle said “The bridge does not stand.” Brandt: “I can swim to work.” And Fox: “I never liked him.”",
    )
    await on.menu("ask about this", "Ask about this", "what did the mayor of Skelby say?")


async def keeping_stories(on: Stage) -> None:
    """Stories shown, added, removed; feeds and watches; settings."""
    await on.use("story", "story show", story=story_key("mill"))
    await on.use("watch", "watch", speaker="Ada Burke")
    known = set(on.server.messages)
    await on.use("added", "story add", address=ADDRESS)
    on.bot.desk.tower.poke(OWNER)
    await on.posted("watched for", "(a new story)", known | {on.shown[-1].said["id"]})
    await on.use("feed added", "story add", address=FEED)
    await on.use("cannot be read", "story add", address="https://nowhere.example/gone")
    form = await on.use("form", "story add")
    again = await on.fill_in("wrong date", form, text="“It holds,” said Cy Dunn.", title="The dam", day="May Day")
    await on.press("form again", again, "Fill it in again")
    await on.menu("nothing to add", "Add as story", "hello there")
    here = await on.use("here", "story here", story=story_key("mill"))
    await on.choose("here again", here, story_key("ferry"))
    await on.use("remove", "story remove", story=story_key("rovers"))
    await on.press("removed", on.shown[-1].said, "Remove it")
    await on.use("refresh", "story refresh", story=story_key("ruling"))
    panel = await on.use("settings", "settings")
    for name in ("Feeds and watches", "Corrections", "Questions without an answer", "Cooldown", "Hosts"):
        await on.press(name.lower(), panel, name)
    on.server.permissions_of[STRANGER] = "0"
    await on.use("not allowed", "story add", STRANGER, address=ADDRESS)
    await on.use("settings for others", "settings", STRANGER)


async def coming(on: Stage) -> None:
    """The first minute, and an empty library."""
    known = set(on.server.messages)
    await on.server.join(NEW_GUILD)
    await _until(lambda: any(m["channel_id"] == NEW_CHANNEL for m in on.server.messages.values()))
    await on.posted("greeting", "(on joining)", known)
    await on.bot.desk.ledger.change(OWNER, "demo", False)
    with on.bot.desk.engine.library_of(OWNER) as library:
        for story in library.stories:
            if not story.id.startswith(SHARED):
                library.remove(story.id)
    on.bot.desk.offers.forget(OWNER)
    await on.say("empty", "what did Ryan say?")
    await on.use("empty help", "help")


ACTS: tuple[Act, ...] = (asking, talking, looking_up, checking, keeping_stories, coming)
BEST = ("answer", "five-quotations", "denied", "whosaid", "check", "abstention", "card", "several-checked")
"""The pictures that the README shows."""


@asynccontextmanager
async def a_stage() -> AsyncIterator[Stage]:
    """The bot in a server that has the stories."""
    web = FakeWeb({ADDRESS: PAGE.format(opening="The old mill on the river will open again."), FEED: ENTRIES})
    with TemporaryDirectory() as folder:
        engine = Engine(Settings(library=Path(folder) / "library"))
        async with a_server() as server, a_bot(server, engine, Limits(watching_s=3600, answer_s=600)) as bot:
            await bot.desk.start()
            bot.desk.intake.fetcher = web
            with engine.library_of(OWNER) as library:
                library.add(_stories())
            yield Stage(server, bot)


def _stories() -> list[Story]:
    return list(read_source(str(STORIES)))


async def played() -> list[Shown]:
    """Everything that the bot shows, in the order of the acts."""
    async with a_stage() as stage:
        for act in ACTS:
            await act(stage)
        return stage.shown
