"""Fixed checks with exact spans."""
