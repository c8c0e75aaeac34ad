"""What a test says that means nothing: wrong arguments, names of other kits, handles used as values, questions without brackets.

Owns the checks of what a test gives, and the tables of what people bring from elsewhere. Laws: what cannot mean anything is refused
before anything is looked up or sent; a cure that is said does what was meant, and where nothing does nothing is said.

Read `arguments`, `asked_functions`, `answers` and `world_options` (what is given), `misused_handles` and `uncalled_methods` (how
a handle is used), then the names: `handle_names`, `page_names`, `imports`.
"""
