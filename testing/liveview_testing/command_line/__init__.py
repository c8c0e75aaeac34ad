"""The command `liveview`: check templates, run a scenario, begin a project.

Owns the words of the command line and what is printed. Law: what is wrong is told with file and line, and the exit status says so.

Read `main`, `checking`, `view_code`, `view_events`, `view_assigns`, `template_slips`, `unused_sockets`, `new_project`.
"""

FACE = ("main",)
