"""A patch comes to the DOM: which elements stay, and what becomes of what the client did to them.

Owns the step from one document to the next: marks that follow their nodes, the focus, parts that are held back, elements that
leave. Law: an element that the official client's morph keeps, keeps its mark; one that is made anew has none.

Read `node_matching` (which element of the next page an element is), `patched_element` (what of it survives), `sent_controls`,
`focus_after_patch`, `phx_remove`, `returning_rows`, `patch_steps`, `taken_rows`; then `patching`, the whole.
"""  # MD-2
