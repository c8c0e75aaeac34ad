"""Handles as LiveViewTest has them: a view, its elements, forms and files, by selector.

Owns what a test may do with a view (`view_page`, `view_navigation`, `view_assertions`, `events_by_name`) and with an element of
it (`element`, `file_input`). Law: a handle is a name for something in a world; it is looked up in each world that it is used in,
and keeps no more than where it was last.

Read `has_element`, `view_page`, `nested_views`, `element`, `phx_target_hint`, `file_input`, `events_by_name`, `assertion_failures`,
`view_assertions`, `view_navigation`; and `view`, which is all of them.
"""

FACE = ("element", "file_input", "view_page", "view")
