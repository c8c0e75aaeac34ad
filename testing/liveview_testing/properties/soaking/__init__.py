"""Soaking: many seeds, each a world in which people do things at random.

    report = soak("shop/soak.py", seeds=range(1000))

Owns `soak`, one run (`running`: what is drawn, which faults happen, what is checked), the hand-out of seeds to workers
(`batches`) and
the report. Laws: a seed says everything, whoever runs it; the report is the same for any number of workers; between processes there
is plain data only.

Read `target` (what is soaked), `drawing`, `running`, `batches`, `soaking`.
"""

FACE = ("soaking",)
