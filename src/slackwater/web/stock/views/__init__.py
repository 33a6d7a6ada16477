"""The cabinet's pages, one module a subject."""
