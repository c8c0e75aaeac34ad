"""socket: to be described."""
