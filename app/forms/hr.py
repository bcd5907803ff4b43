"""The form of the staff's way in."""

from __future__ import annotations

from flask_babel import lazy_gettext

from app.forms import AddressField, Form


class SignIn(Form):
    address = AddressField(description=lazy_gettext("Den som din behörighet hör till."))
