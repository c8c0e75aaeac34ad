"""Exploring: every order in which things can happen, and what is wrong with any of them.

    found = explore(sim, acts, always(…), eventually(…))

Owns the search of all worlds that can be reached from one: what may happen next (`choices`, `transitions`), what tells worlds apart
(`value_bytes`, `fingerprints`), the search itself, what is asked of it (`properties`) and what it tells (`counterexamples`).

Laws: a world is explored without being touched; what is merged has the same future; the search never claims more than it has done;
what it finds is followed again from the beginning before it is told.

Read `choices`, `simulations` and `transitions`; `value_bytes` and `fingerprints`; `searching`; `properties`; `people`, `schedules`;
`world_checks`, `counterexamples`, `reporting`; `exploring`, which puts them together; and `drawn_schedules`, one order at a time.
"""

FACE = ("counterexamples.signatures", "drawn_schedules", "transitions", "properties", "simulations")
