"""The data that rules and engine are handed, loaded once into checked records."""
