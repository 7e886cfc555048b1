"""Slack's Web API: what a method may be called with, by whom, and what it answers."""
