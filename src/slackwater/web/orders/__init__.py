"""Orders: writing one while seeing what it would do, signing it, voiding it."""
