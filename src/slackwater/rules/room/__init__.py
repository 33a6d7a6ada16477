"""The treatment room: what a session's log means, and what may happen next."""
