"""The small words of Insight."""
