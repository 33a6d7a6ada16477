"""Template tags of the order pages."""
