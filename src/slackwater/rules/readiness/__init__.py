"""Whether everything is ready for the first dose."""
