"""html: to be described."""
