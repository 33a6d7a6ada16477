"""What a patient has agreed to: only ever when sober, and narrower at any moment."""
