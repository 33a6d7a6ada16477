"""Views of the courses slice."""
