"""The pharmacology engine: published models, regimens, and exact concentrations of a crowd over time."""
