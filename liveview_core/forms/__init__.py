"""forms: to be described."""
