"""The room's views, by what one comes for."""
