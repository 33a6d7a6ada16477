"""Screening: what is asked, what is found, what is set aside, and courses."""
