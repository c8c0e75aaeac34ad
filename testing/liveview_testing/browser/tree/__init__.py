"""tree: to be described."""
