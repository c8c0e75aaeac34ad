"""connection: to be described."""
