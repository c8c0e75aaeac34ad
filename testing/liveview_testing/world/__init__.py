"""world: to be described."""
