"""What HR may set of how the organisation's pages look. What each may hold, app/brand.py says."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, StringField

from app.forms import Form, one_line, tidy


class Look(Form):
    colour = StringField(
        _l("Er färg"),
        [one_line],
        filters=[tidy],
        description=_l("En enda, som #005c5c ur er grafiska manual. Lämna tomt för vår blågröna."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    logo = FileField(
        _l("Er logga"),
        description=_l(
            "SVG, PNG, JPEG eller WebP, högst 100 kB. Kommunens egen, aldrig projektets eller kursens: den ska inte "
            "säga vad sidan handlar om."
        ),
        render_kw={"accept": ".svg,.png,.jpg,.jpeg,.webp"},
    )
    without_logo = BooleanField(_l("Visa ingen logga"))
    officer = EmailField(
        _l("Dataskyddsombudets mejladress"),
        [one_line],
        filters=[tidy],
        description=_l("Visas för den som vill veta vad som finns sparat, eller bli borttagen."),
        render_kw={"autocomplete": "off"},
    )
