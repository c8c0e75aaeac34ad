"""Shrinking a script: as little of it as still fails.

Owns the making smaller of lists and values (`delta`) and of what somebody did (`shrinking`). Law: what is left was run, and fails.

Read `delta`, then `shrinking`.
"""
