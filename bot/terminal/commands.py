"""The commands of `onrecord`, in the order in which a newcomer meets them."""

import click

from bot.terminal.asking import ask, chat
from bot.terminal.holdings import add, follow, refresh, remove, show, stories
from bot.terminal.lookups import check, export, quoted, speaker, speakers, statements, timeline, whosaid
from bot.terminal.measuring import bench
from bot.terminal.serving import api, mcp, serve

COMMANDS = (
    ask, chat, speaker, speakers, whosaid, check, timeline, quoted, export, add, stories, show, remove, follow, refresh,
    statements, serve, api, mcp, bench,
)  # fmt: skip


class InOrder(click.Group):
    """A group whose help keeps the order of its commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, not sorted."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord", message="%(prog)s %(version)s")
def onrecord() -> None:
    """Answers questions about news stories from the stories themselves, and says exactly who said what."""


for command in COMMANDS:
    onrecord.add_command(command)
