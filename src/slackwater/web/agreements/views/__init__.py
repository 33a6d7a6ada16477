"""The agreements' views, by what one comes for."""
