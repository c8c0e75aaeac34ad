"""What follows a patch for single elements: mounted, updated, gone.

Owns the order of what follows a patch (`elements`) and the client hooks with their callbacks (`hooks`). Law: an element is
mounted once for its node, whatever patches pass over it.

Read `elements`, `hooks`.
"""

FACE = ("elements", "focus_wrap", "hooks", "viewport")
