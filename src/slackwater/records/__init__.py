"""The one Django app with models: what is kept, and the constraints that keep it true."""
