"""The client's tree: what the wire says a page is made of, and what a message does to it.

Owns the templates' elements (read once from their statics), the instances, and the merge of a diff. Law: a version of the tree
is never changed; a message makes the next one, and costs what it brings.

Read `skeleton` (a template's elements), `island` (raw html, the one exception), `tree` (the values), `instance` (what an
instance says), `merge`, `containers` (streams, ignored elements); as text `markup`, `text`, and `parts`, for who keeps many
versions. What makes it quick stands apart: `fast_patch` (beside `merge`), `component_index`, `template_index`.
"""

FACE = (
    "component_index",
    "containers",
    "fast_patch",
    "fast_text",
    "instance",
    "markup",
    "merge",
    "parts",
    "skeleton",
    "template_index",
    "text",
    "tree",
)
