"""The form of the organisation's own words in a course."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import StopValidation

from app import content
from app.forms import Form


def readable(_form: Form, field: Any) -> None:
    """Markdown that can be shown. The first fault is told, with its line."""
    try:
        content.passage(field.data or "")
    except content.Broken as broken:
        fault = broken.faults[0]
        raise StopValidation(_("Rad %(line)d: %(what)s", line=fault.line, what=fault.what)) from None


class Words(Form):
    text = TextAreaField(
        _l("Era egna ord"),
        [readable],
        description=_l("En tom rad ger ett nytt stycke, **stjärnor** ger fet stil. Lämna tomt, så visas kursens ord."),
    )
