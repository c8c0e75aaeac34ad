"""Traces of the real Phoenix LiveView, replayed against `liveview_core.process.step.step`: the first judge of the wire."""
