"""From what a template gives to what goes over the wire: trees of dynamics, diffs, HTML.

Owns the values between a template and the page (`Rendered`, `Comprehension`, `ComponentRef`), the diff of two of them, the text of
HTML and of its attributes, and the `JS` commands that attributes carry.

Law: a diff costs what changed; what did not change is neither evaluated nor looked at; every text is escaped exactly once.

Read `rendered` (the tree), `diff` (what of it is sent), `static_html` (the same as a page's first text), `html` and `attributes`
(escaping), `js`.
"""

from __future__ import annotations

FACE = ("attributes", "diff", "html", "js", "rendered", "static_html")
"""The modules that other rooms import."""
