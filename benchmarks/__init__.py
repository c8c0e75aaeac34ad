"""Speed and memory, as ratios measured side by side in one run: `make bench`. Beside other kits: `benchmarks.peers`.

A limit leaves a quarter over what was measured on the busiest machine we had: two cores, ten processes that wanted them. There a
click costs up to twice the renders that it costs on a quiet one, as the caches are lost more often than the turn. What is wanted
is a row's goal, and the report says where it is missed.
"""
