"""Leaving: every barrier between a patient and the door."""
