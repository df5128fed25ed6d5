"""`onrecord serve`: the Discord side, started from the settings."""

import click

from bot.errors import NoToken
from bot.settings import Settings
from bot.terminal.options import library_option


@click.command()
@click.option("--check", is_flag=True, help="Only try the token and show the settings and how to invite the bot.")
@library_option
def serve(check: bool, library: str | None) -> None:
    """Run the Discord bot; DISCORD_TOKEN has to be set."""
    settings = Settings.read(library=library)
    if settings.discord_token is None:
        raise NoToken
    if check:
        from bot.discord_side.checking import check as checked

        for line in checked(settings):
            click.echo(line)
        return
    from bot.discord_side.serving import serve as served

    raise click.exceptions.Exit(served(settings))
