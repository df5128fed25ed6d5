"""The forms that people fill in: a story's text, a server's hosts. What is filled in is read from what Discord tells.

So a form that was opened before a restart can be handed in after it.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import discord

from index.reading import HostRules

PASTED_MAX = 4_000
TITLE_MAX = 200
ADDRESS_MAX = 1_000
HOSTS_MAX = 2_000
OUTLET_MAX = 100
DAY_MAX = 40
DRAFTS_MAX = 64
FORGOTTEN_S = 60.0
PASTE, HOSTS = "onrecord:paste", "onrecord:hosts"
TEXT_HINT = "At most 4,000 characters. An address alone is read; in a line before the text, it is the story's."
FILE_HINT = "For what is longer: text, a page, PDF, Word, mail, captions or .jsonl, at most 5 MB."
DAY_HINT = "Such as 2024-05-01; leave it out if you do not know it."


def paste_form(filled: Mapping[str, str] | None = None) -> discord.ui.Modal:
    """The form for a story: its text, or a file where that is too long for a form; with what stood in it before."""
    before = filled or {}
    long = discord.TextStyle.paragraph
    file = discord.ui.FileUpload[discord.ui.Modal](custom_id="file", required=False, max_values=1)
    return _form(
        "Add a story",
        PASTE,
        _field("Text, or an address", "text", PASTED_MAX, [before.get("text", "")], style=long, hint=TEXT_HINT),
        discord.ui.Label(text="Or a file", component=file, description=FILE_HINT),
        _field("Title", "title", TITLE_MAX, [before.get("title", "")]),
        _field("Outlet", "outlet", OUTLET_MAX, [before.get("outlet", "")]),
        _field("Date", "day", DAY_MAX, [before.get("day", "")], hint=DAY_HINT),
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


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was handed in with a form: where Discord keeps it, and how long it says that it is."""

    name: str
    url: str
    size: int


@dataclass(slots=True)
class Drafts:
    """What people filled in that could not be taken, until they fill it in again: in memory, of the last few alone."""

    _kept: dict[int, Mapping[str, str]] = field(default_factory=dict)

    def keep(self, user: int, filled: Mapping[str, str]) -> None:
        """Keeps what somebody filled in, in place of what they did before."""
        self._kept.pop(user, None)
        self._kept[user] = dict(filled)
        while len(self._kept) > DRAFTS_MAX:
            del self._kept[next(iter(self._kept))]

    def take(self, user: int) -> Mapping[str, str]:
        """What somebody filled in, which is kept no longer."""
        return self._kept.pop(user, {})


def form_in(interaction: discord.Interaction) -> tuple[str, Mapping[str, str]]:
    """Which form was handed in, and what stands in its fields by their names."""
    told: Mapping[str, object] = dict(interaction.data or {})
    return str(told.get("custom_id", "")).rpartition(":")[0], dict(_filled_in(told))


def file_in(interaction: discord.Interaction) -> Attached | None:
    """The file that was handed in with a form, if there is one."""
    resolved = dict(interaction.data or {}).get("resolved")
    files = resolved.get("attachments") if isinstance(resolved, Mapping) else None
    for one in files.values() if isinstance(files, Mapping) else ():
        return Attached(str(one["filename"]), str(one["url"]), int(one["size"]))
    return None


def _filled_in(told: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if "value" in told:
        yield str(told.get("custom_id", "")), str(told["value"])
    rows = told.get("components", ())
    for part in (*(rows if isinstance(rows, Sequence) else ()), told.get("component")):
        if isinstance(part, Mapping):
            yield from _filled_in(part)


def _form(title: str, name: str, *fields: discord.ui.Label[discord.ui.Modal]) -> discord.ui.Modal:
    """A form with a name of its own each time, so that two people may have one open.

    discord.py keeps it until it is handed in or too old; nothing is asked of it any more.
    """
    form = discord.ui.Modal(title=title, custom_id=f"{name}:{secrets.token_hex(4)}", timeout=FORGOTTEN_S)
    for each in fields:
        form.add_item(each)
    return form


def _field(
    label: str,
    name: str,
    longest: int,
    lines: Sequence[str] = (),
    *,
    style: discord.TextStyle = discord.TextStyle.short,
    hint: str | None = None,
) -> discord.ui.Label[discord.ui.Modal]:
    written = "\n".join(lines)[:longest] or None
    asked = discord.ui.TextInput[discord.ui.Modal](
        custom_id=name, max_length=longest, default=written, style=style, required=False
    )
    return discord.ui.Label(text=label, component=asked, description=hint)
