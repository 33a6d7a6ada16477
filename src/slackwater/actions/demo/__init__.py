"""The demonstration: invented people, and rooms in which a virtual patient plays through a session."""
