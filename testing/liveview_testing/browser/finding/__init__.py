"""finding: to be described."""
