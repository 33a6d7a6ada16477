"""The visit's chart: one SVG with doses, depth, events and vital signs on one clock."""
