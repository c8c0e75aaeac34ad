"""What is remembered of the page of a view beside its tree, as values.

Owns what was typed (`input_values`), which files were chosen, the root layout's document, the requests that leave a page, and the
forms that are filled in again. Law: all of it is a value that a world holds; nothing here acts on a world.

Read `input_values`, `files`, `chosen_files`, `documents`, `requests`, `form_recovery`.
"""

FACE = ("chosen_files", "documents", "files", "form_recovery", "input_values", "requests")
