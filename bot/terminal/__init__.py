"""Candor at a terminal: arguments in, words and exit status out."""
