"""simulation: to be described."""
