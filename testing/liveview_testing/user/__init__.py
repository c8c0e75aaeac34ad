"""user: to be described."""
