"""rendering: to be described."""
