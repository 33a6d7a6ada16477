"""The cabinet's pages: what is in it, and what comes in."""
