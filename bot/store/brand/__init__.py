"""What a brand keeps: facts, earlier posts, its own guidelines."""
