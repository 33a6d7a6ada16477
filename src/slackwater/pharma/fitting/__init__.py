"""Fits a model's parameters to published figures, with priors, and says how far to trust the result."""
