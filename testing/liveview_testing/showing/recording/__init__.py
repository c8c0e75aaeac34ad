"""What people do in real pages, as a test: pointed at, done again in a world of its own, written down.

Owns the finding of a real page's element in a simulated one (`pointing`), the recording (`recorder`) and the test
(`recorded_test`). Law: a recording is played as it is made; what cannot be said is said to be missing.

Read `pointing`, `recorder`, `recorded_test`.
"""
