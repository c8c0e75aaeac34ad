"""Tests of JS commands."""
