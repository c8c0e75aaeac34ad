"""What is said when something is wrong: exceptions, evidence, wording.

Owns the errors of the kit and the words that they are made of, and what is refused as a whole: a world that is pickled
(`pickling`), what nests too deep (`recursion_depth`). Law: an error says what happened, what was expected, what is there, and the
cure, and names the nearest misses where something was looked for.

Read `exceptions`, `evidence`, `wording`, `close_matches`; then the room `misuse` (what a test says that means nothing), `advice`
(what is put under an error of the author's), `stand_ins` (what stand-ins for JavaScript give), `recursion_depth`, `pickling`.
"""

FACE = (
    "advice",
    "recursion_depth",
    "exceptions",
    "wording",
    "pickling",
    "stand_ins",
    "close_matches",
    "misuse.answers",
    "misuse.arguments",
    "misuse.asked_functions",
    "misuse.handle_names",
    "misuse.misused_handles",
    "misuse.imports",
    "misuse.page_names",
    "misuse.uncalled_methods",
    "misuse.world_options",
)
