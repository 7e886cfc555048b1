"""How events, commands and clicks reach the bot: over sockets or as signed HTTP requests."""
