"""Everything that can be set, read once from the environment and the options into one frozen object, and checked; and
the day that questions count "yesterday" from, which is read here, at the rim, and passed on as a value.

Secrets are left out wherever the object is printed.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Self, TypedDict
from urllib.parse import urlsplit

from bot.errors import WrongSetting

DISCORD_API = "https://discord.com/api/v10"
DISCORD_GATEWAY = "wss://gateway.discord.gg/"
DATABASES = ("postgresql", "postgres")
OWNERS = "owners"
PRECISIONS = ("float32", "int8")
SWITCH = ("ON", "OFF")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("TEXT", "JSON")
SHORTEST_TOKEN = 16
"""Characters from which on a token cannot be guessed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was set. `own_library` says that a library was named, and so is not begun with the seed story.

    Where there is a `database`, a postgresql:// address that may hold a password, it keeps all libraries and no folder
    does.
    """

    library: Path
    database: str | None = field(default=None, repr=False)
    own_library: bool = False
    servers: Path | None = None
    embedder: str | None = None
    precision: str = "float32"
    reranking: bool = True
    log_level: str = "WARNING"
    log_as_json: bool = False
    health_port: int | None = None
    api_token: str | None = field(default=None, repr=False)
    discord_token: str | None = field(default=None, repr=False)
    discord_api_base: str = DISCORD_API
    discord_gateway_url: str = DISCORD_GATEWAY

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None, *, library: str | None = None) -> Self:
        """The settings of an environment (this process's own, unless given); `library` is the option, and wins.

        Raises WrongSetting, which never holds the value.
        """
        env = os.environ if environment is None else environment
        named = library or env.get("ONRECORD_LIBRARY") or ""
        servers = env.get("ONRECORD_SERVERS")
        if servers and _is_database(named):
            raise WrongSetting("ONRECORD_SERVERS", "left out where ONRECORD_LIBRARY is a database, which keeps all")
        return cls(
            **_place(named),
            own_library=bool(library),
            servers=_folder(servers, "ONRECORD_SERVERS") if servers else None,
            embedder=env.get("ONRECORD_EMBEDDER") or None,
            precision=_one_of("ONRECORD_PRECISION", env.get("ONRECORD_PRECISION") or "float32", PRECISIONS),
            reranking=_one_of("ONRECORD_RERANKING", env.get("ONRECORD_RERANKING") or "on", SWITCH) == "ON",
            log_level=_one_of("ONRECORD_LOG", env.get("ONRECORD_LOG") or "WARNING", LOG_LEVELS),
            log_as_json=_one_of("ONRECORD_LOG_FORMAT", env.get("ONRECORD_LOG_FORMAT") or "text", LOG_FORMATS) == "JSON",
            health_port=_port("ONRECORD_HEALTH_PORT", env.get("ONRECORD_HEALTH_PORT")),
            api_token=_api_token(env.get("ONRECORD_API_TOKEN")),
            discord_token=_token(env.get("DISCORD_TOKEN")),
            discord_api_base=_address("DISCORD_API_BASE", env.get("DISCORD_API_BASE") or DISCORD_API, "http", "https"),
            discord_gateway_url=_address(
                "DISCORD_GATEWAY_URL", env.get("DISCORD_GATEWAY_URL") or DISCORD_GATEWAY, "ws", "wss"
            ),
        )

    def at(self, library: str | None) -> Self:
        """These settings with the library that an option named, if it named one."""
        return replace(self, **_place(library), own_library=True) if library else self

    @property
    def shown_library(self) -> str:
        """The library's folder, or its database's address without user, password and options."""
        if self.database is None:
            return str(self.library)
        parts = urlsplit(self.database)
        return f"postgresql://{parts.hostname or 'localhost'}{parts.path}"

    @property
    def servers_folder(self) -> Path:
        """Where each server's and each person's own library is kept, a folder each, unless a database keeps them."""
        return self.servers or self.library / OWNERS

    def described(self) -> tuple[tuple[str, str], ...]:
        """Each setting with its value as it may be shown: of a secret, only whether it is set."""
        return (
            ("ONRECORD_LIBRARY", self.shown_library),
            ("ONRECORD_SERVERS", "in the database" if self.database else str(self.servers_folder)),
            ("ONRECORD_EMBEDDER", self.embedder or "the one installed along"),
            ("ONRECORD_PRECISION", self.precision),
            ("ONRECORD_RERANKING", "on" if self.reranking else "off"),
            ("ONRECORD_LOG", self.log_level),
            ("ONRECORD_LOG_FORMAT", "json" if self.log_as_json else "text"),
            ("ONRECORD_HEALTH_PORT", str(self.health_port) if self.health_port else "none"),
            ("ONRECORD_API_TOKEN", "set" if self.api_token else "not set"),
            ("DISCORD_TOKEN", "set" if self.discord_token else "not set"),
            ("DISCORD_API_BASE", self.discord_api_base),
            ("DISCORD_GATEWAY_URL", self.discord_gateway_url),
        )


def default_library() -> Path:
    """The folder in the user's data folder that is used where none is named."""
    from platformdirs import user_data_path

    return user_data_path("onrecord", appauthor=False) / "library"


class _Place(TypedDict):
    library: Path
    database: str | None


def _place(named: str) -> _Place:
    """What a named library stands for; the user's own folder where nothing is named."""
    if _is_database(named):
        _address("ONRECORD_LIBRARY (or --library)", named, *DATABASES, host_needed=False)
        return {"library": default_library(), "database": named}
    return {"library": _folder(named) if named else default_library(), "database": None}


def _is_database(named: str) -> bool:
    return named.startswith(tuple(f"{scheme}://" for scheme in DATABASES))


def _folder(named: str, setting: str = "ONRECORD_LIBRARY (or --library)") -> Path:
    if "://" in named:
        raise WrongSetting(setting, "a folder or a postgresql:// address")
    path = Path(named).expanduser()
    if path.exists() and not path.is_dir():
        raise WrongSetting(setting, "a folder, and a file stands there")
    return path


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> str:
    found = next((choice for choice in choices if choice.casefold() == value.casefold()), None)
    if found is None:
        raise WrongSetting(name, f"one of {', '.join(choices)}")
    return found


def _port(name: str, value: str | None) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and 0 < int(value) < 65_536):
        raise WrongSetting(name, "the number of a port, 1 to 65535")
    return int(value)


def _api_token(value: str | None) -> str | None:
    token = (value or "").strip()
    if token and not (len(token) >= SHORTEST_TOKEN and token.isascii() and token.isprintable() and " " not in token):
        raise WrongSetting("ONRECORD_API_TOKEN", f"{SHORTEST_TOKEN} characters or more, without spaces")
    return token or None


def _token(value: str | None) -> str | None:
    token = (value or "").strip().removeprefix("Bot ").strip()
    if not token:
        return None
    if not token.isascii() or not token.isprintable() or " " in token:
        raise WrongSetting("DISCORD_TOKEN", "the token exactly as Discord shows it, without spaces")
    return token


def _address(name: str, value: str, *schemes: str, host_needed: bool = True) -> str:
    try:
        parts = urlsplit(value)
        usable = (
            parts.scheme in schemes
            and (bool(parts.hostname) or not host_needed)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        usable = False
    if not usable:
        raise WrongSetting(name, f"an address that begins with {' or '.join(f'{s}://' for s in schemes)}")
    return value.rstrip("/") if schemes[0] == "http" else value


def today() -> date:
    """The date where the user is."""
    return datetime.now().astimezone().date()
