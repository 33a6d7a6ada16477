"""The edge that browsers talk to."""
