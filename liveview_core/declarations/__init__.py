"""What a function component says of itself: its attributes, its slots, the global rest.

Owns `attr`, `slot`, `component` and the checks and documentation that follow from them.

Law: a wrong declaration is an error where it is made; what a caller passes is judged when the calling template is compiled, and
costs nothing at run time.

Read `attribute_types` (what a type takes), `attributes` (one attribute, one slot), `declarations` (all of a component),
`documentation` (the same as Markdown), `function_component`.
"""

from __future__ import annotations

FACE = ("attribute_types", "attributes", "declarations", "documentation", "function_component")
"""The modules that other rooms import."""
