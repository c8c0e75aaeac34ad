"""Handles as LiveViewTest has them: a view, its elements, forms and files, by selector.

Owns what a test may do with a view (`looking`, `going`, `asserting`, `targets`) and with an element of it (`element`,
`file_input`). Law: a handle is a name for something in a world; it is looked up each time it is used, and keeps nothing.

Read `presence`, `looking`, `nested_views`, `element`, `file_input`, `targets`, `assertions`, `asserting`, `going`.
"""

FACE = ("element", "looking", "view")
