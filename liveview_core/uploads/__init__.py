"""uploads: to be described."""
