"""Changesets: what somebody wants to change about an attrs object, and what is wrong with it; Ecto's, as values.

In reading order: `casting` (text to values), `associations` (objects inside objects), `validations` (what can be wrong, and how
that is said), `validating` (the checks as methods), `form_data` (a changeset as a form), `changes` (the changeset itself).
"""

from __future__ import annotations

from liveview_core.forms.changeset.changes import CannotApply, Changeset, Children
from liveview_core.forms.changeset.validations import Message

__all__ = ["CannotApply", "Changeset", "Children", "Message"]
