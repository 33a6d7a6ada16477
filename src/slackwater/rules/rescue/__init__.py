"""What lies ready for an emergency, and what is done in one."""
