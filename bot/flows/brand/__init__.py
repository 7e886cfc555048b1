"""What happens with what a brand keeps: facts, earlier posts, its own guidelines."""
