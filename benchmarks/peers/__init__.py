"""Test kits beside each other: `make peers` measures each in an environment of its own and prints the table of ratios.

Law: nothing here is imported by the tests or by `make bench`, and what a kit cannot do is said in the table, never left out.
Reading order: `apps/measuring.py` (what is measured, and how), `apps/with_liveview.py` (the tiny apps, as ours; the other
files of `apps/` are the same apps with the other kits), `environments.py`, `table.py`. `versions/` pins each kit.

The scripts of `apps/` run in environments that ours knows nothing of, so the type checkers leave that folder out.
"""
