"""syntax: to be described."""
