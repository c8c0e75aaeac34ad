"""Fields: what people put into them, drawn.

Owns texts that a keyboard can give (`texts`) and the values that fit a field, or are hostile (`field_values`). Law: everything
drawn is something that a person could put there.

Read `texts`, `field_values`.
"""

FACE = ("field_values", "texts")
