"""Insight: whether forecasts held what they promised."""
