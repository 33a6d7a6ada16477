"""What the crowd says of a session: how deep, how recovered, and how sure, from the log alone."""
