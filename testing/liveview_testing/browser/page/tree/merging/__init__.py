"""A message goes into the client's tree.

Owns what becomes of templates, lists and containers. Law: the merge is exactly the wire's; what it does not understand is an error,
and the old tree stays.

Read `merge` (templates, lists, components; beside it `all_text`, which makes most new rows), then `containers` (streams, ignored
elements); `brought` is what a message did.
"""
