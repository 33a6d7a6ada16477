"""Pages on which anybody says that something went wrong, and on which a reviewer looks into it."""
