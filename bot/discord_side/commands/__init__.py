"""What Discord lists as the bot's commands: the slash commands, the message menus, and what is offered while typing."""
