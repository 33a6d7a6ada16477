"""What patients agree to: read, written and asked about. The rules are `rules.agreements`."""
