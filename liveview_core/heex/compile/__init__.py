"""compile: to be described."""
