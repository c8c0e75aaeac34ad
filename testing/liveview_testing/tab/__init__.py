"""tab: to be described."""
