"""browsing: to be described."""
