"""values: to be described."""
