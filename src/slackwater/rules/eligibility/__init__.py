"""Whether somebody may be treated at all: facts of an intake in, every reason against it out."""
