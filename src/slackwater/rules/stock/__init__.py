"""The cabinet: what came in, what went out, to whom, and who saw it. Amounts are whole micrograms."""
