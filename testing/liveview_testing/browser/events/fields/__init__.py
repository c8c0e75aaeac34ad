"""Fields under keys and the mouse: texts, numbers, dates in parts, lists of options.

Owns what a person's key or click does to the value of a control, and how that is heard. Law: as Chromium does it, in American
English; what a control would not take it does not hold.

Read `editing`, `caret`; then `date_limits` and `date_parts`, `option_list`.
"""
