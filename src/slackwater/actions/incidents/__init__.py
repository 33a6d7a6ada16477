"""Reports that something went wrong, and people's own accounts of it."""
