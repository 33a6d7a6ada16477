"""The treatment room, live."""
