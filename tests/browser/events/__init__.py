"""Tests of the events of a page."""
