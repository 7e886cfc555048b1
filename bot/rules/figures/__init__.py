"""Figures of a draft beside those of a fact sheet: read as people write them, compared where both are of one thing."""
