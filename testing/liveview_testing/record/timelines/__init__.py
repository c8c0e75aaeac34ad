"""The time-travel page: a run put down so that it can be looked at, step by step, each page as it was.

Owns `timeline` and `read_timeline` (`making`), the data they make (`steps`; what is secret: `hiding`; what failed: `failing`),
the file (`html_file`, with the `viewer` that is put into it, made `lean`), the pages read back (`pages`), and what pytest writes
(`reporting`).

Law: the file shows what was, to the byte, costs what changed, runs nothing of the pages in it, and needs no other file.

Read `making`, `steps`, `pages`, `html_file`, `lean`; then the others.
"""

FACE = ("choices", "failing", "making", "reporting")
