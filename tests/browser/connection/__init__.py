"""Tests of what the browser knows of its connection."""
