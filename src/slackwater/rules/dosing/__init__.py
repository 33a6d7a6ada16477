"""Orders: amounts against cited ranges, and the person against the model."""
