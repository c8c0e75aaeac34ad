"""The client's tree: what the wire says a page is made of, and what a message does to it.

Owns the instances of templates, and the merge of a diff. Law: a version of the tree is never changed; a message makes the next
one, and costs what it brings.

Read `tree` (the values), `instance` (what an instance says), `subtrees` (what is anywhere below), `merging` (a message goes in),
`stream_operations` (what a message asks of streams); as text `markup`, `text`, and `parts`, for who keeps many
versions. What makes it quick stands apart: `fast_patch` (beside `merging.merge`), `component_index`, `template_index`.
"""

FACE = (
    "component_index",
    "merging.containers",
    "fast_patch",
    "fast_text",
    "instance",
    "markup",
    "merging.brought",
    "merging.merge",
    "parts",
    "stream_operations",
    "subtrees",
    "template_index",
    "text",
    "tree",
)
