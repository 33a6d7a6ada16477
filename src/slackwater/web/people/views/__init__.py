"""Views of the people slice: the door, the first page, patients."""
