"""What is said when something is wrong: exceptions, evidence, wording, and what a handle is not.

Owns the errors of the kit and the words that they are made of, and the checks of what a test gives (`arguments`,
`world_options`). Law: an error says what happened, what was expected, what is there, and the cure, and names the nearest misses
where something was looked for.

Read `exceptions`, `evidence`, `wording`; then `arguments`, `handles`, `page_names`.
"""

FACE = ("arguments", "exceptions", "handles", "page_names", "world_options")
