"""What a brand says of itself, and said before: its facts, its posts, its own guidelines."""
