"""Values, and how they are compared: the ground that everything else stands on.

Owns what has no idea of views or pages: how classes of values are declared and copied, the logs and maps that share what they
have in common, assigns with what of them changed, streams, safe text.

Law: nothing here is ever changed in place; to compare costs what is different; no code of a user's value runs where identity
answers the question.

Read `declaring` and `in_place_changes` (what a value is), `frozen` (how one is made fast), `log` and `persistent` (what grows),
`safe`, `assigns` (what a template reads), `streams`. `differences` asks two lists where they differ; `references` is its fast
path and can be skipped; `patterns` is about regular expressions;
`copies` makes what is sent the receiver's own.
"""

from __future__ import annotations

FACE = (
    "assigns",
    "copies",
    "declaring",
    "differences",
    "frozen",
    "in_place_changes",
    "log",
    "patterns",
    "persistent",
    "safe",
    "streams",
)
"""The modules that other rooms import."""
