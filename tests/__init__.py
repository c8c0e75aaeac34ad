"""The project's own tests; a mirror of the core and the kit, and the judges."""
