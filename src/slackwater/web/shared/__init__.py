"""What every page shares: the frame, the palette, the forms and the small words of the templates."""
