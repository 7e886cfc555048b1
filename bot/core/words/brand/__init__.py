"""The sentences about what a brand keeps: facts, earlier posts, its own guidelines."""
