"""The command `liveview`: check templates, run a scenario.

Owns the words of the command line and what is printed. Law: what is wrong is told with file and line, and the exit status says so.

Read `main`, `checking`, `habits`.
"""

FACE = ("checking", "habits", "main")
