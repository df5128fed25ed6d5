"""What people write to the bot: whether it is for it, the question in it with those before it, and the reply."""
