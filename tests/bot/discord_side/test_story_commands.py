"""`/story`: stories shown, added from an address, a file or a form, removed, refreshed and chosen for a channel."""

import gzip
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from simcord import Env
from simcord.results import InteractionResult

from bot.discord_side.client import OnRecord
from bot.discord_side.limits import Limits
from index.errors import FetchFailed
from index.reading.fetching import Page
from tests.bot.discord_side.owned import OwnedEngine, story_of
from tests.bot.discord_side.room import UNHURRIED, Room, a_room, answered

ADDRESS = "https://news.example/mill"
PAGE = """<html><head><title>The mill</title><meta property="og:site_name" content="The Paper"></head><body><article>
<h1>The mill</h1><p>{opening} It was shut for eleven years, and many people in the town had worked there before.</p>
<p>“The mill will reopen in spring,” said Ada Burke on Monday, and those who had come to hear it clapped.</p>
</article></body></html>"""


@dataclass
class FakeWeb:
    """Gives the pages that it was given."""

    pages: dict[str, str] = field(default_factory=dict)

    def fetch(self, url: str) -> Page:
        if url not in self.pages:
            raise FetchFailed(url, "its server answered 404")
        return Page(url, self.pages[url].encode(), "text/html")


@pytest.fixture
def engine(tmp_path: Path) -> OwnedEngine:
    return OwnedEngine(tmp_path)


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb({ADDRESS: PAGE.format(opening="The old mill on the river will open again.")})


@pytest.fixture
def simcord_bot(engine: OwnedEngine, web: FakeWeb) -> OnRecord:
    small = replace(
        UNHURRIED, story_bytes=20_000, unpacked_bytes=30_000, stories_of_one_source=3, stories_of_one_owner=4
    )
    bot = OnRecord(engine, small)
    bot.desk.intake.fetcher = web
    return bot


def lines(*words: str) -> bytes:
    stories = (f'{{"id": "{one}", "text": "“The {one} is shut,” said Bo Hall today."}}' for one in words)
    return "\n".join(stories).encode()


async def added(room: Room, name: str, content: bytes) -> InteractionResult:
    """A manager adds a file."""
    boss = room.member("boss", manages=True)
    return await boss.slash(room.channel, "story add", file=(name, content))


async def test_what_is_added_brings_a_question_that_it_answers_and_what_was_there_brings_none(
    simcord_env: Env,
) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)

    added = await boss.slash(room.channel, "story add", address=ADDRESS)
    assert added.response is not None
    asked = await boss.click(added.response, label="what did Ada Burke say?")
    again = await boss.slash(room.channel, "story add", address=ADDRESS)

    assert "The mill will reopen in spring" in answered(asked)
    assert again.response is not None
    assert not again.response.components


async def test_an_address_is_fetched_and_can_be_asked_at_once(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)

    result = await boss.slash(room.channel, "story add", address=ADDRESS)

    assert result.ephemeral
    assert answered(result) == "**The mill** is added: 1 statement by 1 speaker."
    asked = await room.ann.slash(room.channel, "ask", question="what did Ada Burke say?")
    assert "The mill will reopen in spring" in answered(asked)
    [choice] = await room.ann.autocomplete(room.channel, "speaker", "name", "burke")
    assert choice["name"] == "Ada Burke (1)"


@pytest.mark.parametrize("address", ["/etc/passwd", "-", "file:///etc/passwd", "ftp://news.example/a", "news.example"])
async def test_what_is_no_web_address_is_never_opened(simcord_env: Env, address: str) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)

    result = await boss.slash(room.channel, "story add", address=address)

    assert "does not begin with http" in answered(result)


async def test_an_address_that_gives_nothing_is_said_to_in_one_sentence(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)

    result = await boss.slash(room.channel, "story add", address="https://news.example/gone")

    assert answered(result) == "That address could not be read: its server answered 404."


