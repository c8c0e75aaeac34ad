"""Finding elements by selectors, and what is said where none is found.

Owns the selectors of CSS as far as they are supported, and the checks of a page that look through it (`problems`). Law: the result
is that of `querySelectorAll`, in document order; looking again after a change costs what changed.

Read `selectors`, `element_tests`, `compound_making`, `selector_reader`, `nested_selectors`, `cssselect_reader`, `select`,
`problems`, `watched`; `fast_counting` for speed.
"""

FACE = ("fast_counting", "problems", "select", "selector_reader", "selectors", "watched")
