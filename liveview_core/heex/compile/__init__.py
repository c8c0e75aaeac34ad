"""From the tree of a template to the Python function that renders it.

Owns the shape of the generated code and the scopes and conditions in it.

Law: one dynamic is evaluated exactly when what it depends on is flagged; what the author wrote keeps its line and column.

Read `scopes` (names, and when something counts as changed), `generated_code` (generated text around the author's `ast`), `bodies`,
`compilation` (what is known so far), `elements`, `loops`, `blocks`, `calls` (what becomes of each kind of node), `compiler`.
"""

from __future__ import annotations

FACE = ("compilation", "compiler")
"""The modules that other rooms import."""