async def test_a_file_of_many_stories_is_added_with_what_became_of_each(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    result = await added(room, "../../stories.jsonl", lines("mill", "dam") + b"\nnot a story")

    assert answered(result).splitlines()[0] == "2 stories added, 0 changed, 0 already there · 2 statements"
    assert "line 3 of stories.jsonl" in answered(result)


async def test_the_same_file_again_changes_nothing(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    await added(room, "a.txt", "“The mill is shut,” said Bo Hall today.".encode())
    boss = room.member("chief", manages=True)

    again = await boss.slash(
        room.channel, "story add", file=("a.txt", "“The mill is shut,” said Bo Hall today.".encode())
    )

    assert "is here already, with the same text" in answered(again)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("picture.png", b"\x89PNG", "its name has to end with one of"),
        ("a.txt", b"\x00\xff\xfe\x00binary\x00", "No story could be read from a.txt"),
        ("a.txt", b"...", "it has no words"),
        ("big.txt", b"word " * 5_000, "longer than 20,000 bytes"),
        ("many.jsonl", lines("a1", "a2", "a3", "a4"), "more than the 3 stories that can be added at once"),
    ],
)
async def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    simcord_env: Env, name: str, content: bytes, why: str
) -> None:
    room = a_room(simcord_env)

    result = await added(room, name, content)

    assert why in answered(result)
    assert "/tmp" not in answered(result)


async def test_a_packed_file_may_not_unpack_to_much_more(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    result = await added(room, "one.jsonl.gz", gzip.compress(b'{"id": "a", "text": "%s"}' % (b"word " * 100_000)))

    assert "one.jsonl.gz: it holds more than 30,000 bytes" in answered(result)


async def test_a_full_library_takes_no_more(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    await added(room, "one.jsonl", lines("a1", "a2", "a3"))
    boss = room.member("chief", manages=True)

    result = await boss.slash(room.channel, "story add", file=("two.jsonl", lines("b1", "b2")))

    assert "more than the 4 stories that can be kept here" in answered(result)


async def test_text_is_pasted_into_a_form_where_neither_is_given(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)

    form = await boss.slash(room.channel, "story add")
    result = await boss.submit_modal(
        form, {"text": "“The dam holds,” said Cy Dunn.", "title": "The dam", "outlet": "The Post", "day": "2024-06-02"}
    )

    assert answered(result) == "**The dam** is added: 1 statement by 1 speaker."
    asked = await room.ann.slash(room.channel, "ask", question="what did Cy Dunn say?")
    assert "The Post, 2 June 2024" in answered(asked)


async def test_who_may_not_add_is_told_who_may(simcord_env: Env) -> None:
    room = a_room(simcord_env)

    refused = [
        await room.ann.slash(room.channel, "story add", address=ADDRESS),
        await room.ann.slash(room.channel, "story remove", story="mill"),
        await room.ann.slash(room.channel, "story refresh", story="mill"),
        await room.ann.slash(room.channel, "story here"),
    ]

    for result in refused:
        assert result.ephemeral
        assert answered(result).startswith("Only members who may manage this server, or who have a role")


async def test_a_role_that_was_chosen_for_it_may_add(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)
    role = room.guild.create_role("editors")
    editor = room.guild.add_member(simcord_env.create_user("ed"), roles=[role])
    panel = await boss.slash(room.channel, "settings")
    assert panel.response is not None
    await boss.select(panel.response, [role], custom_id="onrecord:set:adders")

    result = await editor.slash(room.channel, "story add", address=ADDRESS)

    assert "is added" in answered(result)


async def test_everybody_may_add_to_what_is_their_own(simcord_env: Env) -> None:
    ann = simcord_env.create_user("ann")

    result = await ann.slash("story add", address=ADDRESS)
    asked = await ann.slash("ask", question="what did Ada Burke say?")

    assert "is added" in answered(result)
    assert "The mill will reopen in spring" in answered(asked)


async def test_a_story_is_shown_with_its_text(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)
    await boss.slash(room.channel, "story add", address=ADDRESS)
    [choice] = await room.ann.autocomplete(room.channel, "story show", "story", "mill")

    result = await room.ann.slash(room.channel, "story show", story=choice["value"])

    assert "1 statement by 1 speaker" in answered(result)
    assert "will open again" in answered(result)


async def test_a_story_is_removed_after_asking_once(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)
    await boss.slash(room.channel, "story add", address=ADDRESS)
    [choice] = await boss.autocomplete(room.channel, "story remove", "story", "")
    asked = await boss.slash(room.channel, "story remove", story=choice["value"])
    assert asked.response is not None

    removed = await boss.click(asked.response, label="Remove it")

    assert answered(removed) == "**The mill** is removed."
    gone = await room.ann.slash(room.channel, "ask", question="what did Ada Burke say?")
    assert "The mill will reopen" not in answered(gone)


async def test_a_shared_story_is_not_offered_for_removal_and_not_removed(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)
    [shared] = await boss.autocomplete(room.channel, "story show", "story", "")

    offered = await boss.autocomplete(room.channel, "story remove", "story", "")
    refused = await boss.slash(room.channel, "story remove", story=shared["value"])

    assert offered == []
    assert "I do not hold that story" in answered(refused)


async def test_a_story_whose_page_has_changed_gets_a_new_version(simcord_env: Env, web: FakeWeb) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)
    await boss.slash(room.channel, "story add", address=ADDRESS)
    [choice] = await boss.autocomplete(room.channel, "story refresh", "story", "")
    same = await boss.slash(room.channel, "story refresh", story=choice["value"])
    web.pages[ADDRESS] = PAGE.format(opening="The old mill on the river will stay shut after all.")

    changed = await boss.slash(room.channel, "story refresh", story=choice["value"])

    assert answered(same) == "The text of **The mill** is what it was."
    assert answered(changed) == "The text of **The mill** has changed; its new text is asked from now on."
    shown = await boss.slash(room.channel, "story show", story=choice["value"])
    assert "version 2" in answered(shown)
    assert "stay shut after all" in answered(shown)


async def test_a_pasted_story_cannot_be_refreshed_and_says_why(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)
    await boss.slash(room.channel, "story add", file=("a.txt", b"Nothing was said."))
    [choice] = await boss.autocomplete(room.channel, "story refresh", "story", "")

    result = await boss.slash(room.channel, "story refresh", story=choice["value"])

    assert "it was added without an address" in answered(result)


async def test_a_channel_keeps_to_the_story_chosen_for_it(simcord_env: Env, engine: OwnedEngine) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)
    await boss.slash(room.channel, "privacy")
    engine.give(f"server-{room.guild.id}", [story_of("mill", "The mill is shut", "Ada Burke")])
    elsewhere = room.guild.create_text_channel("elsewhere")
    [choice] = await boss.autocomplete(room.channel, "story here", "story", "mill")

    result = await boss.slash(room.channel, "story here", story=choice["value"])

    assert "answered from only 1 story:\n> **About mill**" in answered(result)
    here = await room.ann.slash(room.channel, "speakers")
    there = await room.ann.slash(elsewhere, "speakers")
    assert ("Vera Stone" in answered(here), "Ada Burke" in answered(here)) == (False, True)
    assert "Vera Stone" in answered(there)
    names = await room.ann.autocomplete(room.channel, "speaker", "name", "")
    assert [name["value"] for name in names] == ["Ada Burke"]


