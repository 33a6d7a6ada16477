"""Clinical value objects that every layer above shares."""
