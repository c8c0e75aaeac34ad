"""process: to be described."""
