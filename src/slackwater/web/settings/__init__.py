"""Settings, one module for each kind of installation."""
