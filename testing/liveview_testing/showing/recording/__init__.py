"""What people do in real pages, as a test: pointed at, done again in a world of its own, written down.

Owns the finding of a real page's element in a simulated one (`pointing`), what is told as acts (`reported_acts`), the recording
(`recorder`), the test (`recorded_test`) and whether it came to the same (`divergence`). Law: a recording is played as it is made;
what cannot be said is said to be missing.

Read `pointing`, `reported_acts`, `recorder`, `recorded_test`, `divergence`.
"""
