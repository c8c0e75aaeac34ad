"""Tests of the simulation's modules."""
