"""What happens: one verb a file. Imports core only."""
