"""Pages about what lies ready for an emergency."""
