"""The consumer is a project of its own: it is checked, not collected."""

from __future__ import annotations

collect_ignore = ["consumer"]
