"""Template tags and filters used on every page."""
