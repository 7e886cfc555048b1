"""Messages and blocks as HTML. Everything that comes from a message is escaped by construction (`Markup.format`)."""
