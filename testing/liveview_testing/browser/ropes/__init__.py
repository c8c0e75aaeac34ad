"""ropes: to be described."""
