"""The settings: read once, checked, and printed without secrets."""

from pathlib import Path

import pytest

from bot.errors import WrongSetting
from bot.settings import DISCORD_API, Settings


def test_nothing_set_gives_the_users_own_library_and_discord_itself() -> None:
    settings = Settings.read({})
    assert settings.library.is_absolute()
    assert settings.discord_api_base == DISCORD_API
    assert settings.discord_token is None
    assert not settings.own_library


def test_the_option_wins_over_the_environment(tmp_path: Path) -> None:
    environment = {"ONRECORD_LIBRARY": str(tmp_path / "one")}
    assert Settings.read(environment).library == tmp_path / "one"
    assert not Settings.read(environment).own_library
    named = Settings.read(environment, library=str(tmp_path / "two"))
    assert (named.library, named.own_library) == (tmp_path / "two", True)


def test_a_token_is_taken_as_discord_shows_it_and_never_printed() -> None:
    settings = Settings.read({"DISCORD_TOKEN": " Bot abc.def.ghi "})
    assert settings.discord_token == "abc.def.ghi"
    assert "abc" not in repr(settings) + str(settings.described())
    assert ("DISCORD_TOKEN", "set") in settings.described()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONRECORD_API_TOKEN", "short"),
        ("ONRECORD_API_TOKEN", "sixteen letters and spaces"),
        ("DISCORD_TOKEN", "two words"),
        ("DISCORD_TOKEN", "tökén"),
        ("DISCORD_API_BASE", "discord.com"),
        ("DISCORD_API_BASE", "http://[half"),
        ("DISCORD_API_BASE", "http://host:99999"),
        ("DISCORD_GATEWAY_URL", "http://gateway"),
        ("ONRECORD_LOG", "LOUD"),
        ("ONRECORD_PRECISION", "int4"),
        ("ONRECORD_RERANKING", "sometimes"),
        ("ONRECORD_LIBRARY", "mysql://host/name"),
        ("ONRECORD_LIBRARY", "postgresql://host:port/name"),
        ("ONRECORD_SERVERS", "postgresql://host/name"),
        ("ONRECORD_LIBRARY", __file__),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_its_name_only(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as caught:
        Settings.read({name: value})
    assert name in str(caught.value)
    assert value not in str(caught.value)


def test_a_library_may_be_a_database_whose_password_is_never_printed() -> None:
    address = "postgresql://reader:s3cret@db.example:5433/news?sslmode=require"
    settings = Settings.read({"ONRECORD_LIBRARY": address})
    assert settings.database == Settings.read({}, library=address).database == address
    assert settings.shown_library == "postgresql://db.example/news"
    assert "s3cret" not in repr(settings) + str(settings.described())
    with pytest.raises(WrongSetting, match="ONRECORD_SERVERS") as caught:
        Settings.read({"ONRECORD_LIBRARY": address, "ONRECORD_SERVERS": "folder"})
    assert "s3cret" not in str(caught.value)
