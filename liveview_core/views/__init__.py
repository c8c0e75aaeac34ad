"""views: to be described."""
