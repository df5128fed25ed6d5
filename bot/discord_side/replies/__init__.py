"""What the bot sends, by its one sender, and the buttons and menus that stand under it."""
