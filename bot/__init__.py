"""Candor: the Slack bot that reads draft posts before the audience does."""
