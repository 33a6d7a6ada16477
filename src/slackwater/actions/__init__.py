"""Use cases: load facts, ask the rules or the engine, write, log. One module a noun."""
