"""command_line: to be described."""
