"""People: signing in, the first page, and what is known about a patient."""
