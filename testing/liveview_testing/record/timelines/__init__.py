"""The time-travel page: a run put down so that it can be looked at, step by step, each page as it was.

Owns `timeline` and `read_timeline` (`run_timeline`), the data they make (`steps`; what is secret: `redaction`; what failed:
`failing`), the file (`html_file`, with the `viewer` that is put into it, made small by `minify`), the pages read back
(`pages`), and what pytest writes (`reporting`).

Law: the file shows what was, to the byte, costs what changed, runs nothing of the pages in it, and needs no other file.

Read `run_timeline`, `steps`, `pages`, `html_file`, `minify`; then the others.
"""

FACE = ("choices", "failing", "run_timeline", "reporting")
