"""Shrinking a script: as little of it as still fails.

Owns the making smaller of lists and values (`delta`), of what somebody did, whatever runs it (`passes`), and of a script that is
replayed (`shrinking`). Law: what is left was run, and fails.

Read `delta`, `passes`, then `shrinking`.
"""
