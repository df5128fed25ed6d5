"""What a message shows is read, wherever in it the words stand."""

from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import discord

from bot.discord_side.messages.conversation import PARTS_MAX, all_words


def message(content: str = "", **more: object) -> discord.Message:
    bare: dict[str, object] = {"content": content, "mentions": [], "message_snapshots": [], "embeds": [], "poll": None}
    return cast("discord.Message", SimpleNamespace(**bare | more))


def preview() -> discord.Embed:
    return discord.Embed(title="Depot to stay", description="“We will not sell it,” Lund said.").add_field(
        name="Vote", value="“Never,” said Pope."
    )


def test_the_words_of_a_forwarded_message_are_read_with_its_embeds() -> None:
    forwarded = SimpleNamespace(content="“We quit,” said Lund.", embeds=[preview()])
    assert all_words(message(message_snapshots=[forwarded])).split("\n\n") == [
        "“We quit,” said Lund.",
        "Depot to stay",
        "“We will not sell it,” Lund said.",
        "Vote",
        "“Never,” said Pope.",
    ]


def test_the_words_of_embeds_and_link_previews_follow_the_messages_own() -> None:
    words = all_words(message("look: https://news.example/depot", embeds=[preview()]))
    assert words.startswith("look: https://news.example/depot\n\nDepot to stay\n\n“We will not sell it,” Lund said.")


def test_a_poll_is_read_with_its_answers() -> None:
    poll = discord.Poll(question="Did Lund say “we quit”?", duration=timedelta(hours=1))
    poll.add_answer(text="yes").add_answer(text="no")
    assert all_words(message(poll=poll)) == "Did Lund say “we quit”?\n\nyes\n\nno"


def test_nothing_is_read_twice_and_not_without_end() -> None:
    many = [discord.Embed(description=f"“{number}”") for number in range(100)]
    assert all_words(message("“0”", embeds=many)).count("\n\n") == PARTS_MAX - 1
    assert all_words(message("“0”", embeds=many)).count("“0”") == 1
