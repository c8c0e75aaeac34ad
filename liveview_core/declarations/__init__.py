"""declarations: to be described."""
