"""Changesets: what somebody wants to change about an attrs object, and what is wrong with it; Ecto's, as values.

Owns the changeset and what it is made of. Law: a changeset never changes; each cast and each check gives the next.

Read in this order: `arguments` (what checks take), `casting` (text to values), `associations` (objects inside objects),
`validation_messages` (what can be wrong, and how that is said), `validate` and `cast_assoc` (the checks, and the associations, as
methods), `changes` (the changeset itself), `form_data` (a changeset as a form).
"""

from __future__ import annotations

from liveview_core.forms.changeset import form_data as form_data  # from here on `to_form` knows changesets
from liveview_core.forms.changeset.cast_assoc import CannotApply, Children
from liveview_core.forms.changeset.changes import Changeset
from liveview_core.forms.changeset.validation_messages import Message

__all__ = ["CannotApply", "Changeset", "Children", "Message"]
