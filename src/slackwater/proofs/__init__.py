"""Proofs that a log is as it was written."""
