"""The text of a template and the tree that is made of it.

Owns what Python-HEEx looks like: tokens, tags and their nesting, the Python between the braces and what it depends on, and where
each of them stands.

Law: a tree is a value that holds what the author wrote, checked; what is wrong is an error with its place, its line and the cure.

Read `location`, `source` and `errors` (where something stands), `tree` (what a template is), the room `python` (the Python in it),
`tokens` and `parser` (how text is read), `special_attributes`, `nesting`, `stream_containers`, `form_fields` and
`repeated_attributes` (what is checked),
the room `foreign` (what people write who come from elsewhere).
"""

from __future__ import annotations

FACE = (
    "errors",
    "foreign.attributes",
    "foreign.names",
    "foreign.syntax",
    "location",
    "parser",
    "python.dependencies",
    "source",
    "special_attributes",
    "tree",
)
"""The modules that other rooms import."""
