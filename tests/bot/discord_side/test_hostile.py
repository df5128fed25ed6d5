"""A story written to act rather than to be read: through every way by which its text reaches Discord, it stays text."""

import random
import re
from datetime import date

import pytest
from simcord import Env

from bot.discord_side.client import OnRecord
from index.story import Cue, Span, Speaker, Statement, Story
from tests.bot.discord_side.hostile import acting, hostile_text
from tests.bot.discord_side.room import a_room, answered, choose, words_of
from tests.bot.discord_side.shelf import FakeEngine, FakeShelf

EVIL = (
    "@everyone <@123> <@&456> <#789> </ask:1> <t:1700000000:R> <:x:1> [here](https://evil.example) "
    "https://evil.example discord.gg/abc **b** ||s|| `c` \u202edrow\u202c a\u200bb"
)
OURS = re.compile(r"\]\(<https://news\.example/[^>]*>\)")
ACTS = re.compile(r"(?<!\\)(?:<[@#:/t]|@|https?://|discord\.gg/|\|\||`|\]\()|[\u202a-\u202e\u2066-\u2069\u200b]")


def evil_shelf() -> FakeShelf:
    words = f"“{EVIL}”"
    text = f"{EVIL} Ryan {EVIL} {words}\n\n# {EVIL}"
    start = text.index(words)
    cue = Cue(Span(text.index("Ryan"), start - 1))
    said = Statement("evil", 1, Span(start, start + len(words)), "direct", "ryan", None, cue, 0, 0, (EVIL,), EVIL)
    story = Story("evil", text, EVIL, EVIL, date(2024, 1, 1), url=f"https://news.example/{EVIL}")
    return FakeShelf((story,), (said,), (Speaker("ryan", f"{EVIL} Ryan", aliases=(EVIL,), roles=(EVIL,)),))


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(evil_shelf())


def acts(markdown: str) -> list[str]:
    return ACTS.findall(OURS.sub("", markdown))


@pytest.mark.parametrize("command", ["ask", "speakers", "whosaid", "check", "stories"])
async def test_no_command_lets_a_storys_text_act(simcord_env: Env, command: str) -> None:
    room = a_room(simcord_env)
    given = {
        "ask": {"question": "what did Ryan say?"},
        "whosaid": {"words": "everyone"},
        "check": {"quote": "everyone"},
    }

    result = await room.ann.slash(room.channel, command, **given.get(command, {}))

    assert "everyone" in answered(result)
    assert acts(answered(result)) == []


async def test_no_reply_button_or_choice_lets_a_storys_text_act(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    reply = await room.ask(f"what did Ryan say? {EVIL}")
    around = await choose(room.ann, reply, "In context")
    choices = await room.ann.autocomplete(room.channel, "speaker", "name", "ryan")

    assert acts(words_of(reply)) == []
    assert acts(answered(around)) == []
    assert reply.mentions == []
    assert not reply.mention_everyone
    assert not any("\u202e" in choice["name"] for choice in choices)


async def test_what_somebody_asks_is_shown_back_as_text(simcord_env: Env, simcord_bot: OnRecord) -> None:
    room = a_room(simcord_env)

    result = await room.ann.slash(room.channel, "ask", question=f"what did Ryan say? {EVIL}"[:250])

    assert result.response is not None
    assert result.response.content == ""
    shown = result.response.embeds[0].author.name or ""
    assert not re.search(r"[\u202a-\u202e\u200b]", shown)


def test_no_hostile_text_acts_on_any_way_to_the_screen() -> None:
    chance = random.Random(3)

    assert [one for _ in range(60) for one in acting(hostile_text(chance))] == []


def test_a_text_that_acts_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.rendering.discord_utterance.escaped", lambda text: text)

    assert acting("<@123> said \u202e")
