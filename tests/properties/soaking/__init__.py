"""Tests of soaking: worlds to soak, and what a soak says of them."""
