"""What the bot has to be allowed to do in a server, and the address that invites it with that."""

import discord

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""What the bot needs where it answers, each setting included, and nothing more."""
SCOPES = ("bot", "applications.commands")


def invite(application: int) -> str:
    """The address with which somebody adds the bot to a server."""
    return discord.utils.oauth_url(application, permissions=PERMISSIONS, scopes=SCOPES)