async def test_the_list_of_stories_keeps_a_channel_to_several_or_to_all(simcord_env: Env, engine: OwnedEngine) -> None:
    room = a_room(simcord_env)
    boss = room.member("boss", manages=True)
    await boss.slash(room.channel, "privacy")
    given = [story_of("mill", "The mill is shut", "Ada Burke"), story_of("dam", "The dam holds", "Cy Dunn")]
    engine.give(f"server-{room.guild.id}", given)
    listed = await boss.slash(room.channel, "story here")
    assert listed.response is not None
    [row] = listed.response.components
    keys = {option["label"]: option["value"] for option in row["components"][0]["options"]}
    assert list(keys) == ["Harbour dredged", "About dam", "About mill"]

    some = await boss.select(listed.response, [keys["About dam"], keys["Harbour dredged"]])
    here = await room.ann.slash(room.channel, "speakers")
    assert "answered from only 2 stories" in answered(some)
    assert ("Cy Dunn" in answered(here), "Ada Burke" in answered(here)) == (True, False)

    assert some.response is not None
    every = await boss.select(some.response, [])
    assert answered(every) == "Questions in this channel are answered from all 3 stories."
    assert "Ada Burke" in answered(await room.ann.slash(room.channel, "speakers"))


async def test_how_far_it_is_is_said_while_many_stories_are_added(simcord_env: Env) -> None:
    room = a_room(simcord_env)
    bot = simcord_env.bot
    assert isinstance(bot, OnRecord)
    bot.desk.intake.limits = Limits()

    await added(room, "many.jsonl", lines(*(f"mill{number}" for number in range(40))))

    told = simcord_env.transcript()
    assert told.index("Reading…") < told.index(" of 40 stories…") < told.index("40 stories added")
