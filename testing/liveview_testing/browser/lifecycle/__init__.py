"""lifecycle: to be described."""
