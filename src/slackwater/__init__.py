"""Slackwater: the open system on which a licensed clinic offers ketamine-assisted therapy."""
