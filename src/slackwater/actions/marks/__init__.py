"""How forecasts fared: each finished session scores its own, and bands that have not held are drawn wider."""
