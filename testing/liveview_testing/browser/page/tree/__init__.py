"""The client's tree: what the wire says a page is made of, and what a message does to it.

Owns the instances of templates, and the merge of a diff. Law: a version of the tree
is never changed; a message makes the next one, and costs what it brings.

Read `tree` (the values), `instance` (what an instance says), `subtrees` (what is anywhere below), `merge`, `containers` (streams,
ignored elements), `stream_operations` (what a message asks of streams); as text `markup`, `text`, and `parts`, for who keeps many
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
    "stream_operations",
    "subtrees",
    "template_index",
    "text",
    "tree",
)
