"""The Python in a template: what stands between braces and `<% %>`, checked, with what it depends on.

Owns the way from a piece of text to an `ast` whose positions are the template's (`python_syntax`, `expression`), where such a piece
ends (`scanner`), and which assigns it reads (`dependencies`).

Law: what leaves here is one expression (pattern, list of generators, assignment) and nothing else; a dependency is never forgotten.

Read `scanner`, `python_syntax`, `expression`, `dependencies`.
"""

from __future__ import annotations
