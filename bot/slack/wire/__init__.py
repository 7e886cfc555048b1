"""How Slack is spoken to: calls, payloads, and the door that requests come through."""
