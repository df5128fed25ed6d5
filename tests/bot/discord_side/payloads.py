"""What the small Discord tells of its people, its server and its channels, each whole as Discord sends it."""

from tests.bot.discord_side.gateway import Json

APPLICATION, ME, GUILD, CHANNEL, PRIVATE, ANN = "1001", "1001", "2001", "3001", "3002", "4001"
NEW_GUILD, NEW_CHANNEL = "2002", "3003"
TOKEN = "a.token-for.tests"
WHEN = "2026-11-23T18:30:00.000000+00:00"


def person(number: str, name: str, *, bot: bool = False) -> Json:
    return {"id": number, "username": name, "discriminator": "0", "global_name": name, "avatar": None, "bot": bot}


def member() -> Json:
    return {"roles": [], "joined_at": WHEN, "deaf": False, "mute": False, "nick": None, "avatar": None, "flags": 0}


def channel() -> Json:
    return {
        "id": CHANNEL, "type": 0, "guild_id": GUILD, "name": "news", "position": 0, "permission_overwrites": [],
        "nsfw": False, "topic": None, "parent_id": None, "rate_limit_per_user": 0, "permissions": "8", "flags": 0,
        "last_message_id": None,
    }  # fmt: skip


def thread(number: str, name: str) -> Json:
    """A thread under a message, which has the message's number."""
    archived = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": WHEN, "locked": False}
    return channel() | {
        "id": number, "type": 11, "name": name, "parent_id": CHANNEL, "owner_id": ME, "message_count": 0,
        "member_count": 1, "thread_metadata": archived,
    }  # fmt: skip


def guild(number: str = GUILD, channels: list[Json] | None = None) -> Json:
    everyone = {
        "id": number, "name": "@everyone", "permissions": str(0x7FFFFFFFFFFF), "position": 0, "color": 0,
        "hoist": False, "managed": False, "mentionable": False, "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    }  # fmt: skip
    return {
        "id": number, "name": "A server", "icon": None, "splash": None, "owner_id": "4999", "roles": [everyone],
        "emojis": [], "stickers": [], "features": [], "threads": [],
        "channels": [channel()] if channels is None else channels, "voice_states": [],
        "members": [member() | {"user": person(ME, "On Record", bot=True)}], "presences": [], "member_count": 2,
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
        "afk_timeout": 60, "afk_channel_id": None, "system_channel_id": None, "system_channel_flags": 0,
        "premium_tier": 0, "preferred_locale": "en-US", "nsfw_level": 0, "stage_instances": [],
        "guild_scheduled_events": [], "soundboard_sounds": [], "large": False, "unavailable": False,
        "rules_channel_id": None, "public_updates_channel_id": None, "description": None, "banner": None,
        "discovery_splash": None, "vanity_url_code": None, "application_id": None,
        "premium_progress_bar_enabled": False,
        "safety_alerts_channel_id": None, "joined_at": WHEN,
    }  # fmt: skip


def application() -> Json:
    return {
        "id": APPLICATION, "name": "On Record", "icon": None, "description": "", "bot_public": True,
        "bot_require_code_grant": False, "verify_key": "00", "team": None, "flags": 0, "summary": "",
        "owner": person("4999", "owner"), "rpc_origins": [], "integration_types_config": {"0": {}},
    }  # fmt: skip
