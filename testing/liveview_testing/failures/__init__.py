"""What is said when something is wrong: exceptions, evidence, wording, and what a handle is not.

Owns the errors of the kit and the words that they are made of, the checks of what a test gives (`arguments`, `world_options`),
and what is refused as a whole: a world that is pickled (`pickling`), what nests too deep (`recursion_depth`). Law: an error
says what happened, what was expected, what is there, and the cure, and names the nearest misses where something was looked for.

Read `exceptions`, `evidence`, `wording`; then `arguments`, `world_options`, `handle_names`, `misused_handles`,
`uncalled_methods`, `page_names`, `close_matches`, `advice`; `recursion_depth`, `imports`, `pickling`.
"""

FACE = (
    "advice",
    "arguments",
    "recursion_depth",
    "exceptions",
    "handle_names",
    "misused_handles",
    "imports",
    "page_names",
    "pickling",
    "uncalled_methods",
    "close_matches",
    "world_options",
)
