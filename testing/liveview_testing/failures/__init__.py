"""failures: to be described."""
