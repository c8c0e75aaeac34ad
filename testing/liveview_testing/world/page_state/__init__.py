"""What a tab remembers beside the pages of its views, as values.

Owns what was typed, what JS commands hid or showed, which files were chosen, the root layout's document, and the requests that
leave a page. Law: all of it is a value that a world holds; nothing here acts on a world.

Read `input_values`, `visibility`, `files`, `documents`, `requests`, `form_recovery`.
"""

FACE = ("documents", "files", "form_recovery", "input_values", "requests", "visibility")
