"""`onrecord bench`: how fast it is here, each figure beside a limit that was measured in the same run."""

import click

from bot.terminal.options import json_option, library_option


@click.command()
@library_option
@json_option
def bench(library: str | None, as_json: bool) -> None:
    """Measure cold start, questions and stories a second, beside the bare encoder."""
    raise NotImplementedError
