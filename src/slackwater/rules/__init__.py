"""Clinical rules: facts in, findings out. No clock, no files, no engine."""
