"""What people write who come from elsewhere: Jinja and Django, JSX and Vue, Elixir, PHP and others; and what they should write.

Owns the tables of habits. Laws: a habit is found by its kind, and a cure that is said does what was meant; what a template may hold
is never called a habit.

Read `syntax` (blocks, tags, expressions), then `attributes` and `names`.
"""
