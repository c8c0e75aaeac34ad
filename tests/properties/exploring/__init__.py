"""Tests of the worlds: systems, laws, planted races."""
