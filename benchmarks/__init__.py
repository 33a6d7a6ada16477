"""Ratios beside public peers in the same run. Never timed tests: nothing here passes or fails."""
