"""Agreements: drawn up, told back, signed and taken back, on a screen."""
