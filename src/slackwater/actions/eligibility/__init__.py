"""Whether somebody can be treated: what was asked, what is found, what was set aside, and courses."""
