"""The forms that people fill in: a story's text, a server's hosts. What is filled in is read from what Discord tells.

So a form that was opened before a restart can be handed in after it.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence

import discord

from index.reading.hosts import HostRules

PASTED_MAX = 4_000
TITLE_MAX = 200
ADDRESS_MAX = 1_000
HOSTS_MAX = 2_000
FORGOTTEN_S = 60.0
PASTE, HOSTS = "onrecord:paste", "onrecord:hosts"


def paste_form() -> discord.ui.Modal:
    """The form into which a story's text is pasted."""
    return _form(
        "Add a story",
        PASTE,
        _field("Text", "text", PASTED_MAX, style=discord.TextStyle.paragraph, required=True),
        _field("Title", "title", TITLE_MAX),
        _field("Outlet", "outlet", 100),
        _field("Date, such as 2024-05-01", "day", 40),
        _field("Address", "address", ADDRESS_MAX),
    )


def hosts_form(rules: HostRules) -> discord.ui.Modal:
    """The form in which a library's hosts are listed, with those that it has."""
    long = discord.TextStyle.paragraph
    return _form(
        "Hosts that addresses are read from",
        HOSTS,
        _field("Only these (none: all of the public web)", "allowed", HOSTS_MAX, rules.allowed, style=long),
        _field("Never these", "denied", HOSTS_MAX, rules.denied, style=long),
    )


def form_in(interaction: discord.Interaction) -> tuple[str, Mapping[str, str]]:
    """Which form was handed in, and what stands in its fields by their names."""
    told: Mapping[str, object] = dict(interaction.data or {})
    return str(told.get("custom_id", "")).rpartition(":")[0], dict(_filled_in(told))


def _filled_in(told: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if "value" in told:
        yield str(told.get("custom_id", "")), str(told["value"])
    rows = told.get("components", ())
    for part in (*(rows if isinstance(rows, Sequence) else ()), told.get("component")):
        if isinstance(part, Mapping):
            yield from _filled_in(part)


def _form(title: str, name: str, *fields: discord.ui.TextInput[discord.ui.Modal]) -> discord.ui.Modal:
    """A form with a name of its own each time, so that two people may have one open.

    discord.py keeps it until it is handed in or too old; nothing is asked of it any more.
    """
    form = discord.ui.Modal(title=title, custom_id=f"{name}:{secrets.token_hex(4)}", timeout=FORGOTTEN_S)
    for field in fields:
        form.add_item(field)
    return form


def _field(
    label: str,
    name: str,
    longest: int,
    lines: Sequence[str] = (),
    *,
    style: discord.TextStyle = discord.TextStyle.short,
    required: bool = False,
) -> discord.ui.TextInput[discord.ui.Modal]:
    written = "\n".join(lines)[:longest] or None
    return discord.ui.TextInput(
        label=label, custom_id=name, max_length=longest, default=written, style=style, required=required
    )
