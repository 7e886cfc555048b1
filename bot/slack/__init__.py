"""Where people are: listeners, payloads, blocks and the thread."""
